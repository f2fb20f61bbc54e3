"""Collections: who owns them, who may see them, and the version of their data."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection, Visibility
from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.tables import CollectionRow

_KEPT = 4_096
# Read at each rerun: columns cost a tenth of mapped rows.
_COLUMNS: tuple[Any, ...] = (
    CollectionRow.collection_id,
    CollectionRow.name,
    CollectionRow.owner_user_id,
    CollectionRow.team_id,
    CollectionRow.visibility,
    CollectionRow.data_version,
    CollectionRow.created_at,
    CollectionRow.description,
)


class CollectionRepository:
    """Keeps collections."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        name: str,
        owner_user_id: int,
        *,
        team_id: int | None = None,
        visibility: Visibility = Visibility.INSTITUTION,
        description: str = "",
    ) -> Collection:
        """Add a collection.

        Raises:
            DuplicateError: There is one of that name.
        """
        now = datetime.now(UTC)
        row = CollectionRow(
            name=name,
            name_key=name.casefold(),
            description=description,
            owner_user_id=owner_user_id,
            team_id=team_id,
            visibility=visibility,
            data_version=0,
            created_at=now,
            updated_at=now,
        )
        self._session.add(row)
        self._flush(name)
        return _collection(row)

    def get(self, collection_id: int, *, lock: bool = False) -> Collection | None:
        """Return a collection, held against other writers until the transaction ends if asked."""
        query = select(CollectionRow).where(CollectionRow.collection_id == collection_id)
        row = self._session.scalar(
            query.with_for_update() if lock else query,
            execution_options={"populate_existing": True},
        )
        return _collection(row) if row else None

    def visible(self, viewer: Viewer) -> list[Collection]:
        """Return the collections whose scores the viewer may read, by name."""
        query = _visible_to(viewer, select(*_COLUMNS)).order_by(CollectionRow.name_key)
        return [_read(*row) for row in self._session.execute(query)]

    def versions(self) -> dict[int, int]:
        """Return the data version of every collection, which no rerun can do without."""
        rows = self._session.execute(
            select(CollectionRow.collection_id, CollectionRow.data_version)
        )
        return {row.collection_id: row.data_version for row in rows}

    def change(
        self,
        collection_id: int,
        *,
        name: str,
        description: str,
        team_id: int | None,
        visibility: Visibility,
    ) -> None:
        """Change what a steward may change of a collection.

        Raises:
            DuplicateError: There is another one of that name.
        """
        row = self._session.get_one(CollectionRow, collection_id)
        row.name, row.name_key, row.description = name, name.casefold(), description
        row.team_id, row.visibility, row.updated_at = team_id, visibility, datetime.now(UTC)
        self._flush(name)

    def raise_version(self, collection_id: int) -> None:
        """Make everything that was derived from the collection's data out of date."""
        self._session.execute(
            update(CollectionRow)
            .where(CollectionRow.collection_id == collection_id)
            .values(data_version=CollectionRow.data_version + 1, updated_at=datetime.now(UTC))
        )

    def _flush(self, name: str) -> None:
        try:
            self._session.flush()
        except IntegrityError as error:
            raise DuplicateError(f"There is a collection named {name!r} already.") from error


def _visible_to(viewer: Viewer, query: Select[Any]) -> Select[Any]:
    if viewer.user is None:
        return query.where(CollectionRow.visibility == Visibility.PUBLIC)
    if viewer.is_administrator:
        return query
    return query.where(
        or_(
            CollectionRow.visibility != Visibility.PRIVATE,
            CollectionRow.owner_user_id == viewer.user_id,
            CollectionRow.team_id.in_(viewer.team_ids),
        )
    )


def _collection(row: CollectionRow) -> Collection:
    return _read(*(getattr(row, column.key) for column in _COLUMNS))


@lru_cache(maxsize=_KEPT)
def _read(  # noqa: PLR0917 - in the order of the columns
    collection_id: int,
    name: str,
    owner_user_id: int,
    team_id: int | None,
    visibility: str,
    data_version: int,
    created_at: datetime,
    description: str,
) -> Collection:
    """Return what columns say; the same row is read at each rerun, and made a value once."""
    return Collection(
        collection_id=collection_id,
        name=name,
        owner_user_id=owner_user_id,
        team_id=team_id,
        visibility=Visibility(visibility),
        data_version=data_version,
        created_at=created_at,
        description=description,
    )
