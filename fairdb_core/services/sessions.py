"""Sessions: who is signed in, in which browsers, and until when."""

from datetime import UTC, datetime, timedelta

from fairdb_core.domain.accounts import SessionEntry, Viewer
from fairdb_core.errors import AuthenticationError, ResourceNotFoundError, StorageError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.one_time_tokens import TokenPurpose
from fairdb_core.repositories.storage import Storage
from fairdb_core.services.account_access import clean_address, clean_text, held_user, signed_in
from fairdb_core.services.passwords import PasswordService
from fairdb_core.services.sign_ins import SignInService
from fairdb_core.services.tokens import new_token, token_hash

USED_TICKET = "This sign-in was used already or took too long. Please sign in again."
SEEN_EVERY = timedelta(minutes=1)
KEPT_AFTER_END = timedelta(days=90)
_MAX_USER_AGENT = 300
_TOUCH_SECONDS = 0.2
_log = get_logger(__name__)


class SessionService(SignInService):
    """Opens, finds and ends sessions.

    Args:
        storage: Where sessions are kept.
        passwords: How passwords are checked.
        idle: How long a session lasts without being used.
        absolute: How long it lasts in any case.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        passwords: PasswordService,
        idle: timedelta,
        absolute: timedelta,
    ) -> None:
        super().__init__(storage=storage, passwords=passwords)
        self._idle = idle
        self._absolute = absolute

    def exchange(self, ticket: str, *, address: str = "", user_agent: str = "") -> str:
        """Open a session for a ticket and return the session's raw token.

        Raises:
            AuthenticationError: The ticket was used or is too old, or the person was shut out.
        """
        token, now = new_token(), datetime.now(UTC)
        with self._storage.work() as work:
            found = work.one_time_tokens.find(token_hash(ticket), TokenPurpose.SIGN_IN)
            if found is None or found.user_id is None:
                raise AuthenticationError(USED_TICKET)
            user = held_user(work, found.user_id)
            claimed = work.one_time_tokens.claim(token_hash(ticket), TokenPurpose.SIGN_IN)
            if claimed is None or not user.is_active:
                raise AuthenticationError(USED_TICKET)
            work.sessions.forget_before(now - KEPT_AFTER_END)
            viewer = Viewer(user, address=clean_address(address))
            session_id = work.sessions.add(
                token_hash(token),
                user.user_id,
                expires_at=now + self._absolute,
                address=viewer.address,
                user_agent=clean_text(user_agent, _MAX_USER_AGENT),
            )
            work.audit.add(viewer, "signed_in", "session", session_id)
        _log.info("signed_in", user_id=user.user_id, session_id=session_id)
        return token

    def resolve(self, token: str, *, address: str = "") -> Viewer | None:
        """Return who asks, ``None`` when the token stands for no session that still lasts."""
        now, key = datetime.now(UTC), token_hash(token)
        found = self._storage.kept(("session", key), lambda work: work.sessions.find(key))
        if found is None or not found.user.is_active:
            return None
        if now >= min(found.expires_at, found.last_seen_at + self._idle):
            return None
        if now - found.last_seen_at >= SEEN_EVERY:
            _touch(self._storage, found.session_id)
        return Viewer(found.user, found.team_ids, clean_address(address))

    def sign_out(self, token: str) -> None:
        """End the session of this token, if there is one."""
        with self._storage.work() as work:
            found = work.sessions.find(token_hash(token))
            if found is None:
                return
            work.sessions.end(found.user.user_id, found.session_id)
            work.audit.add(Viewer(found.user), "signed_out", "session", found.session_id)
        _log.info("signed_out", user_id=found.user.user_id, session_id=found.session_id)

    def of_viewer(self, viewer: Viewer, token: str = "") -> list[SessionEntry]:
        """Return the viewer's own sessions that still last: that of this token, the last used."""
        user_id, after = signed_in(viewer).user_id, datetime.now(UTC) - self._idle
        with self._storage.read() as work:
            return work.sessions.of_user(user_id, seen_after=after, asking=token_hash(token))

    def end(self, viewer: Viewer, session_id: int) -> None:
        """End one of the viewer's own sessions.

        Raises:
            ResourceNotFoundError: The viewer has no such session.
        """
        with self._storage.work() as work:
            if not work.sessions.end(signed_in(viewer).user_id, session_id):
                raise ResourceNotFoundError("Session", session_id)
            work.audit.add(viewer, "session_ended", "session", session_id)
        _log.info("session_ended", user_id=viewer.user_id, session_id=session_id)

    def end_others(self, viewer: Viewer, token: str) -> int:
        """End the viewer's own sessions but the one of this token, and return how many."""
        user_id = signed_in(viewer).user_id
        with self._storage.work() as work:
            count = work.sessions.end_of_user(user_id, keep_token_hash=token_hash(token))
            work.audit.add(viewer, "other_sessions_ended", "user", user_id, after={"count": count})
        _log.info("other_sessions_ended", user_id=user_id, count=count)
        return count


def _touch(storage: Storage, session_id: int) -> None:
    """Write down that a session is in use, unless another writer takes long: then next time."""
    try:
        with storage.work(lock_seconds=_TOUCH_SECONDS) as work:
            work.sessions.touch(session_id)
    except StorageError:
        _log.warning("session_not_touched", session_id=session_id)
