"""What administrators do with the accounts of others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fairdb_core.domain.accounts import (
    AccountState,
    Role,
    User,
    Viewer,
    checked_email,
    checked_full_name,
    checked_username,
)
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.errors import ConflictError, ResourceNotFoundError, ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.one_time_tokens import TokenPurpose
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.services.account_access import AccountAccess, end_access, held_user
from fairdb_core.services.tokens import new_token, token_hash

LINK_HOURS = 24
_STATES_BEFORE = {
    "user_approved": (AccountState.REQUESTED,),
    "user_deactivated": (AccountState.ACTIVE,),
    "user_reactivated": (AccountState.DEACTIVATED,),
    "role_changed": (AccountState.ACTIVE, AccountState.DEACTIVATED),
}
_log = get_logger(__name__)


class AccountAdministration(AccountAccess):
    """Accounts as an administrator sees them; everybody else is refused."""

    def users(self, viewer: Viewer) -> list[User]:
        """Return everybody, by username."""
        require(viewer, Action.MANAGE_USERS)
        with self._storage.read() as work:
            return work.users.all()

    def get(self, viewer: Viewer, user_id: int) -> User:
        """Return one person; anybody may ask for themselves, a stranger looks like nobody."""
        with self._storage.read() as work:
            user = work.users.get(user_id)
        is_own = viewer.user_id == user_id
        if user is None or not (is_own or is_allowed(viewer, Action.MANAGE_USERS)):
            raise ResourceNotFoundError("User", user_id)
        return user

    def create_user(
        self, viewer: Viewer, username: str, email: str, full_name: str, role: Role
    ) -> tuple[User, str]:
        """Add a person and return the token of the link that sets the first password.

        Raises:
            DuplicateError: The username or the e-mail address belongs to somebody.
            ValidationError: One of the values breaks a rule.
        """
        require(viewer, Action.MANAGE_USERS)
        with self._storage.work() as work:
            user = work.users.add(
                checked_username(username),
                checked_email(email),
                full_name=checked_full_name(full_name),
                role=role,
            )
            token = _add_link(work, user.user_id)
            work.audit.add(
                viewer,
                "user_created",
                "user",
                user.user_id,
                after={"username": user.username, "role": role.value},
            )
        _log.info("user_created", user_id=user.user_id, role=role.value)
        return user, token

    def reset_link(self, viewer: Viewer, user_id: int) -> str:
        """Return the token of a link that sets a new password; an earlier link stops working."""
        require(viewer, Action.MANAGE_USERS)
        with self._storage.work() as work:
            if not held_user(work, user_id).is_active:
                raise ConflictError("Only an active account can get a new password.")
            token = _add_link(work, user_id)
            work.audit.add(viewer, "reset_link_made", "user", user_id)
        _log.info("reset_link_made", user_id=user_id)
        return token

    def approve(self, viewer: Viewer, user_id: int, role: Role) -> None:
        """Let in a person who asked for an account."""
        _change(
            self._storage, viewer, "user_approved", user_id, role=role, state=AccountState.ACTIVE
        )

    def deactivate(self, viewer: Viewer, user_id: int) -> None:
        """Shut a person out at once; nothing of theirs is deleted."""
        _change(self._storage, viewer, "user_deactivated", user_id, state=AccountState.DEACTIVATED)

    def reactivate(self, viewer: Viewer, user_id: int) -> None:
        """Let a person in again."""
        _change(self._storage, viewer, "user_reactivated", user_id, state=AccountState.ACTIVE)

    def change_role(self, viewer: Viewer, user_id: int, role: Role) -> None:
        """Give a person another role; they have to sign in again."""
        _change(self._storage, viewer, "role_changed", user_id, role=role)

    def reject(self, viewer: Viewer, user_id: int) -> None:
        """Turn down a request and forget it; the name is free again."""
        require(viewer, Action.MANAGE_USERS)
        with self._storage.work() as work:
            user = held_user(work, user_id)
            _check_state(user, AccountState.REQUESTED)
            work.users.delete(user_id)
            work.audit.add(
                viewer, "user_rejected", "user", user_id, before={"username": user.username}
            )
        _log.info("user_rejected", user_id=user_id)


def _change(
    storage: Storage,
    viewer: Viewer,
    action: str,
    user_id: int,
    *,
    role: Role | None = None,
    state: AccountState | None = None,
) -> None:
    require(viewer, Action.MANAGE_USERS)
    with storage.work() as work:
        # Held in this order everywhere, so that two administrators never wait for each other.
        administrators = work.users.lock_active_administrators()
        before = held_user(work, user_id)
        _check_state(before, *_STATES_BEFORE[action])
        after = replace(before, role=role or before.role, state=state or before.state)
        stays = after.is_active and after.role is Role.ADMINISTRATOR
        if administrators == {user_id} and not stays:
            raise ValidationError(
                "Role", "this is the last active administrator; appoint another one first"
            )
        work.users.change(user_id, role=after.role, state=after.state)
        end_access(work, user_id, keep_links=before.is_active and after.is_active)
        work.audit.add(
            viewer, action, "user", user_id, before=_standing(before), after=_standing(after)
        )
    _log.info(action, user_id=user_id, role=after.role.value)


def _check_state(user: User, *expected: AccountState) -> None:
    if user.state not in expected:
        raise ConflictError(f"This account is {user.state.value} by now; nothing was changed.")


def _standing(user: User) -> dict[str, str]:
    return {"role": user.role.value, "state": user.state.value}


def _add_link(work: Work, user_id: int) -> str:
    token = new_token()
    work.one_time_tokens.end_of_user(user_id, TokenPurpose.RESET)
    work.one_time_tokens.forget_expired(TokenPurpose.RESET)
    work.one_time_tokens.add(
        token_hash(token),
        TokenPurpose.RESET,
        expires_at=datetime.now(UTC) + timedelta(hours=LINK_HOURS),
        user_id=user_id,
    )
    return token
