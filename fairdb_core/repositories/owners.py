"""Which datasets are whose."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fairdb_core.repositories.tables import DatasetRow


class OwnerRepository:
    """Keeps the researchers that datasets are assigned to."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def assigned_to(self, user_id: int) -> list[int]:
        """Return the datasets that are assigned to a researcher, deleted ones left out."""
        return list(
            self._session.scalars(
                select(DatasetRow.dataset_id)
                .where(DatasetRow.owner_user_id == user_id, DatasetRow.deleted_at.is_(None))
                .order_by(DatasetRow.dataset_id)
            )
        )

    def first_of(self, collection_id: int, *, limit: int) -> list[int]:
        """Return the first datasets of a collection, deleted ones left out."""
        return list(
            self._session.scalars(
                select(DatasetRow.dataset_id)
                .where(DatasetRow.collection_id == collection_id, DatasetRow.deleted_at.is_(None))
                .order_by(DatasetRow.dataset_id)
                .limit(limit)
            )
        )

    def assign(self, dataset_ids: Sequence[int], owner_user_id: int | None) -> None:
        """Say which researcher some datasets belong to."""
        self._session.execute(
            update(DatasetRow)
            .where(DatasetRow.dataset_id.in_(list(dataset_ids)))
            .values(owner_user_id=owner_user_id)
        )
