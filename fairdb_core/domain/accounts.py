"""People, their roles and teams, and the rules of names; no passwords are kept here."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fairdb_core.errors import ValidationError

RESERVED_NAMES = frozenset({"admin", "root", "api", "system"})
_USERNAME = re.compile(r"[a-zA-Z0-9_-]{3,50}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_MAX_EMAIL = 255


class Role(StrEnum):
    """What a person may do, from least to most."""

    RESEARCHER = "researcher"
    STEWARD = "steward"
    ADMINISTRATOR = "administrator"


class AccountState(StrEnum):
    """Where an account is in its life."""

    REQUESTED = "requested"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class User:
    """A person with an account."""

    user_id: int
    username: str
    email: str
    full_name: str
    role: Role
    state: AccountState
    created_at: datetime
    orcid: str | None = None
    email_verified_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether the person may sign in."""
        return self.state is AccountState.ACTIVE


@dataclass(frozen=True, slots=True)
class Team:
    """People who look after the same collections."""

    team_id: int
    name: str
    member_user_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: the signed-in person with the teams that decide what may be seen.

    ``user`` is ``None`` for the public, who may see aggregates of public collections at most.
    """

    user: User | None
    team_ids: frozenset[int] = frozenset()
    address: str = field(default="", compare=False)

    @property
    def user_id(self) -> int | None:
        """The person's key, ``None`` for the public."""
        return self.user.user_id if self.user else None

    @property
    def role(self) -> Role | None:
        """The person's role, ``None`` for the public."""
        return self.user.role if self.user else None

    @property
    def is_administrator(self) -> bool:
        """Whether the person administers this installation."""
        return self.role is Role.ADMINISTRATOR


def username_key(username: str) -> str:
    """Return the form under which user names are compared, so that look-alikes clash."""
    return unicodedata.normalize("NFKC", username).casefold()


def email_key(email: str) -> str:
    """Return the form under which e-mail addresses are compared."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def checked_username(username: str) -> str:
    """Return the user name when it follows the rules.

    Raises:
        ValidationError: It has the wrong length or characters, or is reserved.
    """
    name = username.strip()
    if username_key(name) in RESERVED_NAMES:
        raise ValidationError("Username", f"Username '{name}' is reserved")
    if not _USERNAME.fullmatch(name):
        raise ValidationError(
            "Username", "use 3 to 50 letters without accents, digits, hyphens and underscores"
        )
    return name


def checked_email(email: str) -> str:
    """Return the e-mail address when it looks like one.

    Raises:
        ValidationError: It does not look like an address.
    """
    address = email.strip()
    if len(address) > _MAX_EMAIL or not _EMAIL.fullmatch(address):
        raise ValidationError("E-mail", "Invalid email; expected a form like name@example.org")
    return address
