"""What two write at the same moment: the second waits for the first, and neither fails."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from fairdb_core.repositories.storage import Storage, Work


def reserve(work: Work) -> int:
    return work.keys.reserve("datasets", 10)


def remember(work: Work) -> None:
    work.mappings.remember(1, "hash", {"Titel": "title"})


def join_team(work: Work) -> None:
    work.teams.add_member(1, 1)


@pytest.mark.parametrize("act", [reserve, remember, join_team])
def test_same_row_written_first_by_two_at_once_fails_neither(
    storage: Storage, act: Callable[[Work], object]
) -> None:
    with storage.work() as work:
        assert work.users.add("ada", "ada@example.org").user_id == 1
        assert work.teams.add("Soil").team_id == 1

    def second() -> object:
        with storage.work() as work:
            return act(work)

    with ThreadPoolExecutor(1) as pool:
        with storage.work() as work:
            earlier = act(work)
            waiting = pool.submit(second)
            time.sleep(0.2)
            assert not waiting.done()
        later = waiting.result(timeout=30)
    with storage.read() as work:
        assert work.mappings.recall(1, "hash") in (None, {"Titel": "title"})
        assert len(work.teams.all()[0].member_user_ids) <= 1
    assert (earlier, later) in [(None, None), (1, 11)]
