"""The database behind the program, and the unit of work in which everything happens."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from fairdb_core.errors import StorageError
from fairdb_core.repositories.answers import Answers
from fairdb_core.repositories.assessments import AssessmentRepository
from fairdb_core.repositories.attestations import AttestationRepository
from fairdb_core.repositories.audit import AuditRepository
from fairdb_core.repositories.batches import BatchRepository
from fairdb_core.repositories.collections import CollectionRepository
from fairdb_core.repositories.credentials import CredentialRepository
from fairdb_core.repositories.dataset_versions import DatasetVersionRepository
from fairdb_core.repositories.datasets import DatasetRepository
from fairdb_core.repositories.goals import GoalRepository
from fairdb_core.repositories.keys import KeyRepository
from fairdb_core.repositories.login_attempts import LoginAttemptRepository
from fairdb_core.repositories.mappings import MappingRepository
from fairdb_core.repositories.one_time_tokens import OneTimeTokenRepository
from fairdb_core.repositories.owners import OwnerRepository
from fairdb_core.repositories.proposed_fixes import ProposedFixRepository
from fairdb_core.repositories.raw_cells import RawCellRepository
from fairdb_core.repositories.rubrics import RubricRepository
from fairdb_core.repositories.saved_views import SavedViewRepository
from fairdb_core.repositories.sessions import SessionRepository
from fairdb_core.repositories.teams import TeamRepository
from fairdb_core.repositories.users import UserRepository
from fairdb_core.repositories.visits import VisitRepository

Answer = TypeVar("Answer")

CONNECT_SECONDS = 3
LOCK_SECONDS = 5
POOL_WAIT_SECONDS = 5
_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL statement_timeout = 0"


class _OfPeople:
    """The repositories of accounts, which act in one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def users(self) -> UserRepository:
        """People with accounts."""
        return UserRepository(self.session)

    @cached_property
    def credentials(self) -> CredentialRepository:
        """What is kept of passwords."""
        return CredentialRepository(self.session)

    @cached_property
    def teams(self) -> TeamRepository:
        """Teams and who is in them."""
        return TeamRepository(self.session)

    @cached_property
    def saved_views(self) -> SavedViewRepository:
        """Views that people named."""
        return SavedViewRepository(self.session)

    @cached_property
    def sessions(self) -> SessionRepository:
        """Signed-in browsers."""
        return SessionRepository(self.session)

    @cached_property
    def visits(self) -> VisitRepository:
        """When people looked last."""
        return VisitRepository(self.session)

    @cached_property
    def one_time_tokens(self) -> OneTimeTokenRepository:
        """Links and tickets that work once."""
        return OneTimeTokenRepository(self.session)

    @cached_property
    def login_attempts(self) -> LoginAttemptRepository:
        """Failed tries, counted."""
        return LoginAttemptRepository(self.session)


class Work(_OfPeople):
    """One transaction and the repositories that act in it."""

    @cached_property
    def audit(self) -> AuditRepository:
        """Who did what, append-only."""
        return AuditRepository(self.session)

    @cached_property
    def keys(self) -> KeyRepository:
        """Blocks of keys for tables that are filled in bulk."""
        return KeyRepository(self.session)

    @cached_property
    def collections(self) -> CollectionRepository:
        """Named sets of datasets."""
        return CollectionRepository(self.session)

    @cached_property
    def datasets(self) -> DatasetRepository:
        """Datasets and their versions."""
        return DatasetRepository(self.session)

    @cached_property
    def dataset_versions(self) -> DatasetVersionRepository:
        """States of datasets' metadata."""
        return DatasetVersionRepository(self.session)

    @cached_property
    def raw_cells(self) -> RawCellRepository:
        """The cells of uploads as they stood in the file."""
        return RawCellRepository(self.session)

    @cached_property
    def proposed_fixes(self) -> ProposedFixRepository:
        """Fixes that wait for a decision, or got one."""
        return ProposedFixRepository(self.session)

    @cached_property
    def owners(self) -> OwnerRepository:
        """Researchers that datasets are assigned to."""
        return OwnerRepository(self.session)

    @cached_property
    def batches(self) -> BatchRepository:
        """Uploads, form saves and undos."""
        return BatchRepository(self.session)

    @cached_property
    def rubrics(self) -> RubricRepository:
        """Rubrics of one's own."""
        return RubricRepository(self.session)

    @cached_property
    def mappings(self) -> MappingRepository:
        """Mappings that people chose."""
        return MappingRepository(self.session)

    @cached_property
    def goals(self) -> GoalRepository:
        """What is to be reached by when."""
        return GoalRepository(self.session)

    @cached_property
    def assessments(self) -> AssessmentRepository:
        """Facts, scores and facets as columns."""
        return AssessmentRepository(self.session)

    @cached_property
    def attestations(self) -> AttestationRepository:
        """What people attest of collections and datasets."""
        return AttestationRepository(self.session)


