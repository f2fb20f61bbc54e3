"""The state of the tables: brought up to date at start, and never by hand."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError

from fairdb_core.errors import StorageError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK_KEY = 7_154_201
_log = get_logger(__name__)
_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(storage: Storage) -> tuple[str | None, str]:
    """Bring the tables up to date in one transaction, and return the revisions before and after.

    Raises:
        StorageError: The tables are newer than this program, or the file is damaged.
    """
    known = known_revisions()
    with storage.work(statement_seconds=0) as work:
        connection = work.session.connection()
        _check(connection, is_sqlite=storage.is_sqlite)
        before = revision_of(connection)
        if before is not None and before not in known:
            raise StorageError(
                f"The database is at revision {before}, which this program does not know. "
                "Install the newer program that wrote it, or restore a backup."
            )
        if before != known[-1]:
            # Loading it takes longer than all else that a command does on current tables.
            from alembic import command

            try:
                command.upgrade(_config(connection), "head")
            except DatabaseError as error:
                if error.connection_invalidated:
                    raise
                raise StorageError(_failed_upgrade(before, known[-1], error)) from error
    return before, known[-1]


def unready_because(storage: Storage) -> str:
    """Return why this program cannot work with the store now, empty where it can.

    What the database says itself is only logged: the reason is shown to strangers. A program that
    is older than its store is not ready either, as it would write what the newer one cannot read.
    """
    try:
        with storage.read() as work:
            found = revision_of(work.session.connection())
    except (StorageError, DatabaseError) as error:
        _log.warning("store_does_not_answer", reason=str(error))
        return "The database does not answer as it should. The log says why."
    known = known_revisions()
    if found == known[-1]:
        return ""
    if found in known or found is None:
        return "The store is older than this program. Restart the program, which upgrades it."
    return "The store is newer than this program. Install the newer program that wrote it."


@cache
def known_revisions() -> list[str]:
    """Return the revisions that this program knows, oldest first: its files begin with them."""
    return sorted(file.name.split("_")[0] for file in _MIGRATIONS.glob("versions/[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the tables, ``None`` where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _failed_upgrade(before: str | None, after: str, error: DatabaseError) -> str:
    return (
        f"The store could not be upgraded from revision {before or 'none'} to {after} "
        f"({' '.join(str(error.orig).split())}). It stays as it was: go on with the program that "
        "you had, or restore a backup, and report this sentence"
    )


def _check(connection: Connection, *, is_sqlite: bool) -> None:
    if not is_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        return
    found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if found != "ok":
        raise StorageError(f"The database file is damaged ({found}). Restore a backup.")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config
