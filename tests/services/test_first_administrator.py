"""The way into an installation that has no account yet."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from fairdb_core.domain.accounts import Role
from fairdb_core.errors import AuthenticationError, ValidationError
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import OneTimeTokenRow
from fairdb_core.services.accounts import AccountService
from fairdb_core.services.passwords import PasswordService

PASSWORD = "seven lamps hum at dusk"


@pytest.fixture(scope="module")
def passwords() -> PasswordService:
    return PasswordService(key=b"k" * 32, cost=4)


@pytest.fixture
def accounts(storage: Storage, passwords: PasswordService) -> AccountService:
    return AccountService(storage=storage, passwords=passwords)


def test_store_starts_without_any_account(storage: Storage, accounts: AccountService) -> None:
    with storage.read() as work:
        assert work.users.all() == []
    assert accounts.setup_token() is not None


def test_first_administrator_is_made_by_a_link_that_works_once(
    accounts: AccountService, passwords: PasswordService, storage: Storage
) -> None:
    token = accounts.setup_token()
    assert token is not None
    assert accounts.awaits_administrator()
    accounts.check_setup(token)
    with pytest.raises(ValidationError):
        accounts.redeem_setup(token, "admin", "chief@example.org", "", PASSWORD)
    user = accounts.redeem_setup(
        token, "chief", "chief@example.org", "Chief", PASSWORD, address="192.0.2.5"
    )
    assert (user.role, user.is_active) == (Role.ADMINISTRATOR, True)
    with storage.read() as work:
        event = work.audit.search()[0]
    assert (event.action, event.address) == ("administrator_created", "192.0.2.5")
    assert not accounts.awaits_administrator()
    with pytest.raises(AuthenticationError):
        accounts.check_setup(token)
    with pytest.raises(AuthenticationError):
        accounts.redeem_setup(token, "other", "other@example.org", "", PASSWORD)
    assert accounts.setup_token() is None
    with storage.read() as work:
        found = work.credentials.find("chief")
    assert found is not None
    assert passwords.is_right(PASSWORD, found[1])


def test_setup_link_is_replaced_by_the_next_and_ends_after_a_day(
    accounts: AccountService, storage: Storage
) -> None:
    first, second = accounts.setup_token(), accounts.setup_token()
    assert first is not None
    assert second is not None
    with pytest.raises(AuthenticationError):
        accounts.redeem_setup(first, "chief", "chief@example.org", "", PASSWORD)
    with storage.work() as work:
        work.session.execute(update(OneTimeTokenRow).values(expires_at=datetime.now(UTC)))
    with pytest.raises(AuthenticationError):
        accounts.redeem_setup(second, "chief", "chief@example.org", "", PASSWORD)


def test_setup_link_is_worthless_once_there_is_an_administrator(accounts: AccountService) -> None:
    token = accounts.setup_token()
    assert token is not None
    accounts.create_administrator("chief", "chief@example.org", "", PASSWORD)
    with pytest.raises(AuthenticationError):
        accounts.redeem_setup(token, "other", "other@example.org", "", PASSWORD)
