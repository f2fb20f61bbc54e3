import pytest

from fairdb_core.domain.accounts import Viewer
from fairdb_core.repositories.storage import Storage


def test_work_left_by_an_error_keeps_nothing(storage: Storage) -> None:
    def fail() -> None:
        with storage.work() as work:
            work.audit.add(Viewer(None), "tried")
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    with storage.read() as work:
        assert work.audit.search() == []


def test_work_left_in_order_keeps_times_with_their_zone(storage: Storage) -> None:
    with storage.work() as work:
        work.audit.add(Viewer(None, address="192.0.2.1"), "signed_in", "user", 7, after={"a": 1})
    with storage.read() as work:
        (event,) = work.audit.search()
    assert (event.action, event.object_id, event.after) == ("signed_in", "7", {"a": 1})
    assert event.occurred_at.utcoffset() is not None


def test_reserved_keys_never_overlap(storage: Storage) -> None:
    with storage.work() as work:
        first = work.keys.reserve("datasets", 10)
    with storage.work() as work:
        second = work.keys.reserve("datasets", 5)
    assert (first, second) == (1, 11)
