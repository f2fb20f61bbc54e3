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
_ORCID = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]")
_MAX_EMAIL = 255
_MAX_FULL_NAME = 100


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
    request_note: str = ""

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
class SessionEntry:
    """A signed-in browser, as its owner sees it; ``is_asking`` is true of the one that asks."""

    session_id: int
    created_at: datetime
    last_seen_at: datetime
    address: str
    user_agent: str
    expires_at: datetime
    is_asking: bool = False


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
    """Return the form under which usernames are compared, so that look-alikes clash."""
    return unicodedata.normalize("NFKC", username).casefold()


def email_key(email: str) -> str:
    """Return the form under which e-mail addresses are compared."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def checked_username(username: str) -> str:
    """Return the username when it follows the rules.

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
    is_plain = len(address) <= _MAX_EMAIL and address.isprintable()
    if not is_plain or not _EMAIL.fullmatch(address):
        raise ValidationError("E-mail", "Invalid email; expected a form like name@example.org")
    return address


def checked_full_name(full_name: str) -> str:
    """Return a person's name with single blanks; it may be left empty.

    Raises:
        ValidationError: It is too long or holds characters that cannot be shown.
    """
    name = " ".join(full_name.split())
    if len(name) > _MAX_FULL_NAME or not name.isprintable():
        raise ValidationError("Name", f"use at most {_MAX_FULL_NAME} characters on one line")
    return name


def checked_orcid(orcid: str) -> str | None:
    """Return an ORCID iD as four groups of four, ``None`` when it is left empty.

    Raises:
        ValidationError: It has another form, or its last character does not fit the others.
    """
    text = orcid.strip().removeprefix("https://orcid.org/").upper()
    if not text:
        return None
    total = 0
    for digit in text.replace("-", "")[:-1] if _ORCID.fullmatch(text) else "":
        total = (total + int(digit)) * 2
    if not total or (12 - total % 11) % 11 != (10 if text[-1] == "X" else int(text[-1])):
        raise ValidationError(
            "ORCID iD", "expected a form like 0000-0002-1825-0097 with the right last digit"
        )
    return text
