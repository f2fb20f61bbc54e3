"""Who is let in, with what, and what is closed to all."""

import hashlib
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from fairdb_core import Core

SignIn = Callable[[str], str]
Client = Callable[..., TestClient]
UPLOAD = "/_stcore/upload_file/session/file"
MEDIA = "/media/" + "0123456789abcdef" * 3 + ".csv"


@pytest.mark.parametrize("host", ["localhost:8501", "LOCALHOST", "[::1]:8501", "fair.example.org"])
def test_known_host_is_served(client: Client, host: str) -> None:
    assert client().get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1"])
def test_unknown_host_is_refused(client: Client, host: str) -> None:
    reply = client().get("/", headers={"Host": host})
    assert reply.status_code == 400
    assert "FAIRDB_ALLOWED_HOSTS" in reply.json()["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_websocket_of_another_site_is_refused(client: Client, headers: dict[str, str]) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client().websocket_connect("ws://localhost/_stcore/stream", headers=headers),
    ):
        pytest.fail("it was let in")


def test_websocket_of_our_own_pages_is_let_in(client: Client) -> None:
    with client().websocket_connect(
        "ws://localhost/_stcore/stream", headers={"Origin": "http://localhost"}
    ) as socket:
        assert socket is not None


def test_identity_of_a_browser_is_told_to_streamlit_and_cannot_be_claimed(
    client: Client, token_of: SignIn
) -> None:
    token = token_of("rita")
    key = hashlib.sha256(token.encode()).hexdigest()
    claim = {"X-Fairdb-Sid": "0" * 64}
    assert client(token).get("/", headers=claim).headers["x-seen-sid"] == key
    assert client().get("/", headers=claim).headers["x-seen-sid"] == "public 192.0.2.9"


def test_plain_cookie_counts_for_nothing_under_https(client: Client, token_of: SignIn) -> None:
    browser = client(scheme="https")
    browser.headers["cookie"] = f"a=b; fairdb_session={token_of('stefan')}; c=d"
    assert browser.put(UPLOAD, content=b"abc").status_code == 401
    reply = browser.get("/")
    assert reply.headers["x-seen-sid"].startswith("public")
    assert reply.headers["x-seen-cookie"] == "a=b; c=d"
    assert client(token_of("stefan"), scheme="https").put(UPLOAD, content=b"a").status_code == 200


def test_stranger_uploads_nothing_and_the_body_is_not_read(
    blocks_read: Callable[..., tuple[int, int]], client: Client
) -> None:
    assert blocks_read("PUT", UPLOAD, {"Content-Length": "5000000"}) == (401, 0)
    assert client().put(UPLOAD, content=b"abc").json()["error"] == "authentication_required"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST", "GET"])
def test_researcher_uploads_nothing(client: Client, token_of: SignIn, method: str) -> None:
    assert client(token_of("rita")).request(method, UPLOAD).status_code == 403


@pytest.mark.parametrize("name", ["stefan", "anna"])
def test_steward_and_administrator_upload(client: Client, token_of: SignIn, name: str) -> None:
    reply = client(token_of(name)).put(UPLOAD, content=b"abc")
    assert reply.status_code == 200
    assert reply.text == "3 bytes"


def test_session_that_ended_uploads_nothing(core: Core, client: Client, token_of: SignIn) -> None:
    token = token_of("stefan")
    core.sessions.sign_out(token)
    assert client(token).put(UPLOAD, content=b"abc").status_code == 401


def test_too_large_a_file_is_refused_by_its_stated_size(client: Client, token_of: SignIn) -> None:
    reply = client(token_of("stefan")).put(
        UPLOAD, content=b"", headers={"Content-Length": str(2 * 1024 * 1024 + 1)}
    )
    assert reply.status_code == 413
    assert "1,048,576 bytes" in reply.json()["message"]


def test_file_without_a_stated_size_is_refused(client: Client, token_of: SignIn) -> None:
    reply = client(token_of("stefan")).put(UPLOAD, content=iter([b"abc"]))
    assert reply.status_code == 413


def test_one_session_holds_only_so_many_bytes(client: Client, token_of: SignIn) -> None:
    browser, other = client(token_of("stefan")), client(token_of("stefan"))
    body = b"x" * 1_000_000
    statuses = [browser.put(UPLOAD, content=body).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert other.put(UPLOAD, content=body).status_code == 200


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp"]
)
def test_streamlits_own_machinery_is_closed(client: Client, token_of: SignIn, path: str) -> None:
    assert client(token_of("anna")).get(path).status_code == 404


def _given(browser: TestClient) -> None:
    """Have the server tell a browser of a file."""
    with browser.websocket_connect("ws://localhost/_stcore/stream") as socket:
        socket.send_bytes(b"\xfa\x06" + bytes([len(MEDIA)]) + MEDIA.encode())
        socket.receive_bytes()


def test_file_is_served_to_the_session_that_it_was_made_for(
    core: Core, client: Client, token_of: SignIn
) -> None:
    own, foreign = token_of("stefan"), token_of("rita")
    _given(client(own))
    assert client(own).get(MEDIA).status_code == 200
    assert client(foreign).get(MEDIA).status_code == 404
    assert client().get(MEDIA).status_code == 404
    core.sessions.sign_out(own)
    assert client(own).get(MEDIA).status_code == 404


def test_public_file_is_served_to_a_browser_with_an_old_cookie(client: Client) -> None:
    browser = client("an-old-token")
    _given(browser)
    assert browser.get(MEDIA).status_code == 200
