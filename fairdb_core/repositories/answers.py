"""Answers of the store, kept until something is committed to it."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, local
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from fairdb_core.logs import get_logger

Answer = TypeVar("Answer")

_MOST_KEPT = 512
# Seconds to wait for the connection, and without it once it failed or was taken for longer.
_LONGEST_WAIT, _PAUSE = 0.05, 1.0
# Seconds for which whoever asks for much at once is told of the same state.
_AT_ONCE = 0.1
# Either answer changes with every commit that another connection makes, and with nothing less.
_SQLITE = "PRAGMA data_version"
_POSTGRESQL = "SELECT pg_current_snapshot()::text"
_log = get_logger(__name__)


class Commits:
    """Tells states of the store apart, by a connection of its own that never writes.

    Whoever asks never waits for it: where it is taken or does not answer, no two states are the
    same for a while, and everybody reads for themselves.

    Args:
        engine: Of the store; the connection is none of its pool's.
    """

    def __init__(self, engine: Engine) -> None:
        self._failure = engine.dialect.loaded_dbapi.Error
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._pool = engine.pool.recreate()
        self._connection: Any = None
        self._number = 0
        self._not_before = 0.0
        self._is_closed = False
        self._lock = Lock()

    def state(self) -> Hashable:
        """Return what is the same as before only where nothing was committed in between."""
        if self._is_closed or time.monotonic() < self._not_before:
            return object()
        if not self._lock.acquire(timeout=_LONGEST_WAIT):
            self._not_before = time.monotonic() + _PAUSE
            return object()
        try:
            return self._ask()
        except (self._failure, DatabaseError) as error:
            # The server was restarted, or does not answer: whoever reads next says so.
            self._not_before = time.monotonic() + _PAUSE
            self._let_go()
            _log.warning("commits_not_seen", reason=str(error))
            return object()
        finally:
            self._lock.release()

    def close(self) -> None:
        """Let go of the connection for good; where it is taken, its thread does."""
        self._is_closed = True
        if self._lock.acquire(timeout=_LONGEST_WAIT):
            self._let_go()
            self._lock.release()

    def _ask(self) -> Hashable:
        if self._connection is None:
            pooled = self._pool.connect()
            pooled.detach()
            self._connection = pooled.dbapi_connection
            self._number += 1
            if not self._is_sqlite:
                self._connection.autocommit = True
        cursor = self._connection.cursor()
        try:
            question = _SQLITE if self._is_sqlite else _POSTGRESQL
            return self._number, cursor.execute(question).fetchone()[0]
        finally:
            cursor.close()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass(slots=True)
class _Seen:
    """The state in which a thread saw the store, for as long as it asks for things at once."""

    state: Hashable = None
    own_commits: int = -1
    until: float = 0.0


class Answers:
    """What was read, for as long as the store stays in the state in which it was read.

    Args:
        engine: Of the store.
    """

    def __init__(self, engine: Engine) -> None:
        self._commits = Commits(engine)
        self._own_commits = 0
        self._at_once = local()
        self._state: Hashable = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, read: Callable[[], Answer]) -> Answer:
        """Return what is read, which was read before where nothing was committed since.

        Args:
            key: Everything but the store that the answer depends on.
            read: Reads it, in a state that is this one or later; ``None`` is not kept.
        """
        state = self._seen_state()
        with self._lock:
            if state != self._state:
                self._state = state
                self._kept.clear()
            elif key in self._kept:
                self._kept.move_to_end(key)
                known: Answer = self._kept[key]
                return known
        found = read()
        with self._lock:
            if state == self._state and found is not None:
                self._kept[key] = found
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return found

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Look at the state of the store once for all that this thread asks within this block.

        What this process commits in the meantime is seen, by whatever thread it does.
        """
        self._at_once.seen = _Seen()
        try:
            yield
        finally:
            self._at_once.seen = None

    def note_commit(self) -> None:
        """Take note that this process committed something."""
        self._own_commits += 1

    def _seen_state(self) -> Hashable:
        seen: _Seen | None = getattr(self._at_once, "seen", None)
        if seen is None:
            return self._commits.state()
        if time.monotonic() >= seen.until or seen.own_commits != self._own_commits:
            seen.own_commits = self._own_commits
            seen.state = self._commits.state()
            seen.until = time.monotonic() + _AT_ONCE
        return seen.state

    def close(self) -> None:
        """Let go of what tells in which state the store is."""
        self._commits.close()
