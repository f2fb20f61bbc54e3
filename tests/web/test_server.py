"""The true server around a small app: what only shows when Streamlit itself answers."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from fairdb_core import Settings, build_core
from fairdb_core.domain.accounts import Role

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "seven lamps hum at dusk"
SCREENS = {
    "open.py": """
import streamlit as st

@st.cache_data
def made_once():
    return __import__("secrets").token_hex(8)

st.text(f"cached {made_once()}")
st.text(f"seen {'yes' if 'seen' in st.session_state else 'no'}")
st.session_state["seen"] = True
who = "one person" if "fairdb_session" in st.context.cookies else "all"
st.download_button("Get", f"for {who}".encode(), "a.csv")
""",
    "broken.py": 'raise RuntimeError("the secret of the house")\n',
    "hidden.py": 'import streamlit as st\nst.text("not for everybody")\n',
}
SCRIPT = """
from pathlib import Path

if __name__ == "__main__":
    import streamlit as st

    st.navigation([st.Page("pages/open.py", default=True), st.Page("pages/broken.py")]).run()
"""


@dataclass(frozen=True)
class Server:
    """A running server, and what the very first visitor was shown."""

    address: str
    token: str
    first_visit: str
    log: Path
    process: "subprocess.Popen[bytes]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose first visitor asks for a page that is in no navigation."""
    home = tmp_path_factory.mktemp("server")
    (home / "pages").mkdir()
    for name, text in SCREENS.items():
        (home / "pages" / name).write_text(text)
    own = (ROOT / "app.py").read_text()
    (home / "app.py").write_text(SCRIPT + own[own.index("\nelse:\n") + 1 :])
    (home / ".streamlit").mkdir()
    (home / ".streamlit" / "config.toml").write_bytes(
        (ROOT / ".streamlit" / "config.toml").read_bytes()
    )
    core = build_core(Settings(data_dir=home / "data", bcrypt_cost=4), is_alone=False)
    core.accounts.add_account("stefan", "s@example.org", "", Role.STEWARD, PASSWORD)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = home / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"],
            cwd=home,
            env={**os.environ, "FAIRDB_DATA_DIR": str(home / "data")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"localhost:{port}"
    try:
        _wait(f"http://{address}/health/ready", process, log)
        first = _visit(address, page="hidden")
        token = core.sessions.exchange(core.sessions.sign_in("stefan", PASSWORD))
        core.close()
        yield Server(address, token, first, log, process)
    finally:
        process.kill()
        process.wait()


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(log.read_text())


def _open(
    address: str, token: str = "", *, session: str = "", host: str = "localhost", **headers: str
) -> ClientConnection:
    cookie = {"Cookie": f"fairdb_session={token}"} if token else {}
    protocols = ["streamlit", "x", session] if session else ["streamlit"]
    return connect(
        f"ws://{host}/_stcore/stream",
        sock=socket.create_connection(("localhost", int(address.rpartition(":")[2]))),
        subprotocols=protocols,  # type: ignore[arg-type]
        additional_headers={**cookie, **headers},
        max_size=None,
    )


def _run(connection: ClientConnection, page: str = "") -> list[ForwardMsg]:
    """Have the script run, and return what the server says until it is done."""
    back = BackMsg()
    back.rerun_script.page_name = page
    connection.send(back.SerializeToString())
    said = []
    while not said or said[-1].WhichOneof("type") != "script_finished":
        frame = connection.recv(timeout=20)
        assert isinstance(frame, bytes)
        said.append(ForwardMsg.FromString(frame))
    return said


def _texts(said: list[ForwardMsg]) -> str:
    return "\n".join(str(message) for message in said)


def _visit(address: str, token: str = "", *, page: str = "") -> str:
    with _open(address, token) as connection:
        return _texts(_run(connection, page))


def _session_of(said: list[ForwardMsg]) -> str:
    return next(
        message.new_session.initialize.session_id
        for message in said
        if message.WhichOneof("type") == "new_session"
    )


def test_first_visitor_of_a_process_is_not_shown_a_page_outside_the_navigation(
    server: Server,
) -> None:
    assert "not for everybody" not in server.first_visit
    assert "cached " in server.first_visit


def test_page_of_streamlit_carries_our_headers_and_known_hosts_alone_are_served(
    server: Server,
) -> None:
    reply = httpx.get(f"http://{server.address}/")
    assert reply.status_code == 200
    assert "<noscript>" in reply.text
    assert f"connect-src 'self' ws://{server.address};" in reply.headers["content-security-policy"]
    assert httpx.get(f"http://{server.address}/", headers={"Host": "evil"}).status_code == 400


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"host": "evil.example"}])
def test_websocket_of_another_site_is_not_opened(server: Server, headers: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused:
        _open(server.address, server.token, **headers)
    assert refused.value.response.status_code == 403


def test_session_of_another_browser_cannot_be_taken_over_by_its_id(server: Server) -> None:
    with _open(server.address, server.token) as own:
        said = _run(own)
    session = _session_of(said)
    with _open(server.address, session=session) as foreign:
        said = _run(foreign)
        assert _session_of(said) != session
        assert "seen no" in _texts(said)
    with _open(server.address, session=session, **{"X-Fairdb-Sid": "0" * 64}) as foreign:
        assert _session_of(_run(foreign)) != session
    with _open(server.address, server.token, session=session) as again:
        said = _run(again)
        assert _session_of(said) == session
        assert "seen yes" in _texts(said)


def test_cache_of_all_is_not_cleared_by_a_message(server: Server) -> None:
    with _open(server.address) as connection:
        before = re.findall(r"cached (\w+)", _texts(_run(connection)))
        connection.send(BackMsg(clear_cache=True).SerializeToString())
        assert before == re.findall(r"cached (\w+)", _visit(server.address))
        assert len(before) == 1


def test_large_message_of_a_stranger_closes_the_websocket(server: Server) -> None:
    with _open(server.address) as connection:
        connection.send(b"x" * 70_000)
        with pytest.raises(ConnectionClosed) as closed:
            connection.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_broken_screen_shows_a_reference_that_stands_in_the_log(server: Server) -> None:
    shown = _visit(server.address, page="broken")
    reference = re.findall(r"reference ([0-9a-f]{8})", shown)[0]
    assert "secret of the house" not in shown
    assert "Traceback" not in shown
    lines = [line for line in server.log.read_text().splitlines() if reference in line]
    assert len(lines) == 1
    assert "the secret of the house" in lines[0]


def test_file_is_uploaded_by_a_signed_in_steward_alone(server: Server) -> None:
    with _open(server.address, server.token) as connection:
        session = _session_of(_run(connection))
        url = f"http://{server.address}/_stcore/upload_file/{session}/any-id"
        mark = httpx.get(f"http://{server.address}/_stcore/health").cookies["_streamlit_xsrf"]
        headers = {"X-Xsrftoken": mark, "Cookie": f"_streamlit_xsrf={mark}"}
        files = {"file": ("a.csv", b"title\n")}
        assert httpx.put(url, files=files, headers=headers).status_code == 401
        headers["Cookie"] += f"; fairdb_session={server.token}"
        assert httpx.put(url, files=files, headers=headers).status_code == 204
        del headers["X-Xsrftoken"]
        assert httpx.put(url, files=files, headers=headers).status_code == 403


def test_download_is_served_to_the_session_that_made_it(server: Server) -> None:
    with _open(server.address, server.token) as connection:
        path = re.findall(r"/media/[0-9a-f]+\.bin", _texts(_run(connection)))[0]
        url = f"http://{server.address}{path}"
        own = httpx.get(url, headers={"Cookie": f"fairdb_session={server.token}"})
        assert own.content == b"for one person"
        assert httpx.get(url).status_code == 404


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/api/v1/x"])
def test_closed_address_is_not_there(server: Server, path: str) -> None:
    reply = httpx.get(f"http://{server.address}{path}")
    assert reply.status_code == 404
    assert reply.json()["error"] == "not_found"


def test_metrics_are_read_on_this_machine_over_either_kind_of_socket(server: Server) -> None:
    port = server.address.rpartition(":")[2]
    for host in ("127.0.0.1", "[::1]"):
        assert "app_requests_total" in httpx.get(f"http://{host}:{port}/metrics").text


def test_log_holds_neither_tokens_nor_what_was_asked_for(server: Server) -> None:
    httpx.get(f"http://{server.address}/login?reset=one-time-link")
    httpx.get(f"http://{server.address}/", headers={"Cookie": f"fairdb_session={server.token}"})
    log = server.log.read_text()
    assert "core_started" in log
    assert server.token not in log
    assert "one-time-link" not in log


def test_server_ends_cleanly_with_a_browser_connected(server: Server) -> None:
    with _open(server.address) as connection:
        _run(connection)
        start = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(10)
    assert time.monotonic() - start < 10
    lines = server.log.read_text().splitlines()
    assert "Application shutdown complete" in lines[-2]
    broken = [line for line in lines if "Traceback" in line]
    assert all("the secret of the house" in line for line in broken)
