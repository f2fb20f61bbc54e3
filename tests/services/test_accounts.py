"""Accounts from request to deactivation, over real stores of either kind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from fairdb_core.domain.accounts import AccountState, Role, User, Viewer
from fairdb_core.errors import (
    AuthenticationError,
    AuthorizationError,
    ConflictError,
    DuplicateError,
    FAIRDatabaseError,
    ResourceNotFoundError,
    TooManyAttemptsError,
    ValidationError,
)
from fairdb_core.repositories.audit import AuditEvent
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import OneTimeTokenRow
from fairdb_core.services.accounts import AccountService
from fairdb_core.services.passwords import PasswordService
from fairdb_core.services.sessions import SessionService

PASSWORD = "seven lamps hum at dusk"
OTHER = "nine boats rest by noon"


@pytest.fixture(scope="module")
def passwords() -> PasswordService:
    return PasswordService(key=b"k" * 32, cost=4)


@pytest.fixture
def accounts(storage: Storage, passwords: PasswordService) -> AccountService:
    return AccountService(storage=storage, passwords=passwords)


@pytest.fixture
def sessions(storage: Storage, passwords: PasswordService) -> SessionService:
    return SessionService(
        storage=storage,
        passwords=passwords,
        idle=timedelta(minutes=30),
        absolute=timedelta(hours=12),
    )


@pytest.fixture
def chief(accounts: AccountService) -> Viewer:
    user = accounts.create_administrator("chief", "chief@example.org", "The Chief", PASSWORD)
    return Viewer(user, address="192.0.2.1")


@pytest.fixture
def ada(accounts: AccountService, chief: Viewer) -> User:
    return accounts.add_account("ada", "ada@example.org", "Ada", Role.STEWARD, PASSWORD)


def _events(storage: Storage) -> list[AuditEvent]:
    with storage.read() as work:
        return work.audit.search()


def _last_event(storage: Storage) -> AuditEvent:
    return _events(storage)[0]


def _session(sessions: SessionService, username: str = "ada") -> str:
    return sessions.exchange(sessions.sign_in(username, PASSWORD))


def _expire_tokens(storage: Storage) -> None:
    with storage.work() as work:
        work.session.execute(
            update(OneTimeTokenRow).values(expires_at=datetime.now(UTC) - timedelta(seconds=1))
        )


def test_requested_account_waits_until_it_is_approved(
    accounts: AccountService, sessions: SessionService, chief: Viewer, storage: Storage
) -> None:
    accounts.request(
        "ada", "ada@example.org", " Ada  L. ", PASSWORD, note="Soil\x00 group", address="192.0.2.9"
    )
    event = _last_event(storage)
    assert (event.action, event.address) == ("account_requested", "192.0.2.9")
    (ada,) = [user for user in accounts.users(chief) if user.state is AccountState.REQUESTED]
    assert (ada.full_name, ada.role, ada.request_note) == ("Ada L.", Role.RESEARCHER, "Soil group")
    with pytest.raises(AuthenticationError):
        sessions.sign_in("ada", PASSWORD)
    accounts.approve(chief, ada.user_id, Role.STEWARD)
    event = _last_event(storage)
    assert (event.action, event.actor_name, event.address) == (
        "user_approved",
        "chief",
        "192.0.2.1",
    )
    assert (event.before, event.after) == (
        {"role": "researcher", "state": "requested"},
        {"role": "steward", "state": "active"},
    )
    viewer = sessions.resolve(_session(sessions))
    assert viewer is not None
    assert viewer.role is Role.STEWARD


@pytest.mark.parametrize(
    ("username", "email"), [("CHIEF", "new@example.org"), ("newcomer", "Chief@Example.org")]
)
def test_request_for_a_taken_name_does_not_tell_which_is_taken(
    accounts: AccountService, chief: Viewer, username: str, email: str
) -> None:
    with pytest.raises(DuplicateError) as caught:
        accounts.request(username, email, "", PASSWORD)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value).startswith("This username or e-mail address cannot be used.")
    assert caught.value.__cause__ is None


def test_requests_from_one_address_have_to_wait_after_five(accounts: AccountService) -> None:
    for number in range(5):
        accounts.request(f"user{number}", f"u{number}@example.org", "", PASSWORD, address="::1")
    with pytest.raises(TooManyAttemptsError):
        accounts.request("user9", "u9@example.org", "", PASSWORD, address="::1")
    accounts.request("user9", "u9@example.org", "", PASSWORD, address="192.0.2.1")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("Username", {"username": "ad"}),
        ("Username", {"username": "Root"}),
        ("Username", {"username": "ада-л"}),
        ("E-mail", {"email": "notanemail"}),
        ("E-mail", {"email": "a\x00b@example.org"}),
        ("Name", {"full_name": "x" * 101}),
        ("Name", {"full_name": "a\x00b"}),
        ("Password", {"password": "short"}),
        ("Password", {"password": "ada-love-ada-love"}),
        ("Note", {"note": "x" * 2001}),
    ],
)
def test_request_that_breaks_a_rule_names_the_field(
    accounts: AccountService, field: str, values: dict[str, str]
) -> None:
    good = {
        "username": "ada-love",
        "email": "ada@example.org",
        "full_name": "Ada",
        "password": PASSWORD,
    }
    with pytest.raises(ValidationError) as caught:
        accounts.request(**(good | values))
    assert caught.value.field == field


def test_rejected_request_is_forgotten(
    accounts: AccountService, chief: Viewer, storage: Storage
) -> None:
    accounts.request("ada", "ada@example.org", "", PASSWORD)
    user_id = accounts.users(chief)[0].user_id
    accounts.reject(chief, user_id)
    assert [user.username for user in accounts.users(chief)] == ["chief"]
    assert _last_event(storage).before == {"username": "ada"}
    with pytest.raises(ResourceNotFoundError):
        accounts.reject(chief, user_id)
    accounts.request("ada", "ada@example.org", "", PASSWORD)


def test_decision_that_somebody_else_took_already_is_a_conflict(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    for decide in (
        lambda: accounts.approve(chief, ada.user_id, Role.ADMINISTRATOR),
        lambda: accounts.reject(chief, ada.user_id),
        lambda: accounts.reactivate(chief, ada.user_id),
    ):
        with pytest.raises(ConflictError, match="active by now"):
            decide()
    assert accounts.get(chief, ada.user_id) == ada


def test_everything_an_administrator_does_is_refused_to_others(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    chief_id = chief.user_id
    assert chief_id is not None
    for viewer, error in (
        (Viewer(ada), AuthorizationError),
        (Viewer(None), AuthenticationError),
    ):
        for act in (
            accounts.users,
            lambda viewer: accounts.create_user(viewer, "eve", "e@x.org", "", Role.ADMINISTRATOR),
            lambda viewer: accounts.approve(viewer, chief_id, Role.STEWARD),
            lambda viewer: accounts.reject(viewer, chief_id),
            lambda viewer: accounts.deactivate(viewer, chief_id),
            lambda viewer: accounts.reactivate(viewer, chief_id),
            lambda viewer: accounts.change_role(viewer, ada.user_id, Role.ADMINISTRATOR),
            lambda viewer: accounts.reset_link(viewer, chief_id),
        ):
            with pytest.raises(error):
                act(viewer)
    assert {user.username: user.role for user in accounts.users(chief)} == {
        "ada": Role.STEWARD,
        "chief": Role.ADMINISTRATOR,
    }


def test_stranger_looks_like_nobody_and_oneself_is_found(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    assert accounts.get(Viewer(ada), ada.user_id) == ada
    assert accounts.get(chief, ada.user_id) == ada
    assert chief.user_id is not None
    texts = set()
    for user_id in (chief.user_id, 999_999):
        with pytest.raises(ResourceNotFoundError) as caught:
            accounts.get(Viewer(ada), user_id)
        texts.add(str(caught.value).replace(str(user_id), "N"))
    assert len(texts) == 1


@pytest.mark.parametrize("act", ["deactivate", "change_role", "reset", "change_password"])
def test_sessions_and_tickets_end_with_each_change_of_access(
    accounts: AccountService, sessions: SessionService, chief: Viewer, ada: User, act: str
) -> None:
    tokens = [_session(sessions) for _ in range(2)]
    chiefs_token = _session(sessions, "chief")
    ticket = sessions.sign_in("ada", PASSWORD)
    if act == "deactivate":
        accounts.deactivate(chief, ada.user_id)
    elif act == "change_role":
        accounts.change_role(chief, ada.user_id, Role.RESEARCHER)
    elif act == "reset":
        accounts.redeem_reset(accounts.reset_link(chief, ada.user_id), OTHER)
    else:
        accounts.change_password(Viewer(ada), PASSWORD, OTHER)
    assert [sessions.resolve(token) for token in tokens] == [None, None]
    with pytest.raises(AuthenticationError):
        sessions.exchange(ticket)
    assert sessions.resolve(chiefs_token) is not None


def test_sessions_stay_ended_after_a_person_is_let_in_again(
    accounts: AccountService, sessions: SessionService, chief: Viewer, ada: User
) -> None:
    token = _session(sessions)
    accounts.deactivate(chief, ada.user_id)
    accounts.reactivate(chief, ada.user_id)
    assert sessions.resolve(token) is None
    assert sessions.resolve(_session(sessions)) is not None


def test_last_active_administrator_stays_one(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    assert chief.user_id is not None
    for act in (
        lambda: accounts.deactivate(chief, chief.user_id or 0),
        lambda: accounts.change_role(chief, chief.user_id or 0, Role.STEWARD),
    ):
        with pytest.raises(ValidationError, match="last active administrator"):
            act()
    accounts.change_role(chief, ada.user_id, Role.ADMINISTRATOR)
    accounts.change_role(chief, chief.user_id, Role.STEWARD)
    assert accounts.get(chief, chief.user_id).role is Role.STEWARD


def test_two_administrators_who_shut_each_other_out_leave_one(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    accounts.change_role(chief, ada.user_id, Role.ADMINISTRATOR)
    assert chief.user is not None

    def shut_out(user_id: int) -> bool:
        try:
            accounts.deactivate(chief, user_id)
        except FAIRDatabaseError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(shut_out, [ada.user_id, chief.user.user_id]))
    assert sorted(done) == [False, True]
    assert len([user for user in accounts.users(chief) if user.is_active]) == 1


def test_new_person_gets_a_link_that_sets_the_first_password(
    accounts: AccountService, sessions: SessionService, chief: Viewer, storage: Storage
) -> None:
    user, token = accounts.create_user(chief, "grace", "grace@example.org", "Grace", Role.STEWARD)
    with pytest.raises(AuthenticationError):
        sessions.sign_in("grace", "")
    assert accounts.redeem_reset(token, PASSWORD, "192.0.2.7") == user
    event = _last_event(storage)
    assert (event.action, event.actor_name, event.address) == (
        "password_reset",
        "grace",
        "192.0.2.7",
    )
    assert sessions.resolve(_session(sessions, "grace")) is not None


def test_administrators_are_told_which_name_is_taken(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    with pytest.raises(ValueError, match="Username already exists"):
        accounts.create_user(chief, ada.username.upper(), "x@example.org", "", Role.STEWARD)
    with pytest.raises(ValueError, match="Email already exists"):
        accounts.create_user(chief, "x-y", ada.email.upper(), "", Role.STEWARD)


def test_only_the_hash_of_a_link_is_kept(
    accounts: AccountService, chief: Viewer, ada: User, storage: Storage
) -> None:
    token = accounts.reset_link(chief, ada.user_id)
    with storage.read() as work:
        kept = work.session.execute(
            select(OneTimeTokenRow.token_hash, OneTimeTokenRow.expires_at)
        ).one()
    assert kept.token_hash == sha256(token.encode()).hexdigest()
    assert len(token) >= 43
    hours = (kept.expires_at - datetime.now(UTC)) / timedelta(hours=1)
    assert 23.9 < hours <= 24
    assert all(token not in repr(event) for event in _events(storage))


def test_link_works_once_and_a_refused_password_does_not_use_it_up(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    token = accounts.reset_link(chief, ada.user_id)
    with pytest.raises(ValidationError):
        accounts.redeem_reset(token, "too short")
    accounts.check_reset(token)
    accounts.redeem_reset(token, OTHER)
    with pytest.raises(AuthenticationError):
        accounts.check_reset(token)
    with pytest.raises(AuthenticationError, match="used already or is too old"):
        accounts.redeem_reset(token, PASSWORD)


def test_of_two_who_use_a_link_at_once_one_sets_the_password(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    token = accounts.reset_link(chief, ada.user_id)

    def redeem(password: str) -> bool:
        try:
            accounts.redeem_reset(token, password)
        except AuthenticationError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(redeem, [PASSWORD, OTHER])) == [False, True]


def test_next_link_replaces_the_one_before(
    accounts: AccountService, chief: Viewer, ada: User
) -> None:
    first = accounts.reset_link(chief, ada.user_id)
    second = accounts.reset_link(chief, ada.user_id)
    with pytest.raises(AuthenticationError):
        accounts.redeem_reset(first, OTHER)
    accounts.redeem_reset(second, OTHER)


def test_link_is_worthless_after_a_day_or_a_deactivation(
    accounts: AccountService, chief: Viewer, ada: User, storage: Storage
) -> None:
    token = accounts.reset_link(chief, ada.user_id)
    _expire_tokens(storage)
    with pytest.raises(AuthenticationError):
        accounts.redeem_reset(token, OTHER)
    token = accounts.reset_link(chief, ada.user_id)
    accounts.deactivate(chief, ada.user_id)
    with pytest.raises(AuthenticationError):
        accounts.redeem_reset(token, OTHER)
    with pytest.raises(ConflictError):
        accounts.reset_link(chief, ada.user_id)


def test_link_survives_a_change_of_role(accounts: AccountService, chief: Viewer) -> None:
    user, token = accounts.create_user(chief, "grace", "grace@example.org", "", Role.STEWARD)
    accounts.change_role(chief, user.user_id, Role.RESEARCHER)
    assert accounts.redeem_reset(token, PASSWORD).role is Role.RESEARCHER


def test_password_changes_only_with_the_current_one(
    accounts: AccountService, sessions: SessionService, ada: User, storage: Storage
) -> None:
    with pytest.raises(AuthenticationError, match="current password is wrong"):
        accounts.change_password(Viewer(ada), OTHER, OTHER)
    assert _last_event(storage).action == "password_change_failed"
    with pytest.raises(ValidationError):
        accounts.change_password(Viewer(ada), PASSWORD, "too short")
    accounts.change_password(Viewer(ada), PASSWORD, OTHER)
    assert _last_event(storage).action == "password_changed"
    with pytest.raises(AuthenticationError):
        sessions.sign_in("ada", PASSWORD)
    assert sessions.sign_in("ada", OTHER)
    with pytest.raises(AuthenticationError, match="sign in first"):
        accounts.change_password(Viewer(None), OTHER, PASSWORD)


def test_current_password_cannot_be_guessed_from_an_open_browser(
    accounts: AccountService, ada: User
) -> None:
    for _ in range(5):
        with pytest.raises(AuthenticationError, match="current password"):
            accounts.change_password(Viewer(ada), "a guess", OTHER)
    with pytest.raises(TooManyAttemptsError):
        accounts.change_password(Viewer(ada), PASSWORD, OTHER)


def test_links_do_not_open_doors_they_were_not_made_for(
    accounts: AccountService, sessions: SessionService, chief: Viewer, ada: User
) -> None:
    reset, ticket = accounts.reset_link(chief, ada.user_id), sessions.sign_in("ada", PASSWORD)
    with pytest.raises(AuthenticationError):
        accounts.redeem_setup(reset, "other", "other@example.org", "", PASSWORD)
    with pytest.raises(AuthenticationError):
        sessions.exchange(reset)
    with pytest.raises(AuthenticationError):
        accounts.redeem_reset(ticket, OTHER)


def test_profile_keeps_a_name_and_an_orcid_with_the_right_last_digit(
    accounts: AccountService, ada: User, storage: Storage
) -> None:
    user = accounts.update_profile(
        Viewer(ada), " Ada  Lovelace ", "https://orcid.org/0000-0002-1825-0097"
    )
    assert (user.full_name, user.orcid) == ("Ada Lovelace", "0000-0002-1825-0097")
    event = _last_event(storage)
    assert event.before == {"full_name": "Ada", "orcid": None}
    assert event.after == {"full_name": "Ada Lovelace", "orcid": "0000-0002-1825-0097"}
    assert accounts.update_profile(Viewer(ada), "", "0000-0002-1694-233x").orcid is not None
    assert accounts.update_profile(Viewer(ada), "", "").orcid is None
    for wrong in ("0000-0002-1825-0098", "0000-0000-0000-0000", "0000000218250097", "ada"):
        with pytest.raises(ValidationError):
            accounts.update_profile(Viewer(ada), "", wrong)
    with pytest.raises(AuthenticationError):
        accounts.update_profile(Viewer(None), "Eve", "")


def test_no_password_reaches_the_audit_trail(
    accounts: AccountService, sessions: SessionService, ada: User, storage: Storage
) -> None:
    with pytest.raises(AuthenticationError):
        sessions.sign_in(PASSWORD, OTHER)
    accounts.change_password(Viewer(ada), PASSWORD, OTHER)
    told = repr(_events(storage))
    assert PASSWORD not in told
    assert OTHER not in told
