"""Tickets for cookies, and the way out."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from fairdb_core import Core
from fairdb_core.web.cookies import session_cookie_of

OWN = {"X-Requested-With": "fairdb"}
SignIn = Callable[[str], str]
Client = Callable[..., TestClient]


def test_ticket_is_exchanged_for_a_cookie_that_scripts_cannot_read(
    core: Core, client: Client, ticket_of: SignIn
) -> None:
    reply = client().post("/auth/exchange", json={"ticket": ticket_of("stefan")}, headers=OWN)
    assert reply.status_code == 204
    name, _, rest = reply.headers["set-cookie"].partition("=")
    token, *attributes = rest.split("; ")
    assert name == "fairdb_session"
    assert attributes == ["HttpOnly", "SameSite=Lax", "Path=/"]
    assert reply.headers["cache-control"] == "no-store"
    viewer = core.sessions.resolve(token)
    assert viewer is not None
    assert viewer.user is not None
    assert viewer.user.username == "stefan"


def test_cookie_is_bound_to_the_host_under_https(client: Client, ticket_of: SignIn) -> None:
    browser = client(scheme="https")
    reply = browser.post("/auth/exchange", json={"ticket": ticket_of("stefan")}, headers=OWN)
    assert reply.headers["set-cookie"].startswith("__Host-fairdb_session=")
    assert reply.headers["set-cookie"].endswith("; HttpOnly; SameSite=Lax; Path=/; Secure")


def test_ticket_works_once(client: Client, ticket_of: SignIn) -> None:
    ticket = ticket_of("stefan")
    client().post("/auth/exchange", json={"ticket": ticket}, headers=OWN)
    again = client().post("/auth/exchange", json={"ticket": ticket}, headers=OWN)
    assert again.status_code == 400
    assert "set-cookie" not in again.headers
    assert set(again.json()) == {"error", "message", "timestamp"}


@pytest.mark.parametrize("path", ["/auth/exchange", "/auth/sign-out"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**OWN, "Origin": "https://evil.example"},
        {**OWN, "Origin": "null"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_request_of_another_site_changes_no_session(
    core: Core, client: Client, token_of: SignIn, path: str, headers: dict[str, str]
) -> None:
    token = token_of("rita")
    reply = client(token).post(path, json={"ticket": "any"}, headers=headers)
    assert reply.status_code == 403
    assert "set-cookie" not in reply.headers
    assert core.sessions.resolve(token) is not None


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b'{"ticket": 7}', b"\xff\xfe", b"[" * 1_900, b"x" * 3_000]
)
def test_ticket_that_is_none_is_refused_politely(client: Client, body: bytes) -> None:
    reply = client().post("/auth/exchange", content=body, headers=OWN)
    assert reply.status_code == 400
    assert reply.json()["error"] == "invalid_ticket"


def test_body_without_a_length_is_not_read_beyond_a_ticket(
    blocks_read: Callable[..., tuple[int, int]],
) -> None:
    status, taken = blocks_read("POST", "/auth/exchange", OWN)
    assert status == 400
    assert taken <= 3


def test_sign_out_ends_the_session_and_clears_the_cookie(
    core: Core, client: Client, token_of: SignIn
) -> None:
    token = token_of("rita")
    reply = client(token).post("/auth/sign-out", headers=OWN)
    assert reply.status_code == 204
    assert reply.headers["set-cookie"].startswith("fairdb_session=;")
    assert "Max-Age=0" in reply.headers["set-cookie"]
    assert core.sessions.resolve(token) is None


def test_sign_out_without_a_session_is_no_error(client: Client) -> None:
    assert client().post("/auth/sign-out", headers=OWN).status_code == 204


def test_only_a_plausible_text_is_a_session_cookie() -> None:
    assert session_cookie_of({"fairdb_session": "abc"}) == "abc"
    assert session_cookie_of({"__Host-fairdb_session": "def", "fairdb_session": "abc"}) == "def"
    for value in (object(), None, "", "x" * 1_000):
        assert session_cookie_of({"fairdb_session": value}) is None


def test_cookies_of_other_programs_on_this_host_do_not_hide_ours(
    client: Client, token_of: SignIn
) -> None:
    browser = client()
    browser.headers["cookie"] = f'theme={{"dark": true}}; a b=c; fairdb_session={token_of("anna")}'
    reply = browser.put("/_stcore/upload_file/s/f", content=b"abc")
    assert reply.status_code == 200
