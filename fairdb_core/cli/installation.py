"""``fairdb serve``, ``init-db``, ``create-admin`` and ``seed-demo``."""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from fairdb_core.bootstrap import Core
from fairdb_core.cli.operators import opened_core
from fairdb_core.demo import DemoAccount, is_seeded, seed, seed_large
from fairdb_core.errors import SettingsError
from fairdb_core.settings import Settings, read_settings

_ROOT = Path(__file__).resolve().parents[2]
_OUT = Console(soft_wrap=True, highlight=False, markup=False)


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="Port to listen on")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Add a made-up institution first")] = False,
) -> None:
    """Start the app; the first start prints a one-time link for the first administrator."""
    settings = read_settings()
    script = _ROOT / "app.py"
    if not script.is_file():
        raise SettingsError(f"There is no app.py in {_ROOT}; start this from a checkout.")
    address, number = host or settings.host, port or settings.port
    _refuse_taken(address, number)
    with opened_core() as core:
        if demo:
            _seed(core)
    _OUT.print(f"FAIRDatabase starts at http://{_shown(address)}:{number}")
    _OUT.print(f"Store: {_store_of(settings)}. Stop with Ctrl+C.")
    sys.stdout.flush()
    if settings.is_embedded:
        os.environ["FAIRDB_DATA_DIR"] = str(settings.data_dir.resolve())
    # The server believes the client's address only from these; by default from this machine.
    os.environ.setdefault("FORWARDED_ALLOW_IPS", settings.trusted_proxies)
    os.chdir(_ROOT)
    os.execv(  # noqa: S606 - our own interpreter with our own arguments
        sys.executable,
        [
            sys.executable, "-m", "streamlit", "run", str(script),
            "--server.address", address,
            "--server.port", str(number),
            "--browser.serverAddress", _shown(address),
            "--server.headless", "true",
        ],
    )  # fmt: skip


def _refuse_taken(address: str, port: int) -> None:
    """Stop before anything is stored where nothing can listen."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except OSError as error:
        reason = f"Nothing can listen at {address}, port {port}: {error.strerror}. "
        raise SettingsError(reason + "Choose others with --host and --port.") from error


def init_db() -> None:
    """Make the store, or bring it up to date."""
    with opened_core() as core:
        _OUT.print(f"The store is up to date: {_store_of(core.settings)}.")


def create_admin(
    username: str,
    email: str,
    *,
    full_name: Annotated[str, typer.Option(help="Full name")] = "",
    password: Annotated[
        str,
        typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, help="Asked for"),
    ],
) -> None:
    """Make an administrator."""
    with opened_core() as core:
        user = core.accounts.create_administrator(username, email, full_name, password)
    _OUT.print(f"{user.username} is an administrator now and can sign in.")


def seed_demo(
    *,
    records: Annotated[
        int | None,
        typer.Option(min=1, help="So many records, in 40 collections over two years"),
    ] = None,
) -> None:
    """Add a made-up institution with three collections, or a large one; one account a role."""
    with opened_core() as core:
        _seed(core, records)


def _seed(core: Core, records: int | None = None) -> None:
    if is_seeded(core):
        _OUT.print("The made-up institution is there already; nothing was added.")
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Making up an institution", total=1.0)

        def report(share: float) -> None:
            progress.update(task, completed=share)

        accounts = seed(core, report) if records is None else seed_large(core, records, report)
    what = "a made-up institution" if records is None else f"{records:,} made-up records"
    _OUT.print(f"Added {what}. The accounts, shown this once:")
    for account in accounts:
        _OUT.print(_line_of(account))


def _line_of(account: DemoAccount) -> str:
    return f"  {account.role.value:<14} {account.username:<12} {account.password}"


def _store_of(settings: Settings) -> str:
    if settings.is_embedded:
        return f"SQLite in {settings.data_dir}"
    return "the database of FAIRDB_DATABASE_URL"


def _shown(address: str) -> str:
    return "localhost" if address in ("127.0.0.1", "0.0.0.0", "::", "::1") else address  # noqa: S104
