"""Answers are kept while nothing is committed, whoever commits it and wherever."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from fairdb_core.domain.accounts import Viewer
from fairdb_core.repositories import answers
from fairdb_core.repositories.storage import Storage, Work

MANY = 50


def a_few(storage: Storage) -> int:
    """Return how often the same may be read: PostgreSQL counts its server's own cleaning too."""
    return 1 if storage.is_sqlite else 10


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
    assert asked.times <= a_few(storage)
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


def test_what_is_asked_at_once_looks_once_for_commits(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_AT_ONCE", 60.0)
    looked, ask = [], storage._answers._commits._ask
    monkeypatch.setattr(storage._answers._commits, "_ask", lambda: looked.append(1) or ask())
    asked = Asked()
    with storage.at_once():
        for _ in range(MANY):
            storage.kept("actions", asked.actions)
        assert (len(looked), asked.times) == (1, 1)
        note(storage, "here")
        assert storage.kept("actions", asked.actions) == ["here"]
        with ThreadPoolExecutor(1) as threads:
            threads.submit(note, storage, "by another thread").result()
        assert storage.kept("actions", asked.actions) == ["by another thread", "here"]
        assert len(looked) == 3
    storage.kept("actions", asked.actions)
    assert len(looked) == 4


def test_what_takes_long_looks_again_for_commits(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_AT_ONCE", 0.0)
    other = Storage(storage.engine.url.render_as_string(hide_password=False))
    asked = Asked()
    with storage.at_once():
        assert storage.kept("actions", asked.actions) == []
        note(other, "elsewhere")
        assert storage.kept("actions", asked.actions) == ["elsewhere"]
    other.close()


def test_reading_changes_no_answer(storage: Storage) -> None:
    asked = Asked()
    for _ in range(MANY):
        with storage.read() as work:
            work.audit.search()
        storage.kept("actions", asked.actions)
    assert asked.times <= a_few(storage)


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


def test_nothing_is_no_answer_to_keep(storage: Storage) -> None:
    asked = Asked()

    def nothing(work: Work) -> None:
        asked.actions(work)

    for _ in range(3):
        assert storage.kept("nobody", nothing) is None
    assert asked.times == 3


def test_what_was_not_asked_for_longest_is_let_go_of(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_MOST_KEPT", 2)
    read: list[str] = []

    def ask(key: str) -> None:
        storage.kept(key, lambda _: read.append(key) or key)

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
    assert set(read) == {"a", "b", "c"}
    assert read.count("b") >= 2
    if storage.is_sqlite:
        assert read == ["a", "b", "c", "b"]


def test_nobody_waits_for_a_connection_that_is_taken(storage: Storage) -> None:
    asked, commits = Asked(), storage._answers._commits
    storage.kept("actions", asked.actions)
    with commits._lock:  # as while the server is silent to whoever asked first
        started = time.monotonic()
        for _ in range(MANY):
            assert storage.kept("actions", asked.actions) == []
        assert time.monotonic() - started < MANY * answers._LONGEST_WAIT
    assert asked.times > MANY
    commits._not_before = 0.0
    for _ in range(MANY):
        storage.kept("actions", asked.actions)
    assert asked.times <= 2 * MANY


def test_closed_store_opens_nothing_again(storage: Storage) -> None:
    storage.kept("actions", Asked().actions)
    storage.close()
    assert storage.kept("actions", Asked().actions) == []
    assert storage._answers._commits._connection is None


def test_answer_that_is_read_while_something_is_committed_is_not_kept(storage: Storage) -> None:
    def actions(work: Work) -> list[str]:
        found = [event.action for event in work.audit.search()]
        if not found:
            note(storage, "meanwhile")
        return found

    assert storage.kept("actions", actions) == []
    assert storage.kept("actions", actions) == ["meanwhile"]


def test_lost_connection_is_made_anew(storage: Storage) -> None:
    asked = Asked()
    storage.kept("actions", asked.actions)
    _lose(storage)
    note(storage, "meanwhile")
    assert storage.kept("actions", asked.actions) == ["meanwhile"]
    storage._answers._commits._not_before = 0.0
    before = asked.times
    for _ in range(MANY):
        storage.kept("actions", asked.actions)
    assert asked.times <= before + a_few(storage)


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
