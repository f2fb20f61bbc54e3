"""How an installation gets its first administrator: there is no default account."""

from datetime import UTC, datetime, timedelta

from fairdb_core.domain.accounts import (
    Role,
    User,
    Viewer,
    checked_email,
    checked_full_name,
    checked_username,
)
from fairdb_core.errors import AuthenticationError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.one_time_tokens import TokenPurpose
from fairdb_core.services.account_access import AccountAccess, clean_address
from fairdb_core.services.account_administration import LINK_HOURS
from fairdb_core.services.tokens import new_token, token_hash

USED_SETUP = (
    "This link was used already or is too old. As long as there is no administrator, each start of "
    "the program prints another."
)
_log = get_logger(__name__)


class SetupLinks(AccountAccess):
    """The links that lead to the first administrator."""

    def setup_token(self) -> str | None:
        """Return the token of a link that makes the first administrator.

        An earlier link stops working. ``None`` when an active administrator exists.
        """
        token = new_token()
        with self._storage.work() as work:
            if work.users.lock_active_administrators():
                return None
            work.one_time_tokens.end_all(TokenPurpose.SETUP)
            work.one_time_tokens.add(
                token_hash(token),
                TokenPurpose.SETUP,
                expires_at=datetime.now(UTC) + timedelta(hours=LINK_HOURS),
            )
            work.audit.add(Viewer(None), "setup_link_made")
        _log.info("setup_link_made")
        return token

    def awaits_administrator(self) -> bool:
        """Return whether nobody administers the installation yet."""
        with self._storage.read() as work:
            return not work.users.has_active_administrator()

    def check_setup(self, token: str) -> None:
        """Stop where a link does not make the first administrator any more.

        Raises:
            AuthenticationError: The link was used or is too old.
        """
        with self._storage.read() as work:
            if work.one_time_tokens.find(token_hash(token), TokenPurpose.SETUP) is None:
                raise AuthenticationError(USED_SETUP)


class FirstAdministrator(SetupLinks):
    """The way in while nobody administers the installation."""

    def redeem_setup(  # noqa: PLR0917 - one value for each line of the form
        self,
        token: str,
        username: str,
        email: str,
        full_name: str,
        password: str,
        address: str = "",
    ) -> User:
        """Make the first administrator; the link is kept if a value is refused.

        Raises:
            AuthenticationError: The link was used or is too old.
            DuplicateError: The username or the e-mail address belongs to somebody.
            ValidationError: One of the values breaks a rule.
        """
        self.check_setup(token)
        return self._add_administrator(
            username, email, full_name, password, address=address, setup_token=token
        )

    def create_administrator(
        self, username: str, email: str, full_name: str, password: str
    ) -> User:
        """Add an administrator; for who already commands the machine.

        Raises:
            DuplicateError: The username or the e-mail address belongs to somebody.
            ValidationError: One of the values breaks a rule.
        """
        return self._add_administrator(username, email, full_name, password)

    def _add_administrator(
        self,
        username: str,
        email: str,
        full_name: str,
        password: str,
        *,
        address: str = "",
        setup_token: str | None = None,
    ) -> User:
        name, checked = checked_username(username), checked_email(email)
        self._passwords.check(password, username=name, email=checked)
        hashed = self._passwords.hash(password)
        with self._storage.work() as work:
            if setup_token is not None:
                claimed = work.one_time_tokens.claim(token_hash(setup_token), TokenPurpose.SETUP)
                if claimed is None or work.users.lock_active_administrators():
                    raise AuthenticationError(USED_SETUP)
            user = work.users.add(
                name,
                checked,
                full_name=checked_full_name(full_name),
                role=Role.ADMINISTRATOR,
                password_hash=hashed,
            )
            work.one_time_tokens.end_all(TokenPurpose.SETUP)
            work.audit.add(
                Viewer(None, address=clean_address(address)),
                "administrator_created",
                "user",
                user.user_id,
                after={"username": user.username},
            )
        _log.info("administrator_created", user_id=user.user_id)
        return user
