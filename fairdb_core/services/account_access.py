"""What everything that changes accounts shares: who is meant, and how access ends."""

from fairdb_core.domain.accounts import User, Viewer
from fairdb_core.errors import AuthenticationError, ResourceNotFoundError
from fairdb_core.repositories.one_time_tokens import TokenPurpose
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.services.passwords import PasswordService


class AccountAccess:
    """Base of what people can do with accounts."""

    def __init__(self, *, storage: Storage, passwords: PasswordService) -> None:
        self._storage = storage
        self._passwords = passwords


def signed_in(viewer: Viewer) -> User:
    """Return the person who asks.

    Raises:
        AuthenticationError: Nobody is signed in.
    """
    if viewer.user is None:
        raise AuthenticationError("Please sign in first.")
    return viewer.user


def held_user(work: Work, user_id: int) -> User:
    """Return a person, held against other writers until the transaction ends.

    Raises:
        ResourceNotFoundError: There is no such person.
    """
    user = work.users.get(user_id, lock=True)
    if user is None:
        raise ResourceNotFoundError("User", user_id)
    return user


def end_access(work: Work, user_id: int, *, keep_links: bool = False) -> None:
    """End all sessions of a person who is held, and the links and tickets that would begin one.

    Args:
        keep_links: Leave a link alone that sets a new password.
    """
    work.sessions.end_of_user(user_id)
    work.one_time_tokens.end_of_user(user_id, TokenPurpose.SIGN_IN if keep_links else None)


def clean_address(address: str) -> str:
    """Return a network address in a form that can be kept."""
    return clean_text(address, 64)


def clean_text(text: str, length: int) -> str:
    """Return the start of a text from outside, without characters that no store takes."""
    return "".join(each for each in text[:length] if each.isprintable())
