from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fairdb_core.repositories.storage import Storage


def test_first_try_under_a_key_starts_at_zero(storage: Storage) -> None:
    with storage.work() as work:
        held = work.login_attempts.hold(["b", "a"])
    assert [(key, tries.failed_count) for key, tries in held.items()] == [("a", 0), ("b", 0)]
    assert held["a"].blocked_until is None


def test_tries_made_at_once_are_all_counted(storage: Storage) -> None:
    def count(_: int) -> None:
        with storage.work() as work:
            held = work.login_attempts.hold(["a"])["a"]
            work.login_attempts.keep("a", replace(held, failed_count=held.failed_count + 1))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(16)))
    with storage.work() as work:
        assert work.login_attempts.hold(["a"])["a"].failed_count == 16


def test_old_counts_can_be_forgotten(storage: Storage) -> None:
    now = datetime.now(UTC)
    with storage.work() as work:
        held = work.login_attempts.hold(["a"])["a"]
        work.login_attempts.keep("a", replace(held, failed_count=3, blocked_until=now))
        work.login_attempts.forget_before(now - timedelta(hours=1))
        assert work.login_attempts.hold(["a"])["a"].failed_count == 3
        work.login_attempts.forget_before(now + timedelta(hours=1))
        assert work.login_attempts.hold(["a"])["a"].failed_count == 0
