"""Short work goes one after the other; what takes long keeps nobody waiting."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest

from fairdb_core.turns import Turns


def test_short_work_of_many_threads_never_overlaps() -> None:
    turns, inside, most = Turns(longest=30), 0, 0
    counting = Lock()

    def work(_: int) -> None:
        nonlocal inside, most
        with turns.take():
            with counting:
                inside += 1
                most = max(most, inside)
            time.sleep(0.001)
            with counting:
                inside -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(40)))
    assert (inside, most) == (0, 1)


def test_who_takes_long_keeps_nobody_waiting() -> None:
    turns, has_begun, may_end = Turns(longest=0.01), Event(), Event()

    def long_work() -> None:
        with turns.take():
            has_begun.set()
            assert may_end.wait(30)

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(long_work)
        assert has_begun.wait(30)
        for _ in range(3):
            with turns.take():
                assert not running.done()
        may_end.set()
        running.result()
    with turns.take():
        pass


def test_turn_is_given_on_after_a_failure() -> None:
    turns = Turns(longest=30)
    with pytest.raises(ValueError, match="broken"), turns.take():
        raise ValueError("broken")
    with turns.take():
        pass
