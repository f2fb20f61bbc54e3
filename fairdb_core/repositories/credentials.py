"""What is kept of people's passwords, apart from the people so that it travels no further."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairdb_core.domain.accounts import User, username_key
from fairdb_core.repositories.tables import UserRow
from fairdb_core.repositories.users import user_of


class CredentialRepository:
    """Keeps hashes of passwords."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, username: str, *, lock: bool = False) -> tuple[User, str] | None:
        """Return the person of this username and what is kept of the password.

        Args:
            username: In any spelling.
            lock: Hold the person against other writers until the transaction ends.
        """
        query = select(UserRow).where(UserRow.username_key == username_key(username))
        row = self._session.scalar(
            query.with_for_update() if lock else query,
            execution_options={"populate_existing": True},
        )
        return (user_of(row), row.password_hash) if row else None

    def change(self, user_id: int, password_hash: str, *, is_new: bool = True) -> None:
        """Keep another hash.

        Args:
            is_new: Whether the password is another one, not the same in a better hash.
        """
        row = self._session.get_one(UserRow, user_id)
        row.password_hash = password_hash
        if is_new:
            row.password_changed_at = row.updated_at = datetime.now(UTC)
        self._session.flush()
