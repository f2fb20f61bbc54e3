"""What people can do with their accounts; the parts are in modules of their own."""

from fairdb_core.domain.accounts import (
    AccountState,
    Role,
    User,
    Viewer,
    checked_email,
    checked_full_name,
    checked_username,
)
from fairdb_core.errors import DuplicateError, ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.services.account_access import clean_address
from fairdb_core.services.account_administration import AccountAdministration
from fairdb_core.services.first_administrator import FirstAdministrator
from fairdb_core.services.password_changes import PasswordChanges
from fairdb_core.services.profiles import Profiles
from fairdb_core.services.throttles import Throttle, count_try, network_of

MAX_NOTE = 2000
_log = get_logger(__name__)


class AccountService(AccountAdministration, PasswordChanges, FirstAdministrator, Profiles):
    """Everything about accounts but the sessions."""

    def request(  # noqa: PLR0917 - one value for each line of the form
        self,
        username: str,
        email: str,
        full_name: str,
        password: str,
        note: str = "",
        address: str = "",
    ) -> None:
        """Ask for an account, which an administrator has to approve.

        Raises:
            DuplicateError: It cannot be had; the text does not tell whose name is taken.
            TooManyAttemptsError: There were too many requests from this address.
            ValidationError: One of the values breaks a rule.
        """
        viewer = Viewer(None, address=clean_address(address))
        with self._storage.work() as work:
            count_try(work, (Throttle(f"request from {network_of(address)}"),))
        try:
            user = self._add(viewer, username, email, full_name, password, note=note)
        except DuplicateError:
            raise DuplicateError(
                "This username or e-mail address cannot be used. If you have an account, sign in "
                "or ask an administrator for a new password."
            ) from None
        _log.info("account_requested", user_id=user.user_id)

    def add_account(
        self, username: str, email: str, full_name: str, role: Role, password: str
    ) -> User:
        """Add an active person with a password; for who already commands the machine.

        Raises:
            DuplicateError: The username or the e-mail address belongs to somebody.
            ValidationError: One of the values breaks a rule.
        """
        user = self._add(Viewer(None), username, email, full_name, password, role=role)
        _log.info("user_created", user_id=user.user_id, role=role.value)
        return user

    def _add(
        self,
        viewer: Viewer,
        username: str,
        email: str,
        full_name: str,
        password: str,
        *,
        role: Role | None = None,
        note: str = "",
    ) -> User:
        name, checked = checked_username(username), checked_email(email)
        self._passwords.check(password, username=name, email=checked)
        # Before the name is looked up, so that a taken one takes as long as a free one.
        hashed = self._passwords.hash(password)
        with self._storage.work() as work:
            user = work.users.add(
                name,
                checked,
                full_name=checked_full_name(full_name),
                role=role or Role.RESEARCHER,
                state=AccountState.ACTIVE if role else AccountState.REQUESTED,
                password_hash=hashed,
                request_note=_checked_note(note),
            )
            work.audit.add(
                viewer,
                "user_created" if role else "account_requested",
                "user",
                user.user_id,
                after={"username": user.username, "role": user.role.value},
            )
        return user


def _checked_note(note: str) -> str:
    text = "".join(each for each in note if each.isprintable() or each == "\n").strip()
    if len(text) > MAX_NOTE:
        raise ValidationError("Note", f"use at most {MAX_NOTE} characters")
    return text
