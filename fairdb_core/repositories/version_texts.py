"""The metadata of many versions as text, from which everything derived can be computed again."""

import polars as pl
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairdb_core.repositories.packed_texts import PackedTexts
from fairdb_core.repositories.tables import BatchRow, DatasetVersionRow

_TEXTS = {
    "dataset_id": pl.Int64,
    "dataset_version_id": pl.Int64,
    "metadata_json": pl.String,
    "content_hash": pl.String,
    "is_deletion": pl.Boolean,
}


class VersionTexts:
    """Reads what batches wrote, piece by piece."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def texts(self, batch_id: int, *, after: int = 0, limit: int) -> pl.DataFrame:
        """Return the versions that a batch wrote, piece by piece.

        Args:
            batch_id: The batch.
            after: Only versions with a greater key.
            limit: How many at most.

        Returns:
            By ascending version: ``dataset_id``, ``dataset_version_id``, ``metadata_json``,
            ``content_hash`` and ``is_deletion``.
        """
        row = DatasetVersionRow
        found = self._session.execute(
            select(
                row.dataset_id,
                row.dataset_version_id,
                row.metadata_json,
                row.content_hash,
                row.is_deletion,
            )
            .where(row.batch_id == batch_id, row.dataset_version_id > after)
            .order_by(row.dataset_version_id)
            .limit(limit)
        ).all()
        texts = pl.DataFrame([tuple(each) for each in found], schema=_TEXTS, orient="row")
        return PackedTexts(self._session).filled(texts)

    def counts(self, collection_id: int) -> dict[int, int]:
        """Return how many versions each ready batch of a collection wrote."""
        found = self._session.execute(
            select(DatasetVersionRow.batch_id, func.count())
            .join(BatchRow, BatchRow.batch_id == DatasetVersionRow.batch_id)
            .where(BatchRow.collection_id == collection_id, BatchRow.state == "ready")
            .group_by(DatasetVersionRow.batch_id)
            .order_by(DatasetVersionRow.batch_id)
        )
        return {row[0]: row[1] for row in found}
