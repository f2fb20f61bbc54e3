from datetime import UTC, datetime, timedelta

import pytest

from fairdb_core.repositories.storage import Storage

HOUR = timedelta(hours=1)


@pytest.fixture
def ada(storage: Storage) -> int:
    with storage.work() as work:
        return work.users.add("ada", "ada@example.org").user_id


def _add(storage: Storage, user_id: int, token_hash: str, *, age: timedelta = -HOUR) -> int:
    with storage.work() as work:
        return work.sessions.add(
            token_hash, user_id, expires_at=datetime.now(UTC) - age, address=f"from {token_hash}"
        )


def test_session_is_found_with_its_person_until_it_is_ended(storage: Storage, ada: int) -> None:
    key = _add(storage, ada, "a")
    with storage.work() as work:
        found = work.sessions.find("a")
        assert found is not None
        assert (found.session_id, found.user.username) == (key, "ada")
        assert work.sessions.find("b") is None
        assert work.sessions.end(ada, key)
        assert work.sessions.find("a") is None
        assert not work.sessions.end(ada, key)


def test_session_knows_every_team_of_its_person_and_no_other(storage: Storage, ada: int) -> None:
    _add(storage, ada, "a")
    with storage.work() as work:
        assert getattr(work.sessions.find("a"), "team_ids", None) == frozenset()
        soil, air, _ = (work.teams.add(name).team_id for name in ("Soil", "Air", "Water"))
        for team_id in (soil, air):
            work.teams.add_member(team_id, ada)
        assert getattr(work.sessions.find("a"), "team_ids", None) == {soil, air}


def test_nobody_ends_the_session_of_somebody_else(storage: Storage, ada: int) -> None:
    key = _add(storage, ada, "a")
    with storage.work() as work:
        assert not work.sessions.end(ada + 1, key)
        assert work.sessions.find("a") is not None


def test_all_sessions_but_one_can_be_ended(storage: Storage, ada: int) -> None:
    for name in "abc":
        _add(storage, ada, name)
    with storage.work() as work:
        assert work.sessions.end_of_user(ada, keep_token_hash="b") == 2
        assert [name for name in "abc" if work.sessions.find(name)] == ["b"]
        assert work.sessions.end_of_user(ada) == 1


def test_list_leaves_out_what_is_over_or_was_not_used(storage: Storage, ada: int) -> None:
    key = _add(storage, ada, "a")
    _add(storage, ada, "over", age=HOUR)
    with storage.work() as work:
        now = datetime.now(UTC)
        listed = work.sessions.of_user(ada, seen_after=now - HOUR)
        assert [(entry.session_id, entry.address) for entry in listed] == [(key, "from a")]
        assert work.sessions.of_user(ada, seen_after=now + HOUR) == []


def test_touching_moves_the_time_of_last_use(storage: Storage, ada: int) -> None:
    key = _add(storage, ada, "a")
    with storage.work() as work:
        before = work.sessions.find("a")
        work.sessions.touch(key)
        after = work.sessions.find("a")
    assert before is not None
    assert after is not None
    assert after.last_seen_at > before.last_seen_at


def test_known_addresses_are_remembered_until_sessions_are_forgotten(
    storage: Storage, ada: int
) -> None:
    _add(storage, ada, "over", age=HOUR)
    with storage.work() as work:
        assert work.sessions.began_from(ada, "from over")
        assert not work.sessions.began_from(ada, "elsewhere")
        work.sessions.forget_before(datetime.now(UTC))
        assert not work.sessions.began_from(ada, "from over")
