"""Signed-in browsers, known by the hashes of their tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Row, delete, exists, select, update
from sqlalchemy.orm import Session

from fairdb_core.domain.accounts import SessionEntry, User
from fairdb_core.repositories.tables import SessionRow, TeamMemberRow, UserRow
from fairdb_core.repositories.users import user_of


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that was not ended, with the person it belongs to."""

    session_id: int
    user: User
    team_ids: frozenset[int]
    last_seen_at: datetime
    expires_at: datetime


_WITH_PERSON = (
    select(
        SessionRow.session_id,
        SessionRow.last_seen_at,
        SessionRow.expires_at,
        UserRow,
        TeamMemberRow.team_id,
    )
    .join(UserRow, UserRow.user_id == SessionRow.user_id)
    .outerjoin(TeamMemberRow, TeamMemberRow.user_id == SessionRow.user_id)
)


class SessionRepository:
    """Keeps sessions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        token_hash: str,
        user_id: int,
        *,
        expires_at: datetime,
        address: str = "",
        user_agent: str = "",
    ) -> int:
        """Add a session that begins now and return its key."""
        now = datetime.now(UTC)
        row = SessionRow(
            token_hash=token_hash,
            user_id=user_id,
            address=address,
            user_agent=user_agent,
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
        )
        self._session.add(row)
        self._session.flush()
        return row.session_id

    def find(self, token_hash: str) -> OpenSession | None:
        """Return the session of a token unless it was ended; it may have grown too old."""
        found = self._session.execute(
            _WITH_PERSON.where(SessionRow.token_hash == token_hash, SessionRow.revoked_at.is_(None))
        )
        return _open_session(found.all())

    def key_of(self, token_hash: str) -> int | None:
        """Return the key of the session of a token unless it was ended."""
        return self._session.scalar(
            select(SessionRow.session_id).where(
                SessionRow.token_hash == token_hash, SessionRow.revoked_at.is_(None)
            )
        )

    def of_user(
        self, user_id: int, *, seen_after: datetime, asking: str = ""
    ) -> list[SessionEntry]:
        """Return a person's open sessions: that of the token that asks, then the last used."""
        rows = self._session.scalars(
            select(SessionRow)
            .where(
                *_is_open(user_id),
                SessionRow.last_seen_at > seen_after,
                SessionRow.expires_at > datetime.now(UTC),
            )
            .order_by(SessionRow.last_seen_at.desc(), SessionRow.session_id.desc())
        )
        entries = [_entry(row, asking) for row in rows]
        return sorted(entries, key=lambda entry: not entry.is_asking)

    def began_from(self, user_id: int, address: str) -> bool:
        """Return whether the person signed in from this address before."""
        query = select(exists().where(SessionRow.user_id == user_id, SessionRow.address == address))
        return bool(self._session.scalar(query))

    def touch(self, session_id: int) -> None:
        """Write down that the session is in use."""
        self._session.execute(
            update(SessionRow)
            .where(SessionRow.session_id == session_id)
            .values(last_seen_at=datetime.now(UTC))
        )

    def end(self, user_id: int, session_id: int) -> bool:
        """End one session of a person; ``False`` when there is none to end."""
        return self._end(*_is_open(user_id), SessionRow.session_id == session_id) > 0

    def end_of_user(self, user_id: int, *, keep_token_hash: str = "") -> int:
        """End all sessions of a person, one excepted if given, and return how many."""
        return self._end(*_is_open(user_id), SessionRow.token_hash != keep_token_hash)

    def forget_before(self, time: datetime) -> None:
        """Delete the sessions that would have expired before this time."""
        self._session.execute(delete(SessionRow).where(SessionRow.expires_at < time))

    def _end(self, *conditions: ColumnElement[bool]) -> int:
        ended = self._session.scalars(
            update(SessionRow)
            .where(*conditions)
            .values(revoked_at=datetime.now(UTC))
            .returning(SessionRow.session_id)
            .execution_options(synchronize_session=False)
        )
        return len(ended.all())


def _is_open(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return SessionRow.user_id == user_id, SessionRow.revoked_at.is_(None)


def _entry(row: SessionRow, asking_token_hash: str) -> SessionEntry:
    return SessionEntry(
        row.session_id,
        row.created_at,
        row.last_seen_at,
        row.address,
        row.user_agent,
        row.expires_at,
        row.token_hash == asking_token_hash,
    )


def _open_session(rows: Sequence[Row[int, datetime, datetime, UserRow, int]]) -> OpenSession | None:
    """Return a session with its person; it has a row for each team of theirs, one for none."""
    if not rows:
        return None
    first = rows[0]
    return OpenSession(
        first.session_id,
        user_of(first.UserRow),
        frozenset(row.team_id for row in rows if row.team_id is not None),
        first.last_seen_at,
        first.expires_at,
    )
