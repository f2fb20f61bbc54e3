"""Signing in and out, and how long sessions last, over real stores of either kind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from statistics import median
from time import perf_counter

import bcrypt
import pytest
from sqlalchemy import func, select, text, update

from fairdb_core.domain.accounts import Role, User, Viewer
from fairdb_core.errors import (
    AuthenticationError,
    ResourceNotFoundError,
    StorageError,
    TooManyAttemptsError,
)
from fairdb_core.repositories.audit import AuditEvent
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import LoginAttemptRow, OneTimeTokenRow, SessionRow, UserRow
from fairdb_core.services.accounts import AccountService
from fairdb_core.services.passwords import PasswordService
from fairdb_core.services.sessions import SessionService

PASSWORD = "seven lamps hum at dusk"
WRONG = "eight lamps hum at dusk"
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
WRONG_TEXT = r"^Wrong username or password\.$"


@pytest.fixture(scope="module")
def passwords() -> PasswordService:
    return PasswordService(key=b"k" * 32, cost=4)


@pytest.fixture
def sessions(storage: Storage, passwords: PasswordService) -> SessionService:
    return SessionService(storage=storage, passwords=passwords, idle=IDLE, absolute=ABSOLUTE)


@pytest.fixture
def accounts(storage: Storage, passwords: PasswordService) -> AccountService:
    return AccountService(storage=storage, passwords=passwords)


@pytest.fixture
def ada(accounts: AccountService) -> User:
    return accounts.add_account("Ada", "ada@example.org", "Ada", Role.STEWARD, PASSWORD)


def _open(sessions: SessionService, address: str = "192.0.2.1", user_agent: str = "Fox") -> str:
    ticket = sessions.sign_in("ada", PASSWORD, address=address)
    return sessions.exchange(ticket, address=address, user_agent=user_agent)


def _fail(sessions: SessionService, times: int, *, name: str = "ada", address: str = "") -> None:
    for _ in range(times):
        with pytest.raises(AuthenticationError, match=WRONG_TEXT):
            sessions.sign_in(name, WRONG, address=address)


def _let_waits_pass(storage: Storage) -> None:
    with storage.work() as work:
        work.session.execute(
            update(LoginAttemptRow).values(blocked_until=datetime.now(UTC) - timedelta(seconds=1))
        )


def _waits(storage: Storage) -> list[float]:
    """The seconds to wait under the keys that make somebody wait, rounded up."""
    now = datetime.now(UTC)
    with storage.read() as work:
        times = work.session.scalars(
            select(LoginAttemptRow.blocked_until).where(LoginAttemptRow.blocked_until.is_not(None))
        ).all()
    return sorted(round((time - now).total_seconds()) for time in times if time and time > now)


def _set_times(storage: Storage, **ages: timedelta) -> None:
    with storage.work() as work:
        work.session.execute(
            update(SessionRow).values({key: datetime.now(UTC) - age for key, age in ages.items()})
        )


def _events(storage: Storage, action: str) -> list[AuditEvent]:
    with storage.read() as work:
        return work.audit.search(action=action)


def test_password_gives_a_ticket_and_the_ticket_a_session(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    ticket = sessions.sign_in(" ADA ", PASSWORD, address="192.0.2.1")
    token = sessions.exchange(ticket, address="192.0.2.1", user_agent="Fox")
    viewer = sessions.resolve(token, address="192.0.2.2")
    assert viewer == Viewer(ada)
    assert viewer is not None
    assert viewer.address == "192.0.2.2"
    (event,) = _events(storage, "signed_in")
    assert (event.actor_name, event.address) == ("Ada", "192.0.2.1")


def test_only_hashes_of_tickets_and_tokens_are_kept(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    ticket = sessions.sign_in("ada", PASSWORD)
    token = sessions.exchange(ticket)
    with storage.read() as work:
        kept = work.session.scalars(select(SessionRow.token_hash)).all()
        kept_tickets = work.session.scalars(select(OneTimeTokenRow.token_hash)).all()
    assert kept == [sha256(token.encode()).hexdigest()]
    assert kept_tickets == [sha256(ticket.encode()).hexdigest()]
    assert min(len(token), len(ticket)) >= 43


def test_ticket_works_once(sessions: SessionService, ada: User) -> None:
    ticket = sessions.sign_in("ada", PASSWORD)
    sessions.exchange(ticket)
    with pytest.raises(AuthenticationError, match="used already or took too long"):
        sessions.exchange(ticket)


def test_of_many_who_use_a_ticket_at_once_one_gets_a_session(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    ticket = sessions.sign_in("ada", PASSWORD)

    def exchange(_: int) -> bool:
        try:
            sessions.exchange(ticket)
        except AuthenticationError:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(exchange, range(6))) == 1
    with storage.read() as work:
        assert work.session.scalar(select(func.count(SessionRow.session_id))) == 1


def test_ticket_lasts_half_a_minute(sessions: SessionService, ada: User, storage: Storage) -> None:
    ticket = sessions.sign_in("ada", PASSWORD)
    with storage.work() as work:
        expires_at = work.session.scalars(select(OneTimeTokenRow.expires_at)).one()
        work.session.execute(update(OneTimeTokenRow).values(expires_at=datetime.now(UTC)))
    assert timedelta(seconds=25) < expires_at - datetime.now(UTC) <= timedelta(seconds=30)
    with pytest.raises(AuthenticationError):
        sessions.exchange(ticket)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ada", WRONG),
        ("ada", ""),
        ("nobody-here", PASSWORD),
        ("", ""),
        ("a\x00b", PASSWORD),
        ("\ud800", "\ud800"),
        ("x" * 100_000, "x" * 100_000),
        ("ada' OR '1'='1", "' OR '1'='1"),
    ],
)
def test_every_failure_reads_the_same(
    sessions: SessionService, ada: User, name: str, password: str
) -> None:
    with pytest.raises(AuthenticationError, match=WRONG_TEXT):
        sessions.sign_in(name, password, address="\x00" * 100)


def test_people_who_are_not_active_fail_like_everybody_else(
    accounts: AccountService, sessions: SessionService, ada: User, storage: Storage
) -> None:
    accounts.request("grace", "grace@example.org", "", PASSWORD)
    with storage.work() as work:
        work.session.execute(
            update(UserRow).where(UserRow.user_id == ada.user_id).values(state="deactivated")
        )
    for name in ("ada", "grace"):
        with pytest.raises(AuthenticationError, match=WRONG_TEXT):
            sessions.sign_in(name, PASSWORD)


def test_failures_are_audited_without_what_was_typed(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    _fail(sessions, 1, address="192.0.2.1")
    _fail(sessions, 1, name="my own secret", address="192.0.2.1")
    unknown, known = _events(storage, "sign_in_failed")
    assert (known.object_id, known.address) == (str(ada.user_id), "192.0.2.1")
    assert (unknown.object_id, unknown.actor_name) == ("", "")
    assert "my own secret" not in repr(unknown)


def test_known_and_unknown_names_take_the_same_time(storage: Storage) -> None:
    passwords = PasswordService(key=b"k" * 32, cost=9)
    sessions = SessionService(storage=storage, passwords=passwords, idle=IDLE, absolute=ABSOLUTE)
    AccountService(storage=storage, passwords=passwords).add_account(
        "ada", "ada@example.org", "", Role.STEWARD, PASSWORD
    )
    times: dict[str, list[float]] = {"ada": [], "nobody": []}
    for number in range(4):
        for name, taken in times.items():
            start = perf_counter()
            _fail(sessions, 1, name=name, address=f"192.0.2.{number}")
            taken.append(perf_counter() - start)
    assert 0.5 < median(times["ada"]) / median(times["nobody"]) < 2


def test_sixth_try_has_to_wait_even_with_the_right_password(
    sessions: SessionService, ada: User
) -> None:
    _fail(sessions, 5, address="192.0.2.1")
    with pytest.raises(TooManyAttemptsError) as caught:
        sessions.sign_in("ada", PASSWORD, address="192.0.2.1")
    assert 0 < caught.value.seconds <= 1


def test_waits_double_up_to_a_quarter_of_an_hour_and_never_lock(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    _fail(sessions, 4, address="192.0.2.1")
    waits = []
    for _ in range(14):
        _fail(sessions, 1, address="192.0.2.1")
        pair, place = _waits(storage)
        assert pair == pytest.approx(place, abs=1)
        waits.append(place)
        _let_waits_pass(storage)
    assert waits == pytest.approx([2**n for n in range(10)] + [900] * 4, abs=1)
    assert sessions.sign_in("ada", PASSWORD, address="192.0.2.1")


def test_a_stranger_does_not_lock_a_person_out(sessions: SessionService, ada: User) -> None:
    _fail(sessions, 5, address="203.0.113.9")
    with pytest.raises(TooManyAttemptsError):
        sessions.sign_in("ada", WRONG, address="203.0.113.9")
    assert sessions.sign_in("ada", PASSWORD, address="192.0.2.1")


def test_one_address_has_to_wait_whatever_names_it_tries(
    sessions: SessionService, ada: User
) -> None:
    for number in range(5):
        _fail(sessions, 1, name=f"name{number}", address="2001:db8::1")
    with pytest.raises(TooManyAttemptsError):
        sessions.sign_in("ada", PASSWORD, address="2001:db8::ffff")
    assert sessions.sign_in("ada", PASSWORD, address="2001:db8:0:1::1")


def test_names_nobody_has_are_held_up_like_known_ones(sessions: SessionService, ada: User) -> None:
    texts = set()
    for name, address in (("ada", "192.0.2.1"), ("nobody", "192.0.2.2")):
        _fail(sessions, 5, name=name, address=address)
        with pytest.raises(TooManyAttemptsError) as caught:
            sessions.sign_in(name, WRONG, address=address)
        texts.add(str(caught.value))
    assert texts == {"Too many attempts. Please wait 1 seconds."}


def test_many_addresses_on_one_account_wait_a_minute_at_most_but_not_at_a_known_place(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    _open(sessions, address="192.0.2.77")
    for number in range(115):
        _fail(sessions, 1, address=f"198.51.100.{number}")
        _let_waits_pass(storage)
    _fail(sessions, 1, address="203.0.113.9")
    assert _waits(storage) == [60]
    with pytest.raises(TooManyAttemptsError) as caught:
        sessions.sign_in("ada", PASSWORD, address="203.0.113.10")
    assert caught.value.seconds <= 60
    assert sessions.sign_in("ada", PASSWORD, address="192.0.2.77")


def test_tries_made_at_once_do_not_slip_through(sessions: SessionService, ada: User) -> None:
    def guess(_: int) -> str:
        try:
            sessions.sign_in("ada", WRONG, address="192.0.2.1")
        except AuthenticationError as error:
            return type(error).__name__
        return "signed in"

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(guess, range(12)))
    assert results.count("AuthenticationError") == 5
    assert results.count("TooManyAttemptsError") == 7


def test_success_forgives_half_and_every_quarter_of_an_hour_one(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    _fail(sessions, 4, address="192.0.2.1")
    sessions.sign_in("ada", PASSWORD, address="192.0.2.1")
    _fail(sessions, 2, address="192.0.2.1")
    with storage.work() as work:
        counts = work.session.scalars(select(LoginAttemptRow.failed_count)).all()
        work.session.execute(
            update(LoginAttemptRow).values(last_failed_at=datetime.now(UTC) - timedelta(minutes=46))
        )
    assert list(counts) == [4, 4, 4]
    _fail(sessions, 1, address="192.0.2.1")
    with storage.read() as work:
        assert list(work.session.scalars(select(LoginAttemptRow.failed_count))) == [2, 2, 2]


def test_sign_in_upgrades_a_hash_of_the_earlier_program(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    old = bcrypt.hashpw(b"old short", bcrypt.gensalt(4)).decode()
    with storage.work() as work:
        work.credentials.change(ada.user_id, old)
    assert sessions.sign_in("ada", "old short")
    with storage.read() as work:
        found = work.credentials.find("ada")
    assert found is not None
    assert found[1].startswith("hmac384-bcrypt$")
    assert len(_events(storage, "password_hash_upgraded")) == 1
    assert sessions.sign_in("ada", "old short")


@pytest.mark.parametrize("token", ["", "nonsense", "\ud800", "x" * 100_000])
def test_token_nobody_gave_out_stands_for_nobody(sessions: SessionService, token: str) -> None:
    assert sessions.resolve(token) is None
    sessions.sign_out(token)


def test_session_ends_when_it_is_not_used_for_half_an_hour(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    token = _open(sessions)
    _set_times(storage, last_seen_at=IDLE - timedelta(minutes=1))
    assert sessions.resolve(token) is not None
    _set_times(storage, last_seen_at=IDLE)
    assert sessions.resolve(token) is None


def test_session_ends_after_half_a_day_in_any_case(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    token = _open(sessions)
    viewer = Viewer(ada)
    (entry,) = sessions.of_viewer(viewer)
    assert entry.expires_at - entry.created_at == pytest.approx(ABSOLUTE, abs=timedelta(seconds=2))
    _set_times(storage, expires_at=timedelta())
    assert sessions.resolve(token) is None
    assert sessions.of_viewer(viewer) == []


def test_last_use_is_written_at_most_once_a_minute(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    token = _open(sessions)

    def last_seen() -> datetime:
        return sessions.of_viewer(Viewer(ada))[0].last_seen_at

    first = last_seen()
    sessions.resolve(token)
    assert last_seen() == first
    _set_times(storage, last_seen_at=timedelta(seconds=61))
    sessions.resolve(token)
    assert last_seen() > first


def test_long_writing_by_others_does_not_hold_up_who_is_signed_in(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    token = _open(sessions)
    _set_times(storage, last_seen_at=timedelta(minutes=2))
    with storage.work():
        start = perf_counter()
        assert sessions.resolve(token) is not None
        assert perf_counter() - start < 2


def test_waiting_for_a_writer_is_as_long_as_before_after_a_short_wait(storage: Storage) -> None:
    if not storage.is_sqlite:
        pytest.skip("only the embedded store has one writer at a time")
    with storage.work(), pytest.raises(StorageError), storage.work(lock_seconds=0.01):
        pass
    with storage.work() as work:
        assert work.session.scalar(text("PRAGMA busy_timeout")) == 5000


def test_session_of_a_person_who_was_shut_out_stands_for_nobody(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    token, ticket = _open(sessions), sessions.sign_in("ada", PASSWORD)
    with storage.work() as work:
        work.session.execute(update(UserRow).values(state="deactivated"))
    assert sessions.resolve(token) is None
    with pytest.raises(AuthenticationError):
        sessions.exchange(ticket)


def test_viewer_carries_the_teams(sessions: SessionService, ada: User, storage: Storage) -> None:
    token = _open(sessions)
    with storage.work() as work:
        work.teams.add("Air")
        soil = work.teams.add("Soil").team_id
        work.teams.add_member(soil, ada.user_id)
    viewer = sessions.resolve(token)
    assert viewer is not None
    assert viewer.team_ids == {soil}


def test_signing_out_ends_this_session_only(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    first, second = _open(sessions), _open(sessions)
    sessions.sign_out(first)
    assert sessions.resolve(first) is None
    assert sessions.resolve(second) is not None
    assert len(_events(storage, "signed_out")) == 1


def test_people_list_and_end_their_own_sessions(sessions: SessionService, ada: User) -> None:
    first = _open(sessions, address="192.0.2.1", user_agent="Fox\n1")
    second = _open(sessions, address="192.0.2.2", user_agent="x" * 400)
    viewer = sessions.resolve(second)
    assert viewer is not None
    entries = sessions.of_viewer(viewer)
    assert [(entry.address, entry.user_agent) for entry in entries] == [
        ("192.0.2.2", "x" * 300),
        ("192.0.2.1", "Fox1"),
    ]
    sessions.end(viewer, entries[1].session_id)
    assert sessions.resolve(first) is None
    with pytest.raises(ResourceNotFoundError):
        sessions.end(viewer, entries[1].session_id)
    assert sessions.resolve(second) is not None


def test_session_that_asks_is_told_and_stands_first(sessions: SessionService, ada: User) -> None:
    first, _ = _open(sessions, address="192.0.2.1"), _open(sessions, address="192.0.2.2")
    viewer = Viewer(ada)
    assert [(each.address, each.is_asking) for each in sessions.of_viewer(viewer, first)] == [
        ("192.0.2.1", True),
        ("192.0.2.2", False),
    ]
    assert not any(each.is_asking for each in sessions.of_viewer(viewer))


def test_session_of_somebody_else_looks_like_a_missing_one(
    accounts: AccountService, sessions: SessionService, ada: User
) -> None:
    token = _open(sessions)
    grace = accounts.add_account("grace", "g@example.org", "", Role.ADMINISTRATOR, PASSWORD)
    (entry,) = sessions.of_viewer(Viewer(ada))
    assert sessions.of_viewer(Viewer(grace)) == []
    with pytest.raises(ResourceNotFoundError):
        sessions.end(Viewer(grace), entry.session_id)
    assert sessions.end_others(Viewer(grace), token) == 0
    assert sessions.resolve(token) is not None


def test_all_other_sessions_end_at_once(sessions: SessionService, ada: User) -> None:
    tokens = [_open(sessions) for _ in range(3)]
    assert sessions.end_others(Viewer(ada), tokens[1]) == 2
    assert [sessions.resolve(token) is None for token in tokens] == [True, False, True]


def test_public_has_no_sessions(sessions: SessionService) -> None:
    for act in (
        lambda: sessions.of_viewer(Viewer(None)),
        lambda: sessions.end(Viewer(None), 1),
        lambda: sessions.end_others(Viewer(None), ""),
    ):
        with pytest.raises(AuthenticationError):
            act()


def test_sessions_long_over_are_forgotten(
    sessions: SessionService, ada: User, storage: Storage
) -> None:
    _open(sessions)
    _set_times(storage, expires_at=timedelta(days=91))
    _open(sessions)
    with storage.read() as work:
        assert work.session.scalar(select(func.count(SessionRow.session_id))) == 1


def test_sessions_are_found_by_an_index(storage: Storage) -> None:
    if not storage.is_sqlite:
        pytest.skip("an empty PostgreSQL table is read whole whatever its indexes")
    with storage.read() as work:
        plan = work.session.execute(
            text("EXPLAIN QUERY PLAN SELECT * FROM sessions WHERE token_hash = 'x'")
        ).all()
    assert "USING INDEX" in plan[0][3]
