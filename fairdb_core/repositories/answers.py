"""Answers of the store, kept until something is committed to it."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Engine

Answer = TypeVar("Answer")

_MOST_KEPT = 512
# Either answer changes with every commit that another connection makes, and with nothing less.
_SQLITE = "PRAGMA data_version"
_POSTGRESQL = "SELECT pg_current_snapshot()::text"


class Commits:
    """Tells states of the store apart, by a connection of its own that never writes.

    Args:
        engine: Makes that connection.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._question = _SQLITE if engine.dialect.name == "sqlite" else _POSTGRESQL
        self._connection: Any = None
        self._number = 0
        self._lock = Lock()

    def state(self) -> Hashable:
        """Return what is the same as before only where nothing was committed in between."""
        failure = self._engine.dialect.loaded_dbapi.Error
        with self._lock:
            try:
                return self._ask()
            except failure:
                # The server was restarted, or does not answer: whoever reads next finds out.
                self._let_go()
                return object()

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._let_go()

    def _ask(self) -> Hashable:
        if self._connection is None:
            pooled = self._engine.raw_connection()
            pooled.detach()
            self._connection = pooled.dbapi_connection
            self._number += 1
            if self._question is _POSTGRESQL:
                self._connection.autocommit = True
        cursor = self._connection.cursor()
        try:
            return self._number, cursor.execute(self._question).fetchone()[0]
        finally:
            cursor.close()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Answers:
    """What was read, for as long as the store stays in the state in which it was read.

    Args:
        engine: Of the store.
    """

    def __init__(self, engine: Engine) -> None:
        self._commits = Commits(engine)
        self._state: Hashable = None
        self._kept: dict[Hashable, Any] = {}
        self._lock = Lock()

    def of(self, key: Hashable, read: Callable[[], Answer]) -> Answer:
        """Return what is read, which was read before where nothing was committed since.

        Args:
            key: Everything but the store that the answer depends on.
            read: Reads it, in a state that is this one or later.
        """
        state = self._commits.state()
        with self._lock:
            if state != self._state or len(self._kept) >= _MOST_KEPT:
                self._state = state
                self._kept.clear()
            elif key in self._kept:
                known: Answer = self._kept[key]
                return known
        found = read()
        with self._lock:
            if state == self._state:
                self._kept[key] = found
        return found

    def close(self) -> None:
        """Let go of what tells in which state the store is."""
        self._commits.close()
