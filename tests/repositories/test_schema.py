from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fairdb_core.domain.accounts import Viewer
from fairdb_core.errors import StorageError
from fairdb_core.repositories.schema import _config, known_revisions, migrate
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base


def test_migrations_lead_to_the_tables_as_they_are_declared(storage_url: str) -> None:
    store = Storage(storage_url)
    assert migrate(store)[0] is None
    with store.read() as work:
        context = MigrationContext.configure(work.session.connection())
        assert compare_metadata(context, Base.metadata) == []
    store.close()


def test_files_of_migrations_are_named_by_their_revisions(storage_url: str) -> None:
    store = Storage(storage_url)
    with store.read() as work:
        scripts = ScriptDirectory.from_config(_config(work.session.connection()))
    assert known_revisions() == [step.revision for step in scripts.walk_revisions()][::-1]
    store.close()


def test_second_migration_changes_nothing_and_keeps_rows(storage_url: str) -> None:
    store = Storage(storage_url)
    migrate(store)
    with store.work() as work:
        work.audit.add(Viewer(None), "tested")
    before, after = migrate(store)
    assert before == after
    with store.read() as work:
        assert [event.action for event in work.audit.search()] == ["tested"]
    store.close()


def test_unknown_revision_stops_the_start(storage_url: str) -> None:
    store = Storage(storage_url)
    migrate(store)
    with store.work() as work:
        work.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer program"):
        migrate(store)
    store.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events"]
)
def test_audit_trail_cannot_be_changed(storage_url: str, statement: str) -> None:
    store = Storage(storage_url)
    migrate(store)
    with store.work() as work:
        work.audit.add(Viewer(None), f"tested_{datetime.now(UTC):%Y}")
    with pytest.raises(DBAPIError), store.work() as work:
        work.session.execute(text(statement))
    with store.read() as work:
        assert len(work.audit.search()) == 1
    store.close()
