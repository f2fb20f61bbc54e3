"""Answers are kept while nothing is committed, whoever commits it and wherever."""

import pytest
from sqlalchemy import text

from fairdb_core.domain.accounts import Viewer
from fairdb_core.repositories.storage import Storage, Work

# PostgreSQL counts other databases of the same server and its own cleaning too.
MANY, A_FEW = 50, 10


class Asked:
    """Counts how often the store is asked."""

    def __init__(self) -> None:
        self.times = 0

    def actions(self, work: Work) -> list[str]:
        self.times += 1
        return [event.action for event in work.audit.search()]


def note(storage: Storage, action: str) -> None:
    with storage.work() as work:
        work.audit.add(Viewer(None), action)


def test_answer_is_read_once_until_something_is_committed(storage: Storage) -> None:
    asked = Asked()
    note(storage, "first")
    assert [storage.kept("actions", asked.actions) for _ in range(MANY)] == [["first"]] * MANY
    assert asked.times <= A_FEW
    note(storage, "second")
    assert storage.kept("actions", asked.actions) == ["second", "first"]


def test_another_process_is_noticed(storage: Storage) -> None:
    asked = Asked()
    assert storage.kept("actions", asked.actions) == []
    other = Storage(storage.engine.url.render_as_string(hide_password=False))
    note(other, "elsewhere")
    other.close()
    assert storage.kept("actions", asked.actions) == ["elsewhere"]


def test_what_is_not_committed_changes_no_answer(storage: Storage) -> None:
    asked = Asked()
    storage.kept("actions", asked.actions)
    with storage.work() as work:
        work.audit.add(Viewer(None), "open")
        work.session.flush()
        assert storage.kept("actions", asked.actions) == []
    assert storage.kept("actions", asked.actions) == ["open"]


def test_reading_changes_no_answer(storage: Storage) -> None:
    asked = Asked()
    for _ in range(MANY):
        with storage.read() as work:
            work.audit.search()
        storage.kept("actions", asked.actions)
    assert asked.times <= A_FEW


def test_answers_differ_by_key(storage: Storage) -> None:
    found = [storage.kept(key, lambda _, key=key: key) for key in ("one", "other", "one")]
    assert found == ["one", "other", "one"]


def test_nothing_is_kept_of_an_error(storage: Storage) -> None:
    def fail(_: Work) -> str:
        raise KeyError("stop")

    for _ in range(2):
        with pytest.raises(KeyError):
            storage.kept("actions", fail)
    assert storage.kept("actions", lambda _: "answer") == "answer"


def test_lost_connection_is_made_anew(storage: Storage) -> None:
    asked = Asked()
    storage.kept("actions", asked.actions)
    _lose(storage)
    note(storage, "meanwhile")
    assert storage.kept("actions", asked.actions) == ["meanwhile"]
    before = asked.times
    for _ in range(MANY):
        storage.kept("actions", asked.actions)
    assert asked.times <= before + A_FEW


def _lose(storage: Storage) -> None:
    """End the connection by which commits are noticed, as a server that restarts does."""
    if storage.is_sqlite:
        storage._answers._commits._connection.close()
        return
    with storage.read() as work:
        work.session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