class Storage:
    """A SQLite file or a PostgreSQL database.

    Args:
        url: SQLAlchemy address, ``sqlite:///…`` or ``postgresql+psycopg://…``.
        pool_size: Connections kept open on PostgreSQL.
        statement_seconds: How long one statement may take on PostgreSQL; imports are exempt.
    """

    def __init__(self, url: str, *, pool_size: int = 10, statement_seconds: int = 10) -> None:
        self.is_sqlite = url.startswith("sqlite")
        pool = (pool_size, statement_seconds)
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url, *pool)
        self._answers = Answers(self.engine)

    @contextmanager
    def work(
        self,
        *,
        statement_seconds: int | None = None,
        lock_seconds: float = LOCK_SECONDS,
        is_staging: bool = False,
    ) -> Iterator[Work]:
        """Open a unit of work: leaving the block commits, an error undoes everything.

        Args:
            statement_seconds: Another limit for each statement here, ``0`` for none.
            lock_seconds: How long to wait for another writer to the embedded store.
            is_staging: Whether a later unit of work makes visible what is written here; its
                commit brings this to the disk too, which PostgreSQL then does not wait for.

        Raises:
            StorageError: The database cannot be reached.
        """
        with _session_with(self.engine) as session:
            if self.is_sqlite:
                _begin(session, lock_seconds)
            elif statement_seconds is not None:
                session.execute(text(f"SET LOCAL statement_timeout = {statement_seconds * 1000:d}"))
            if is_staging and not self.is_sqlite:
                session.execute(text("SET LOCAL synchronous_commit = off"))
            yield Work(session)
            session.commit()
            self._answers.note_commit()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Open a unit of work that only reads; it sees one state of the data and never commits.

        Raises:
            StorageError: The database cannot be reached.
        """
        with _session_with(self.engine) as session:
            if self.is_sqlite:
                session.connection().exec_driver_sql("BEGIN")
            yield Work(session)
            session.rollback()

    def kept(self, key: Hashable, ask: Callable[[Work], Answer]) -> Answer:
        """Return what is read of the store, read anew only after something was committed to it.

        Args:
            key: Everything but the store that the answer depends on, such as who asks.
            ask: Reads it; nobody may change what it returns.

        Raises:
            StorageError: The database cannot be reached.
        """

        def read() -> Answer:
            with self.read() as work:
                return ask(work)

        return self._answers.of(key, read)

    def at_once(self) -> AbstractContextManager[None]:
        """Look once whether something was committed, for all that one thread asks in this block."""
        return self._answers.at_once()

    @contextmanager
    def snapshot(self) -> Iterator[Work]:
        """Open a unit of work that reads one state of the data for as long as it takes.

        Raises:
            StorageError: The database cannot be reached.
        """
        with self.read() as work:
            if not self.is_sqlite:
                work.session.execute(text(_ONE_STATE))
            yield work

    def close(self) -> None:
        """Let go of all connections."""
        self._answers.close()
        self.engine.dispose()


@contextmanager
def _session_with(engine: Engine) -> Iterator[Session]:
    session = Session(engine, expire_on_commit=False)
    try:
        yield session
    except DatabaseError as error:
        session.rollback()
        if (reason := _reason(error)) is not None:
            raise StorageError(reason) from error
        raise
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


def _reason(error: DatabaseError) -> str | None:
    """Return why the database fails, ``None`` where it only refuses what it was told to do."""
    if isinstance(error, OperationalError):
        return "The database does not answer. Please try again in a moment."
    # SQLite says so of a file that is none of its own or no longer whole.
    if type(error) is DatabaseError:
        return f"The database file is damaged ({error.orig}). Restore a backup."
    return None


def _begin(session: Session, lock_seconds: float) -> None:
    session.execute(text(f"PRAGMA busy_timeout={lock_seconds * 1000:.0f}"))
    try:
        # Taken at once: a deferred lock that is upgraded later fails without waiting.
        session.execute(text("BEGIN IMMEDIATE"))
    finally:
        session.execute(text(f"PRAGMA busy_timeout={LOCK_SECONDS * 1000}"))


def _sqlite_engine(url: str) -> Engine:
    path = url.removeprefix("sqlite:///")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": LOCK_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        # The driver must not open transactions by itself; work() says BEGIN where it means it.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "page_size=8192",  # of a new file only; fewer, larger pages suit long texts
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={LOCK_SECONDS * 1000}",
            "temp_store=MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _postgresql_engine(url: str, pool_size: int, statement_seconds: int) -> Engine:
    options = (
        f"-c statement_timeout={statement_seconds * 1000} -c lock_timeout={LOCK_SECONDS * 1000} "
        "-c timezone=UTC"
    )
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=POOL_WAIT_SECONDS,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "options": options},
    )
