"""Two processes over one PostgreSQL: what one stores the other shows at its next question."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from fairdb_core import Core, Settings, build_core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.summaries import Filters

pytestmark = pytest.mark.postgresql
PASSWORD = "quartz umber willow heron 42"
FILE = b"identifier,title,license\nA-1,Soil moisture,CC-BY-4.0\nA-2,River discharge,\n"


@pytest.fixture
def replicas(postgresql_url: str, tmp_path: Path) -> Iterator[tuple[Core, Core]]:
    """Two cores with caches of their own over one database."""
    settings = Settings(
        data_dir=tmp_path,
        bcrypt_cost=4,
        database_url=SecretStr(postgresql_url),
        secret_key=SecretStr(secrets.token_hex(32)),
        _env_file=None,
    )
    first, second = build_core(settings), build_core(settings)
    yield first, second
    first.close()
    second.close()


@pytest.fixture
def steward(replicas: tuple[Core, Core]) -> Viewer:
    accounts = replicas[0].accounts
    return Viewer(accounts.add_account("sam", "s@example.org", "", Role.STEWARD, PASSWORD))


def upload(core: Core, viewer: Viewer) -> int:
    made = core.collections.create(viewer, "Rhine")
    table = core.previews.read(viewer, FILE, "x.csv")
    plan = core.previews.plan(
        viewer, made.collection_id, table, core.previews.suggest(viewer, table)
    )
    return core.uploads.commit(viewer, plan).batch_id


def test_import_in_one_replica_is_seen_in_the_other_at_once(
    replicas: tuple[Core, Core], steward: Viewer
) -> None:
    first, second = replicas
    assert second.assessments.overview(steward).count == 0
    assert second.assessments.explore(steward, Filters()).count == 0
    batch_id = upload(first, steward)
    assert second.assessments.overview(steward).count == 2
    assert second.assessments.overview(steward) == first.assessments.overview(steward)
    assert second.assessments.explore(steward, Filters()).count == 2
    second.batches.undo(steward, batch_id)
    assert first.assessments.explore(steward, Filters()).count == 0


def test_session_ended_in_one_replica_is_over_in_the_other(
    replicas: tuple[Core, Core], steward: Viewer
) -> None:
    first, second = replicas
    token = first.sessions.exchange(first.sessions.sign_in("sam", PASSWORD))
    assert second.sessions.resolve(token) is not None
    first.sessions.end_others(steward, "another")
    assert second.sessions.resolve(token) is None
