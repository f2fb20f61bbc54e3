"""When people looked last; a visit lasts as long as a signed-in session."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairdb_core.repositories.bulk import insert_into
from fairdb_core.repositories.tables import VisitRow


@dataclass(frozen=True, slots=True)
class Visit:
    """A person's latest visit.

    Attributes:
        opened_at: When they looked last in it.
        known_until: Up to when they know what happened, ``None`` on their first visit.
    """

    session_id: int
    opened_at: datetime
    known_until: datetime | None


class VisitRepository:
    """Keeps the latest visit of each person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_user(self, user_id: int) -> Visit | None:
        """Return a person's latest visit."""
        row = self._session.get(VisitRow, user_id, populate_existing=True)
        return Visit(row.session_id, row.opened_at, row.known_until) if row else None

    def keep(self, user_id: int, visit: Visit) -> None:
        """Write down a person's latest visit in place of the one before."""
        values = {
            "session_id": visit.session_id,
            "opened_at": visit.opened_at,
            "known_until": visit.known_until,
        }
        self._session.execute(
            insert_into(self._session, VisitRow)
            .values(user_id=user_id, **values)
            .on_conflict_do_update(index_elements=[VisitRow.user_id], set_=values)
        )
