"""Signing in: a password gives a ticket that the browser exchanges for a session at once."""

from datetime import UTC, datetime, timedelta

from fairdb_core.domain.accounts import User, Viewer
from fairdb_core.errors import AuthenticationError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.one_time_tokens import TokenPurpose
from fairdb_core.repositories.storage import Work
from fairdb_core.services.account_access import AccountAccess, clean_address
from fairdb_core.services.throttles import Throttle, count_try, give_back_try, sign_in_throttles
from fairdb_core.services.tokens import new_token, token_hash

TICKET_SECONDS = 30
WRONG = "Wrong username or password."
_MAX_NAME = 100
_log = get_logger(__name__)


class SignInService(AccountAccess):
    """Checks passwords; whether a name is known can be told neither by text nor by time."""

    def sign_in(self, username: str, password: str, *, address: str = "") -> str:
        """Return a ticket that opens a session once, within half a minute.

        Raises:
            AuthenticationError: The name is unknown, the person not active, or the password wrong.
            TooManyAttemptsError: There were too many failed tries.
        """
        viewer = Viewer(None, address=clean_address(address))
        name = username.strip()
        with self._storage.work() as work:
            found = work.credentials.find(name) if _can_be_a_name(name) else None
            throttles = _throttles(work, name, viewer.address, found[0] if found else None)
            count_try(work, throttles)
        user, stored = found if found and found[0].is_active else (None, "")
        if not self._passwords.is_right(password, stored) or user is None:
            self._write_down_failure(viewer, found[0] if found else None)
            raise AuthenticationError(WRONG)
        upgrade = (
            self._passwords.hash(password) if self._passwords.needs_upgrade(stored) else stored
        )
        ticket = new_token()
        with self._storage.work() as work:
            give_back_try(work, throttles)
            # Held, so that a deactivation or a new password ends the ticket as well.
            now_kept = work.credentials.find(name, lock=True)
            if now_kept is None or now_kept[1] != stored or not now_kept[0].is_active:
                raise AuthenticationError(WRONG)
            if upgrade != stored:
                work.credentials.change(user.user_id, upgrade, is_new=False)
                work.audit.add(viewer, "password_hash_upgraded", "user", user.user_id)
            work.one_time_tokens.forget_expired(TokenPurpose.SIGN_IN)
            work.one_time_tokens.add(
                token_hash(ticket),
                TokenPurpose.SIGN_IN,
                expires_at=datetime.now(UTC) + timedelta(seconds=TICKET_SECONDS),
                user_id=user.user_id,
            )
        return ticket

    def _write_down_failure(self, viewer: Viewer, user: User | None) -> None:
        user_id = user.user_id if user else ""
        with self._storage.work() as work:
            work.audit.add(viewer, "sign_in_failed", "user", user_id)
        _log.warning("sign_in_failed", user_id=user_id, address=viewer.address)


def _can_be_a_name(name: str) -> bool:
    return len(name) <= _MAX_NAME and name.isprintable()


def _throttles(work: Work, name: str, address: str, user: User | None) -> tuple[Throttle, ...]:
    pair, place, anywhere = sign_in_throttles(name, address)
    if user and work.sessions.began_from(user.user_id, address):
        return pair, place
    return pair, place, anywhere
