import pytest

from fairdb_core.domain.accounts import AccountState, Role
from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.storage import Storage


@pytest.mark.parametrize(
    ("username", "email", "message"),
    [
        ("ADA", "other@example.org", "Username already exists"),
        ("grace", "ADA@example.org ", "Email already exists"),
    ],
)
def test_names_and_addresses_clash_in_any_spelling(
    storage: Storage, username: str, email: str, message: str
) -> None:
    with storage.work() as work:
        work.users.add("Ada", "Ada@example.org")
    with pytest.raises(ValueError, match=message), storage.work() as work:
        work.users.add(username, email)
    with storage.read() as work:
        assert len(work.users.all()) == 1


def test_clash_is_a_duplicate_error_of_the_program(storage: Storage) -> None:
    with storage.work() as work:
        work.users.add("ada", "ada@example.org")
    with pytest.raises(DuplicateError), storage.work() as work:
        work.users.add("ada", "ada@example.org")


def test_person_never_carries_the_kept_password(storage: Storage) -> None:
    with storage.work() as work:
        user = work.users.add("ada", "ada@example.org", password_hash="kept-secret")
    assert "kept-secret" not in repr(user)


def test_only_what_is_given_changes(storage: Storage) -> None:
    with storage.work() as work:
        user = work.users.add("ada", "ada@example.org", full_name="Ada")
        work.users.change(user.user_id, role=Role.STEWARD)
        work.users.change(user.user_id, state=AccountState.DEACTIVATED)
    with storage.read() as work:
        changed = work.users.get(user.user_id)
    assert changed is not None
    assert (changed.role, changed.state, changed.full_name) == (
        Role.STEWARD,
        AccountState.DEACTIVATED,
        "Ada",
    )


def test_active_administrators_leave_out_everybody_else(storage: Storage) -> None:
    with storage.work() as work:
        chief = work.users.add("chief", "chief@example.org", role=Role.ADMINISTRATOR)
        work.users.add(
            "gone", "gone@example.org", role=Role.ADMINISTRATOR, state=AccountState.DEACTIVATED
        )
        work.users.add("ada", "ada@example.org", role=Role.STEWARD)
        assert work.users.lock_active_administrators() == {chief.user_id}


def test_request_that_was_turned_down_leaves_its_name_free(storage: Storage) -> None:
    with storage.work() as work:
        user = work.users.add("ada", "ada@example.org", state=AccountState.REQUESTED)
        work.users.delete(user.user_id)
    with storage.work() as work:
        work.users.add("ada", "ada@example.org")
        assert [user.username for user in work.users.all()] == ["ada"]
