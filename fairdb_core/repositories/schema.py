"""The state of the tables: brought up to date at start, and never by hand."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from fairdb_core.errors import StorageError
from fairdb_core.repositories.storage import Storage

_LOCK_KEY = 7_154_201


def migrate(storage: Storage) -> tuple[str | None, str]:
    """Bring the tables up to date in one transaction, and return the revisions before and after.

    Raises:
        StorageError: The tables are newer than this program, or the file is damaged.
    """
    with storage.work(statement_seconds=0) as work:
        connection = work.session.connection()
        _check(connection, is_sqlite=storage.is_sqlite)
        before = revision_of(connection)
        scripts = ScriptDirectory.from_config(_config(connection))
        head = scripts.get_current_head() or ""
        if before is not None and before not in {
            step.revision for step in scripts.walk_revisions()
        }:
            raise StorageError(
                f"The database is at revision {before}, which this program does not know. "
                "Install the newer program that wrote it, or restore a backup."
            )
        if before != head:
            command.upgrade(_config(connection), "head")
    return before, head


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the tables, ``None`` where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def _check(connection: Connection, *, is_sqlite: bool) -> None:
    if not is_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        return
    found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if found != "ok":
        raise StorageError(f"The database file is damaged ({found}). Restore a backup.")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
