"""Figures for Prometheus, for who may read them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from fairdb_core import Settings, build_core
from fairdb_core.web import build_web

Client = Callable[..., TestClient]


def _samples(reply: object) -> dict[tuple[str, ...], float]:
    text = reply.text  # type: ignore[attr-defined]
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_are_counted_and_timed(client: Client) -> None:
    client().get("/explore")
    client().get("/api/nothing")
    found = _samples(client(address="127.0.0.1").get("/metrics"))
    assert found["app_requests_total", "GET", "page", "200"] == 1
    assert found["app_requests_total", "GET", "/api", "404"] == 1
    assert found["app_request_duration_seconds_count",] == 2
    assert found["app_active_users",] == 0


def test_open_connections_are_counted(client: Client) -> None:
    with client().websocket_connect("ws://localhost/_stcore/stream"):
        found = _samples(client(address="::1").get("/metrics"))
        assert found["app_active_users",] == 1


def test_strangers_cannot_make_up_labels(client: Client) -> None:
    for number in range(5):
        client().request(f"MADE{number}", f"/made/{number}")
    found = _samples(client(address="127.0.0.1").get("/metrics"))
    counted = [key for key in found if key[0] == "app_requests_total"]
    assert [key[1:3] for key in counted] == [("other", "page")]


@pytest.mark.parametrize(
    ("address", "headers"),
    [("192.0.2.9", {}), ("", {}), ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"})],
)
def test_without_a_token_only_this_machine_reads_them(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    assert client(address=address).get("/metrics", headers=headers).status_code == 403


def test_with_a_token_only_its_holder_reads_them(tmp_path: Path) -> None:
    core = build_core(Settings(data_dir=tmp_path, metrics_token="a long token of our own"))
    app = Starlette(routes=list(build_web(core).routes))
    browser = TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50_000))
    right = {"Authorization": "Bearer a long token of our own"}
    assert browser.get("/metrics", headers=right).status_code == 200
    for wrong in ({}, {"Authorization": "Bearer other"}, {"Authorization": "Bearer "}):
        assert browser.get("/metrics", headers=wrong).status_code == 403
    core.close()
