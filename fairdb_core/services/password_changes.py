"""How people set a password for themselves; each time, all their sessions end."""

from fairdb_core.domain.accounts import User, Viewer
from fairdb_core.errors import AuthenticationError, ConflictError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.one_time_tokens import TokenPurpose
from fairdb_core.repositories.storage import Work
from fairdb_core.services.account_access import (
    AccountAccess,
    clean_address,
    end_access,
    held_user,
    signed_in,
)
from fairdb_core.services.throttles import Throttle, count_try, give_back_try
from fairdb_core.services.tokens import token_hash

USED_LINK = "This link was used already or is too old. Please ask an administrator for another."
_log = get_logger(__name__)


class PasswordChanges(AccountAccess):
    """Passwords, set by the people they belong to."""

    def change_password(self, viewer: Viewer, current: str, new: str) -> None:
        """Set another password; the person has to sign in again everywhere.

        Raises:
            AuthenticationError: Nobody is signed in, or the current password is wrong.
            ConflictError: The password was changed elsewhere meanwhile.
            TooManyAttemptsError: The current password was wrong too often.
            ValidationError: The new password is not good enough.
        """
        user = signed_in(viewer)
        self._passwords.check(new, username=user.username, email=user.email)
        throttles = (Throttle(f"password of {user.user_id}"),)
        with self._storage.work() as work:
            count_try(work, throttles)
            stored = _stored(work, user)
        if not self._passwords.is_right(current, stored):
            with self._storage.work() as work:
                work.audit.add(viewer, "password_change_failed", "user", user.user_id)
            _log.warning("password_change_failed", user_id=user.user_id)
            raise AuthenticationError("The current password is wrong.")
        hashed = self._passwords.hash(new)
        with self._storage.work() as work:
            give_back_try(work, throttles)
            held_user(work, user.user_id)
            if _stored(work, user) != stored:
                raise ConflictError("The password was changed elsewhere; nothing was changed.")
            work.credentials.change(user.user_id, hashed)
            end_access(work, user.user_id)
            work.audit.add(viewer, "password_changed", "user", user.user_id)
        _log.info("password_changed", user_id=user.user_id)

    def check_reset(self, token: str) -> None:
        """Stop where a link does not set a password any more.

        Raises:
            AuthenticationError: The link was used or is too old.
        """
        with self._storage.read() as work:
            _of_link(work, token_hash(token))

    def redeem_reset(self, token: str, new_password: str, address: str = "") -> User:
        """Set a password by a link that works once; the link is kept if the password is refused.

        Raises:
            AuthenticationError: The link was used or is too old.
            ValidationError: The new password is not good enough.
        """
        hashed_token = token_hash(token)
        with self._storage.read() as work:
            user = _of_link(work, hashed_token)
        self._passwords.check(new_password, username=user.username, email=user.email)
        hashed = self._passwords.hash(new_password)
        with self._storage.work() as work:
            is_active = held_user(work, user.user_id).is_active
            if (
                work.one_time_tokens.claim(hashed_token, TokenPurpose.RESET) is None
                or not is_active
            ):
                raise AuthenticationError(USED_LINK)
            work.credentials.change(user.user_id, hashed)
            end_access(work, user.user_id)
            work.audit.add(
                Viewer(user, address=clean_address(address)), "password_reset", "user", user.user_id
            )
        _log.info("password_reset", user_id=user.user_id)
        return user


def _stored(work: Work, user: User) -> str:
    found = work.credentials.find(user.username)
    return found[1] if found else ""


def _of_link(work: Work, hashed_token: str) -> User:
    found = work.one_time_tokens.find(hashed_token, TokenPurpose.RESET)
    user = work.users.get(found.user_id) if found and found.user_id else None
    if user is None:
        raise AuthenticationError(USED_LINK)
    return user
