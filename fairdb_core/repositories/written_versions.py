"""What batches wrote, with what stood before and what stands now."""

import polars as pl
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from fairdb_core import records
from fairdb_core.records import Record
from fairdb_core.repositories.packed_texts import PackedTexts
from fairdb_core.repositories.tables import DatasetVersionRow

_FIRST_STEP = """
    SELECT v.dataset_version_id, v.metadata_json,
           p.dataset_version_id AS previous_version_id, p.metadata_json AS previous_json
    FROM dataset_versions v
    LEFT JOIN dataset_versions p ON p.dataset_version_id = (
        SELECT max(o.dataset_version_id) FROM dataset_versions o
        JOIN batches b ON b.batch_id = o.batch_id AND b.state = 'ready'
        WHERE o.dataset_id = v.dataset_id AND o.dataset_version_id < v.dataset_version_id)
    WHERE v.batch_id = :batch_id
    ORDER BY v.dataset_version_id
    LIMIT 1
"""

# Two hints for planners without statistics, as after a large import: ``+ 0`` keeps them from
# walking all versions backwards, and the state asked row by row from taking whole batches first.
_TO_UNDO = """
    SELECT v.dataset_id, d.identity, v.dataset_version_id, d.current_version_id,
           v.content_hash, c.content_hash, v.is_deletion, d.deleted_at IS NOT NULL,
           CASE WHEN d.current_version_id <> v.dataset_version_id THEN v.metadata_json END,
           CASE WHEN d.current_version_id <> v.dataset_version_id THEN c.metadata_json END,
           p.dataset_version_id AS previous_version_id, p.metadata_json, p.content_hash,
           p.is_deletion
    FROM dataset_versions v
    JOIN datasets d ON d.dataset_id = v.dataset_id
    JOIN dataset_versions c ON c.dataset_version_id = d.current_version_id
    LEFT JOIN dataset_versions p ON p.dataset_version_id = (
        SELECT max(o.dataset_version_id + 0) FROM dataset_versions o
        WHERE o.dataset_id = v.dataset_id AND o.dataset_version_id + 0 < v.dataset_version_id
          AND (SELECT b.state FROM batches b WHERE b.batch_id = o.batch_id) = 'ready')
    WHERE v.batch_id = :batch_id
    ORDER BY v.dataset_version_id
"""


class WrittenVersions:
    """Reads the versions of one batch beside their neighbours."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._packed = PackedTexts(session)

    def dataset_ids(self, batch_id: int) -> list[int]:
        """Return the datasets of which a batch wrote versions."""
        row = DatasetVersionRow
        return list(
            self._session.scalars(
                select(row.dataset_id)
                .where(row.batch_id == batch_id)
                .order_by(row.dataset_version_id)
            )
        )

    def first_step(self, batch_id: int) -> tuple[Record, Record] | None:
        """Return what the first dataset that a batch changed was before, and what it became."""
        found = self._session.execute(text(_FIRST_STEP), {"batch_id": batch_id}).first()
        if found is None or found.previous_version_id is None:
            return None
        before = self._packed.text(found.previous_version_id, found.previous_json)
        after = self._packed.text(found.dataset_version_id, found.metadata_json)
        return records.from_json(before), records.from_json(after)

    def to_undo(self, batch_id: int) -> pl.DataFrame:
        """Return everything that undoing a batch depends on.

        Returns:
            One row a dataset: ``dataset_id``, ``identity``, ``dataset_version_id``,
            ``current_version_id``, ``written_hash``, ``current_hash``, ``written_is_deletion``,
            ``current_is_deletion``; of datasets with later versions ``written_json`` and
            ``current_json``; and of the version before ``previous_version_id``,
            ``previous_json``, ``previous_hash``, ``previous_is_deletion``, null where the batch
            created the dataset.
        """
        schema = {
            "dataset_id": pl.Int64,
            "identity": pl.String,
            "dataset_version_id": pl.Int64,
            "current_version_id": pl.Int64,
            "written_hash": pl.String,
            "current_hash": pl.String,
            "written_is_deletion": pl.Boolean,
            "current_is_deletion": pl.Boolean,
            "written_json": pl.String,
            "current_json": pl.String,
            "previous_version_id": pl.Int64,
            "previous_json": pl.String,
            "previous_hash": pl.String,
            "previous_is_deletion": pl.Boolean,
        }
        found = self._session.execute(text(_TO_UNDO), {"batch_id": batch_id}).all()
        rows = pl.DataFrame(
            [tuple(row) for row in found], schema=schema, orient="row", strict=False
        )
        for name, version in (
            ("written_json", "dataset_version_id"),
            ("current_json", "current_version_id"),
            ("previous_json", "previous_version_id"),
        ):
            rows = self._packed.filled(rows, name, version)
        return rows
