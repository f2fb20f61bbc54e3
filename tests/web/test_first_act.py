"""Every page, asked for by a stranger as the very first act of a process, shows nothing."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import ClientConnection, connect

from fairdb_core import Settings, build_core
from fairdb_core.domain.accounts import Role, Viewer

ROOT = Path(__file__).resolve().parents[2]
PAGES = {path.stem: path for path in sorted((ROOT / "pages").glob("*.py"))}
PASSWORD = "seven lamps hum at dusk"
SECRETS = ("Peat of the hidden fen", "Fen survey", "marit@example.org")


def fill(folder: Path) -> None:
    """Store a person, a collection and a dataset that no stranger may learn of."""
    core = build_core(Settings(data_dir=folder, bcrypt_cost=4, _env_file=None))
    viewer = Viewer(
        core.accounts.add_account("marit", "marit@example.org", "", Role.STEWARD, PASSWORD)
    )
    collection = core.collections.create(viewer, "Fen survey").collection_id
    core.datasets.save(viewer, collection, {"identifier": "7", "title": "Peat of the hidden fen"})
    core.close()


@contextmanager
def process(folder: Path) -> Iterator[str]:
    """Start the app over a store, and end it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
            cwd=ROOT,
            env={**os.environ, "FAIRDB_DATA_DIR": str(folder), "FAIRDB_BCRYPT_COST": "4"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait(f"http://localhost:{port}/health/ready", server, log)
        yield f"localhost:{port}"
    finally:
        server.terminate()
        server.wait(20)


def wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(3000):
        assert server.poll() is None, log.read_text()
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(log.read_text())


def shown(connection: ClientConnection) -> str:
    said: list[ForwardMsg] = []
    while not said or said[-1].WhichOneof("type") != "script_finished":
        frame = connection.recv(timeout=60)
        assert isinstance(frame, bytes)
        said.append(ForwardMsg.FromString(frame))
    return "\n".join(str(message) for message in said)


def first_acts(address: str, stem: str) -> list[str]:
    """Ask for a page by its name and by its hash before anything was answered."""
    by_name, by_hash = BackMsg(), BackMsg()
    by_name.rerun_script.page_name = stem
    by_name.rerun_script.query_string = "id=1"
    by_hash.rerun_script.page_script_hash = calc_hash(str(PAGES[stem]))
    url = f"ws://{address}/_stcore/stream"
    with (
        connect(url, subprotocols=["streamlit"], max_size=None) as one,  # type: ignore[list-item]
        connect(url, subprotocols=["streamlit"], max_size=None) as two,  # type: ignore[list-item]
    ):
        one.send(by_name.SerializeToString())
        two.send(by_hash.SerializeToString())
        return [shown(one), shown(two)]


def visits(folder: Path, stems: list[str]) -> dict[str, list[str]]:
    """Restart the app over one store for every page."""
    answers = {}
    for stem in stems:
        with process(folder) as address:
            answers[stem] = first_acts(address, stem)
    return answers


def test_page_asked_for_first_after_every_start_shows_a_stranger_the_sign_in_alone(
    tmp_path: Path,
) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        fill(folder)
    shares = [list(PAGES)[::2], list(PAGES)[1::2]]
    with ThreadPoolExecutor(2) as pool:
        answers = {
            stem: texts
            for share in pool.map(visits, folders, shares)
            for stem, texts in share.items()
        }
    assert answers.keys() == PAGES.keys()
    for stem, texts in answers.items():
        for text in texts:
            assert "Username" in text, stem
            assert "Sign out" not in text, stem
            assert not [secret for secret in SECRETS if secret in text], stem
