"""What a rerun of every screen takes in a browser session at a thousand and at a million datasets.

    uv run python -m tests.benchmarks.bench_reruns --records 1000 1000000

Stores are seeded as by ``fairdb seed-demo --records``, each is served by a process of its own, and
one administrator reruns each screen over the websocket, as a browser does after a click. Runs over
the stores take turns; each figure is the median of the best round, from asking to the end of the
script, with its parts on the way. A million datasets are seeded in some minutes first.
"""

import argparse
import asyncio
import os
import platform
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from fairdb_core import Core, build_core
from fairdb_core.demo.large import seed_large
from fairdb_core.domain.accounts import Role
from fairdb_core.logs import configure_logs
from fairdb_core.web.cookies import SESSION_COOKIE
from tests.benchmarks.bench_import import PASSWORD, settings_of

ROOT = Path(__file__).resolve().parents[2]
RERUNS, ROUNDS, WAIT = 15, 3, 120.0
SCREENS = (
    "overview",
    "overview?collection=3&collection=5",
    "overview?gap=FsF-R1.1-01M-1",
    "explore",
    "explore?license=CC-BY-4.0&year=2019",
    "explore?q=soil",
    "explore?view=heatmap",
    "explore?view=signatures",
    "compare",
    "compare?by=license",
    "history",
    "history?collection=3",
    "planner",
    "planner?collection=3",
    "goals",
    "dataset?id=5",
    "rubrics",
    "upload",
    "uploads",
    "record",
    "record?id=5",
    "fix",
    "fix?license=CC-BY-4.0",
    "attestations",
    "rubric_draft",
    "verify",
    "admin",
    "account",
)


class Served(NamedTuple):
    """A store with a process that serves it, and the session of who looks."""

    address: str
    cookie: str


@contextmanager
def served(folder: Path, cookie: str) -> Iterator[Served]:
    """Start the app over a store, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "server.log").open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
            cwd=ROOT,
            env={**os.environ, "FAIRDB_DATA_DIR": str(folder), "FAIRDB_BCRYPT_COST": "4"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + WAIT
        while not is_ready(f"http://localhost:{port}/health/ready"):
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit((folder / "server.log").read_text())
            time.sleep(0.2)
        yield Served(f"localhost:{port}", cookie)
    finally:
        server.terminate()
        server.wait(20)


def is_ready(url: str) -> bool:
    """Return whether the app answers that it is ready."""
    try:
        return httpx.get(url).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def signed_in(core: Core) -> str:
    """Return the cookie of an administrator who is new."""
    name = f"b{secrets.token_hex(4)}"
    core.accounts.add_account(name, f"{name}@example.org", "", Role.ADMINISTRATOR, PASSWORD)
    ticket = core.sessions.sign_in(name, PASSWORD, address="127.0.0.1")
    return core.sessions.exchange(ticket, address="127.0.0.1")


async def reruns(place: Served, screen: str) -> list[float]:
    """Open a screen in a session of its own, and return the milliseconds of each rerun.

    Raises:
        RuntimeError: A script failed, or the page is not there.
    """
    name, _, query = screen.partition("?")
    page, taken = "", []
    async with connect(
        f"ws://{place.address}/_stcore/stream",
        additional_headers={"Cookie": f"{SESSION_COOKIE}={place.cookie}"},
        origin=f"http://{place.address}",  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        compression=None,
        max_size=None,
    ) as browser:
        for _ in range(RERUNS + 1):
            asked = BackMsg()
            asked.rerun_script.query_string = query
            asked.rerun_script.page_script_hash = page
            asked.rerun_script.page_name = "" if page else name
            asked.rerun_script.context_info.url = f"http://{place.address}/{screen}"
            start = time.perf_counter()
            await browser.send(asked.SerializeToString())
            page = await told(browser, screen) or page
            taken.append((time.perf_counter() - start) * 1000)
    return taken[1:]


async def told(browser: ClientConnection, screen: str) -> str:
    """Read what is drawn until the script ends, and return by what hash its page is known."""
    page = ""
    while True:
        frame = await asyncio.wait_for(browser.recv(decode=False), WAIT)
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        failure = message.delta.new_element.exception
        if kind == "page_not_found" or failure.message or failure.type:
            raise RuntimeError(f"{screen}: {failure.type or kind} {failure.message}")
        if kind == "navigation":
            page = message.navigation.page_script_hash
        if (
            kind == "script_finished"
            and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            return page


def measure(places: list[Served], counts: list[int]) -> None:
    """Print what a rerun of each screen takes over each store."""
    write = sys.stdout.write
    write(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    head = "".join(f"{count:>12,}" for count in counts)
    write(f"{'milliseconds a rerun':<40}{head}{'last ÷ first':>14}\n")
    for screen in SCREENS:
        rounds = [
            [statistics.median(asyncio.run(reruns(place, screen))) for place in places]
            for _ in range(ROUNDS)
        ]
        best = [min(each) for each in zip(*rounds, strict=True)]
        cells = "".join(f"{each:>12.1f}" for each in best)
        write(f"{screen:<40}{cells}{best[-1] / best[0]:>14.2f}\n")
        sys.stdout.flush()


def prepared(folder: Path, count: int) -> str:
    """Seed a store where there is none in the folder, and return the cookie of who may look."""
    is_new = not folder.exists()
    folder.mkdir(mode=0o700, exist_ok=True)
    core = build_core(settings_of(folder, None))
    if is_new:
        seed_large(core, count)
    cookie = signed_in(core)
    core.close()
    return cookie


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[1_000, 1_000_000])
    parser.add_argument("--keep", type=Path, help="folder where stores are kept for another run")
    configure_logs("ERROR")
    chosen = parser.parse_args()
    place = chosen.keep or Path(tempfile.mkdtemp(prefix="fairdb-bench-"))
    place.mkdir(exist_ok=True)
    try:
        folders = [place / str(count) for count in chosen.records]
        cookies = [prepared(*each) for each in zip(folders, chosen.records, strict=True)]
        with ExitStack() as running:
            shown = [
                running.enter_context(served(*each)) for each in zip(folders, cookies, strict=True)
            ]
            measure(shown, chosen.records)
    finally:
        if not chosen.keep:
            shutil.rmtree(place, ignore_errors=True)
