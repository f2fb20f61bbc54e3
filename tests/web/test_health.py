"""Probes: alive, and ready with the database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from fairdb_core import Settings, build_core
from fairdb_core.web import build_web

Client = Callable[..., TestClient]


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
def test_probe_says_that_all_is_well_and_nothing_else(client: Client, path: str) -> None:
    reply = client().get(path)
    assert reply.status_code == 200
    assert reply.json() == {"status": "ok"}
    assert reply.headers["cache-control"] == "no-store"


def test_program_without_its_database_lives_but_is_not_ready(tmp_path: Path) -> None:
    core = build_core(Settings(data_dir=tmp_path))
    web = build_web(core)
    browser = TestClient(Starlette(routes=list(web.routes)), base_url="http://localhost")
    core.close()
    for path in tmp_path.glob("fairdatabase.sqlite*"):
        path.unlink()
    (tmp_path / "fairdatabase.sqlite").mkdir()
    assert browser.get("/health/live").status_code == 200
    for probe in ("/health", "/health/ready"):
        reply = browser.get(probe)
        assert reply.status_code == 503
        assert reply.json()["status"] == "unavailable"
        assert reply.json() == {
            "status": "unavailable",
            "message": "The database does not answer as it should. The log says why.",
        }


def test_program_older_than_its_store_says_so_and_is_not_ready(tmp_path: Path) -> None:
    core = build_core(Settings(data_dir=tmp_path))
    web = build_web(core)
    browser = TestClient(Starlette(routes=list(web.routes)), base_url="http://localhost")
    with core.storage.work() as work:
        work.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    reply = browser.get("/health/ready")
    assert reply.status_code == 503
    assert reply.json()["message"].startswith("The store is newer than this program.")
    with core.storage.work() as work:
        work.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert browser.get("/health/ready").json()["message"].startswith("The store is older")
    core.close()
