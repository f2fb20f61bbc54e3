"""Errors: a reference for the person, the rest in the log; one shape for programs."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from structlog.testing import capture_logs

from fairdb_core.web import Web

Client = Callable[..., TestClient]


def test_broken_request_tells_a_reference_that_stands_in_the_log(client: Client) -> None:
    with capture_logs() as lines:
        reply = client().get("/broken")
    assert reply.status_code == 500
    assert "secret of the house" not in reply.text
    reference = re.findall(r"reference ([0-9a-f]{8})", reply.json()["message"])[0]
    line = next(line for line in lines if line["event"] == "request_failed")
    assert line["reference"] == reference
    assert "secret of the house" in str(line["exc_info"])


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("POST", "/api/v1/nothing", 404, "not_found"),
        ("PUT", "/auth/exchange", 405, "method_not_allowed"),
        ("POST", "/health", 405, "method_not_allowed"),
    ],
)
def test_refusal_has_one_shape(
    client: Client, method: str, path: str, status: int, error: str
) -> None:
    reply = client().request(method, path)
    assert reply.status_code == status
    body = reply.json()
    assert set(body) == {"error", "message", "timestamp"}
    assert body["error"] == error
    assert datetime.fromisoformat(body["timestamp"]).tzinfo is not None


def test_broken_screen_tells_a_reference_and_hides_the_rest(web: Web) -> None:
    def script() -> None:
        import streamlit as st

        st.title("Before")
        st.session_state["show"](RuntimeError("the secret of the house"))

    screen = AppTest.from_function(script)
    shown = []
    screen.session_state["show"] = lambda error: shown.append(web.on_script_error(error))
    with capture_logs() as lines:
        screen.run()
    assert shown == [True]
    reference = re.findall(r"reference ([0-9a-f]{8})", screen.error[0].value)[0]
    assert "secret of the house" not in screen.error[0].value
    assert [line["reference"] for line in lines if line["event"] == "screen_failed"] == [reference]
