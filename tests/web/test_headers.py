"""Security headers on every reply."""

import base64
import hashlib
from collections.abc import Callable
from importlib.resources import files

import pytest
from starlette.testclient import TestClient

from fairdb_core.web.scripts import (
    LARGE_FILE_SCRIPT,
    SIGN_OUT_SCRIPT,
    TICKET_SCRIPT,
    sign_out_markup,
    ticket_markup,
)

Client = Callable[..., TestClient]
OUR_SCRIPTS = (TICKET_SCRIPT, SIGN_OUT_SCRIPT, LARGE_FILE_SCRIPT)
OWN = {"X-Requested-With": "fairdb"}


def _policy(reply: object) -> dict[str, list[str]]:
    text = reply.headers["content-security-policy"]  # type: ignore[attr-defined]
    return {part.split()[0]: part.split()[1:] for part in text.split("; ")}


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/health/live", {}, 200),
        ("POST", "/auth/sign-out", OWN, 204),
        ("POST", "/auth/exchange", OWN, 400),
        ("GET", "/", {"Host": "evil.example"}, 400),
        ("PUT", "/_stcore/upload_file/a/b", {}, 401),
        ("GET", "/metrics", {}, 403),
        ("GET", "/api/nothing", {}, 404),
        ("PUT", "/auth/exchange", {}, 405),
        ("GET", "/broken", {}, 500),
    ],
)
def test_reply_carries_the_security_headers(
    client: Client, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    reply = client().request(method, path, headers=headers)
    assert reply.status_code == status
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers.get_list("content-security-policy") == [
        reply.headers["content-security-policy"]
    ]
    assert "strict-transport-security" not in reply.headers


def test_policy_lets_only_known_scripts_run(client: Client) -> None:
    policy = _policy(client().get("/"))
    index = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    inline = index.split("<script>")[1].split("</script>")[0]
    hashes = {source for source in policy["script-src"] if source.startswith("'sha256-")}
    assert {_hash(inline), *map(_hash, OUR_SCRIPTS)} <= hashes
    others = hashes - {_hash(script) for script in (inline, *OUR_SCRIPTS)}
    assert others == set()
    assert {"'unsafe-inline'", "'unsafe-eval'", "*"}.isdisjoint(policy["script-src"])
    for name in ("default-src", "script-src", "base-uri", "form-action"):
        assert policy[name][0] in {"'self'", "'none'"}
    assert policy["object-src"] == policy["frame-ancestors"] == ["'none'"]


def test_websocket_may_go_to_our_own_host_alone(client: Client) -> None:
    assert _policy(client().get("/"))["connect-src"] == ["'self'", "ws://localhost"]
    secure = client(scheme="https", host="fair.example.org").get("/")
    assert _policy(secure)["connect-src"] == ["'self'", "wss://fair.example.org"]
    assert secure.headers["strict-transport-security"] == "max-age=31536000"


def test_host_that_is_none_does_not_enter_the_policy(client: Client) -> None:
    reply = client().get("/", headers={"Host": "evil.example; script-src *"})
    assert _policy(reply)["connect-src"] == ["'self'"]


def test_markup_holds_the_scripts_as_they_are_hashed_and_escapes_the_ticket() -> None:
    markup = ticket_markup('"><script>alert(1)</script>')
    assert f"<script>{TICKET_SCRIPT}</script>" in markup
    assert markup.count("<script>") == 1
    assert f"<script>{SIGN_OUT_SCRIPT}</script>" in sign_out_markup()
