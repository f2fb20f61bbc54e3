"""Named views, and who may open them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairdb_core.domain.saved_views import SavedView
from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.tables import SavedViewRow, UserRow


class SavedViewRepository:
    """Keeps named views."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, user_id: int, name: str, address: str, team_id: int | None) -> int:
        """Add a view and return its key.

        Raises:
            DuplicateError: The person has one of that name.
        """
        row = SavedViewRow(
            user_id=user_id,
            name=name,
            name_key=name.casefold(),
            address=address,
            team_id=team_id,
            created_at=datetime.now(UTC),
        )
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as error:
            raise DuplicateError(f"You have a view named {name!r} already.") from error
        return row.saved_view_id

    def open_to(self, user_id: int, team_ids: Iterable[int]) -> list[SavedView]:
        """Return a person's own views and those of their teams, by name."""
        found = self._session.execute(
            select(SavedViewRow, UserRow.username)
            .join(UserRow, UserRow.user_id == SavedViewRow.user_id)
            .where(or_(SavedViewRow.user_id == user_id, SavedViewRow.team_id.in_(list(team_ids))))
            .order_by(SavedViewRow.name_key, SavedViewRow.saved_view_id)
        )
        return [
            SavedView(
                saved_view_id=row.saved_view_id,
                name=row.name,
                address=row.address,
                team_id=row.team_id,
                owner_name=username,
                is_own=row.user_id == user_id,
                created_at=row.created_at,
            )
            for row, username in found
        ]

    def rename(self, saved_view_id: int, name: str) -> None:
        """Give a view another name.

        Raises:
            DuplicateError: The person has one of that name.
        """
        try:
            self._session.execute(
                update(SavedViewRow)
                .where(SavedViewRow.saved_view_id == saved_view_id)
                .values(name=name, name_key=name.casefold())
            )
        except IntegrityError as error:
            raise DuplicateError(f"You have a view named {name!r} already.") from error

    def remove(self, saved_view_id: int) -> None:
        """Remove a view."""
        self._session.execute(
            delete(SavedViewRow).where(SavedViewRow.saved_view_id == saved_view_id)
        )
