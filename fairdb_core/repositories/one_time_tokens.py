"""Links and tickets that work once; only their hashes are kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from fairdb_core.repositories.tables import OneTimeTokenRow


class TokenPurpose(StrEnum):
    """What a token is good for."""

    SIGN_IN = "sign in"
    RESET = "reset the password"
    SETUP = "make the first administrator"


@dataclass(frozen=True, slots=True)
class OneTimeToken:
    """What a token that still works stands for."""

    purpose: TokenPurpose
    user_id: int | None


class OneTimeTokenRepository:
    """Keeps tokens that work once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        token_hash: str,
        purpose: TokenPurpose,
        *,
        expires_at: datetime,
        user_id: int | None = None,
    ) -> None:
        """Add a token."""
        self._session.add(
            OneTimeTokenRow(
                token_hash=token_hash,
                purpose=purpose,
                user_id=user_id,
                created_at=datetime.now(UTC),
                expires_at=expires_at,
            )
        )
        self._session.flush()

    def find(self, token_hash: str, purpose: TokenPurpose) -> OneTimeToken | None:
        """Return what an unused token stands for, without using it."""
        row = self._session.scalar(
            select(OneTimeTokenRow).where(
                OneTimeTokenRow.token_hash == token_hash, *_is_usable(purpose)
            )
        )
        return OneTimeToken(purpose, row.user_id) if row else None

    def claim(self, token_hash: str, purpose: TokenPurpose) -> OneTimeToken | None:
        """Use a token up; of two who try at once, one gets ``None``."""
        used = self._session.execute(
            update(OneTimeTokenRow)
            .where(OneTimeTokenRow.token_hash == token_hash, *_is_usable(purpose))
            .values(used_at=datetime.now(UTC))
            .returning(OneTimeTokenRow.user_id)
            .execution_options(synchronize_session=False)
        ).one_or_none()
        return OneTimeToken(purpose, used.user_id) if used else None

    def end_of_user(self, user_id: int, purpose: TokenPurpose | None = None) -> None:
        """Make a person's unused tokens worthless, those for one purpose or all."""
        query = update(OneTimeTokenRow).where(
            OneTimeTokenRow.user_id == user_id, OneTimeTokenRow.used_at.is_(None)
        )
        if purpose:
            query = query.where(OneTimeTokenRow.purpose == purpose)
        self._session.execute(query.values(used_at=datetime.now(UTC)))

    def end_all(self, purpose: TokenPurpose) -> None:
        """Make all unused tokens for one purpose worthless."""
        self._session.execute(
            update(OneTimeTokenRow)
            .where(OneTimeTokenRow.purpose == purpose, OneTimeTokenRow.used_at.is_(None))
            .values(used_at=datetime.now(UTC))
        )

    def forget_expired(self, purpose: TokenPurpose) -> None:
        """Delete the tokens for one purpose whose time is over."""
        self._session.execute(
            delete(OneTimeTokenRow).where(
                OneTimeTokenRow.purpose == purpose, OneTimeTokenRow.expires_at < datetime.now(UTC)
            )
        )


def _is_usable(purpose: TokenPurpose) -> tuple[ColumnElement[bool], ...]:
    return (
        OneTimeTokenRow.purpose == purpose,
        OneTimeTokenRow.used_at.is_(None),
        OneTimeTokenRow.expires_at > datetime.now(UTC),
    )
