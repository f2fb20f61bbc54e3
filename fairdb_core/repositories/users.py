"""People with accounts; what is kept of their passwords is in ``credentials.py``."""

from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairdb_core.domain.accounts import AccountState, Role, User, email_key, username_key
from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.tables import UserRow

_FRESH = {"populate_existing": True}


class UserRepository:
    """Keeps people."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        username: str,
        email: str,
        *,
        full_name: str = "",
        role: Role = Role.RESEARCHER,
        state: AccountState = AccountState.ACTIVE,
        password_hash: str = "",
        request_note: str = "",
    ) -> User:
        """Add a person.

        Raises:
            DuplicateError: The username or the e-mail address belongs to somebody.
        """
        _check_free(self._session, username, email)
        now = datetime.now(UTC)
        row = UserRow(
            username=username,
            username_key=username_key(username),
            email=email,
            email_key=email_key(email),
            full_name=full_name,
            password_hash=password_hash,
            role=role,
            state=state,
            request_note=request_note,
            created_at=now,
            updated_at=now,
            password_changed_at=now if password_hash else None,
        )
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as error:
            raise DuplicateError("Username or email already exists") from error
        return user_of(row)

    def all(self) -> list[User]:
        """Return everybody, by username."""
        return [
            user_of(row)
            for row in self._session.scalars(select(UserRow).order_by(UserRow.username_key))
        ]

    def get(self, user_id: int, *, lock: bool = False) -> User | None:
        """Return a person, held against other writers until the transaction ends if asked."""
        query = select(UserRow).where(UserRow.user_id == user_id)
        row = self._session.scalar(
            query.with_for_update() if lock else query, execution_options=_FRESH
        )
        return user_of(row) if row else None

    def has_active_administrator(self) -> bool:
        """Return whether anybody administers the installation."""
        found = select(UserRow.user_id).where(
            UserRow.role == Role.ADMINISTRATOR, UserRow.state == AccountState.ACTIVE
        )
        return self._session.scalar(found.limit(1)) is not None

    def lock_active_administrators(self) -> frozenset[int]:
        """Return the keys of active administrators; nobody else changes these until the end."""
        rows = self._session.scalars(
            select(UserRow)
            .where(UserRow.role == Role.ADMINISTRATOR, UserRow.state == AccountState.ACTIVE)
            .order_by(UserRow.user_id)
            .with_for_update(),
            execution_options=_FRESH,
        )
        return frozenset(row.user_id for row in rows)

    def change(
        self,
        user_id: int,
        *,
        role: Role | None = None,
        state: AccountState | None = None,
        full_name: str | None = None,
        orcid: str | None = None,
    ) -> None:
        """Change what is given; an empty ORCID iD takes it away."""
        row = self._session.get_one(UserRow, user_id)
        row.role = role or row.role
        row.state = state or row.state
        row.full_name = row.full_name if full_name is None else full_name
        row.orcid = row.orcid if orcid is None else orcid or None
        row.updated_at = datetime.now(UTC)
        self._session.flush()

    def delete(self, user_id: int) -> None:
        """Forget a person whose request was turned down."""
        self._session.execute(delete(UserRow).where(UserRow.user_id == user_id))


def user_of(row: UserRow) -> User:
    """Return the person that a row describes; what is kept of the password stays behind."""
    return User(
        user_id=row.user_id,
        username=row.username,
        email=row.email,
        full_name=row.full_name,
        role=Role(row.role),
        state=AccountState(row.state),
        created_at=row.created_at,
        orcid=row.orcid,
        email_verified_at=row.email_verified_at,
        request_note=row.request_note,
    )


def _check_free(session: Session, username: str, email: str) -> None:
    taken = select(UserRow.user_id)
    if session.scalar(taken.where(UserRow.username_key == username_key(username))):
        raise DuplicateError("Username already exists")
    if session.scalar(taken.where(UserRow.email_key == email_key(email))):
        raise DuplicateError("Email already exists")
