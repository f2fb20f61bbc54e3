"""Failed tries, counted by a key: an account, an address, or both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fairdb_core.repositories.bulk import insert_into
from fairdb_core.repositories.tables import LoginAttemptRow


@dataclass(frozen=True, slots=True)
class LoginAttempts:
    """What is known of the tries under one key."""

    failed_count: int
    last_failed_at: datetime
    blocked_until: datetime | None = None


class LoginAttemptRepository:
    """Counts failed tries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def hold(self, keys: Iterable[str]) -> dict[str, LoginAttempts]:
        """Return the tries under each key; nobody else counts there until the end."""
        # In one order everywhere, so that two transactions never wait for each other.
        return {key: self._hold(key) for key in sorted(keys)}

    def keep(self, key: str, attempts: LoginAttempts) -> None:
        """Write down the tries under a key that is held."""
        row = self._session.get_one(LoginAttemptRow, key)
        row.failed_count = attempts.failed_count
        row.last_failed_at = attempts.last_failed_at
        row.blocked_until = attempts.blocked_until
        self._session.flush()

    def forget_before(self, time: datetime) -> None:
        """Delete the counts that were last raised before this time."""
        self._session.execute(delete(LoginAttemptRow).where(LoginAttemptRow.last_failed_at < time))

    def _hold(self, key: str) -> LoginAttempts:
        # An update that changes nothing: it locks a row that is there already and returns it.
        row = self._session.execute(
            insert_into(self._session, LoginAttemptRow)
            .values(throttle_key=key, failed_count=0, last_failed_at=datetime.now(UTC))
            .on_conflict_do_update(
                index_elements=[LoginAttemptRow.throttle_key],
                set_={"throttle_key": LoginAttemptRow.throttle_key},
            )
            .returning(
                LoginAttemptRow.failed_count,
                LoginAttemptRow.last_failed_at,
                LoginAttemptRow.blocked_until,
            )
        ).one()
        return LoginAttempts(row.failed_count, row.last_failed_at, row.blocked_until)
