from datetime import datetime

from sqlalchemy import select

from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import UserRow


def test_credentials_are_found_by_user_name_in_any_spelling(storage: Storage) -> None:
    with storage.work() as work:
        added = work.users.add("Ada", "ada@example.org", password_hash="kept")
    with storage.read() as work:
        assert work.credentials.find("aDA") == (added, "kept")
        assert work.credentials.find("ada' OR '1'='1") is None


def test_better_hash_of_the_same_password_leaves_the_day_of_its_change(storage: Storage) -> None:
    def changed_at() -> datetime | None:
        with storage.read() as work:
            return work.session.scalars(select(UserRow.password_changed_at)).one()

    with storage.work() as work:
        user_id = work.users.add("ada", "ada@example.org").user_id
        work.credentials.change(user_id, "better", is_new=False)
    assert changed_at() is None
    with storage.work() as work:
        work.credentials.change(user_id, "another")
    assert changed_at() is not None
