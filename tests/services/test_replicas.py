"""Two processes over one PostgreSQL: what one stores the other shows at its next question."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from fairdb_core import Core, Settings, build_core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.summaries import Filters, Sort

pytestmark = pytest.mark.postgresql
KEY = secrets.token_hex(32)
PASSWORD = "quartz umber willow heron 42"
FILE = b"identifier,title,license\nA-1,Soil moisture,CC-BY-4.0\nA-2,River discharge,\n"


def replica(url: str, folder: Path) -> Core:
    settings = Settings(
        data_dir=folder,
        bcrypt_cost=4,
        database_url=SecretStr(url),
        secret_key=SecretStr(KEY),
        _env_file=None,
    )
    return build_core(settings)


@pytest.fixture
def replicas(postgresql_url: str, tmp_path: Path) -> Iterator[tuple[Core, Core]]:
    """Two cores with caches of their own over one database."""
    first, second = replica(postgresql_url, tmp_path), replica(postgresql_url, tmp_path)
    yield first, second
    first.close()
    second.close()


@pytest.fixture
def steward(replicas: tuple[Core, Core]) -> Viewer:
    accounts = replicas[0].accounts
    return Viewer(accounts.add_account("sam", "s@example.org", "", Role.STEWARD, PASSWORD))


def upload(core: Core, viewer: Viewer) -> int:
    made = core.collections.create(viewer, "Rhine")
    return commit(core, viewer, made.collection_id, FILE)


def commit(core: Core, viewer: Viewer, collection_id: int, content: bytes) -> int:
    table = core.previews.read(viewer, content, "x.csv")
    plan = core.previews.plan(viewer, collection_id, table, core.previews.suggest(viewer, table))
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


def test_many_small_imports_are_seen_alike_by_those_who_were_there_and_who_come_later(
    replicas: tuple[Core, Core], steward: Viewer, postgresql_url: str, tmp_path: Path
) -> None:
    first, second = replicas
    made = first.collections.create(steward, "Rhine")
    for number in range(20):
        content = FILE.replace(b"A-2", f"B-{number}".encode()).replace(b"Soil", b"Soil %d" % number)
        batch_id = commit(replicas[number % 2], steward, made.collection_id, content)
    first.batches.undo(steward, batch_id)
    with first.storage.read() as work:
        chunks = work.assessments.keys([made.collection_id], "fsf_v0_8")[made.collection_id]
        joined = work.session.execute(text("SELECT count(*) FROM joined_assessments")).scalar_one()
    assert len(chunks) == 21
    assert joined > 8
    later = replica(postgresql_url, tmp_path)
    for core in (second, later):
        assert core.assessments.overview(steward) == first.assessments.overview(steward)
        found = core.assessments.explore(steward, Filters(), sort=Sort.TITLE)
        assert found == first.assessments.explore(steward, Filters(), sort=Sort.TITLE)
        assert found.count == 20
    later.close()


def test_session_ended_in_one_replica_is_over_in_the_other(
    replicas: tuple[Core, Core], steward: Viewer
) -> None:
    first, second = replicas
    token = first.sessions.exchange(first.sessions.sign_in("sam", PASSWORD))
    assert second.sessions.resolve(token) is not None
    first.sessions.end_others(steward, "another")
    assert second.sessions.resolve(token) is None
