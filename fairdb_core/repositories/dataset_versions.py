"""Versions of datasets: written unseen, then made the current ones in one step."""

from datetime import datetime

import orjson
import polars as pl
from sqlalchemy import bindparam, delete, select, text
from sqlalchemy.orm import Session

from fairdb_core import records
from fairdb_core.domain.datasets import DatasetVersion
from fairdb_core.records import Record
from fairdb_core.repositories.bulk import insert_rows
from fairdb_core.repositories.tables import (
    Base,
    BatchRow,
    DatasetVersionRow,
    UTCDateTime,
)

_OF_BATCH = """
    SELECT v.dataset_id, v.dataset_version_id, d.current_version_id,
           p.metadata_json, p.content_hash, p.is_deletion
    FROM dataset_versions v
    JOIN datasets d ON d.dataset_id = v.dataset_id
    LEFT JOIN dataset_versions p ON p.dataset_version_id = (
        SELECT max(o.dataset_version_id) FROM dataset_versions o
        JOIN batches b ON b.batch_id = o.batch_id AND b.state = 'ready'
        WHERE o.dataset_id = v.dataset_id AND o.dataset_version_id < v.dataset_version_id)
    WHERE v.batch_id = :batch_id
    ORDER BY v.dataset_version_id
"""


class DatasetVersionRepository:
    """Keeps versions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_dataset(self, dataset_id: int, *, limit: int = 100) -> list[DatasetVersion]:
        """Return the versions of a dataset that became part of the store, the newest first."""
        found = self._session.execute(
            select(DatasetVersionRow, BatchRow)
            .join(BatchRow, BatchRow.batch_id == DatasetVersionRow.batch_id)
            .where(DatasetVersionRow.dataset_id == dataset_id, BatchRow.state == "ready")
            .order_by(DatasetVersionRow.dataset_version_id.desc())
            .limit(limit)
        )
        return [
            DatasetVersion(
                dataset_version_id=row.dataset_version_id,
                dataset_id=row.dataset_id,
                batch_id=row.batch_id,
                record=records.from_json(row.metadata_json),
                raw=_raw_cells(row.raw_json, batch),
                content_hash=row.content_hash,
                author_name=batch.author_name,
                created_at=batch.created_at,
                is_deletion=row.is_deletion,
            )
            for row, batch in found
        ]

    def of_batch(self, batch_id: int) -> pl.DataFrame:
        """Return what a batch wrote, with what stood before and what stands now.

        Returns:
            One row a dataset: ``dataset_id``, ``dataset_version_id``, ``current_version_id``, and
            of the version before ``previous_json``, ``previous_hash``, ``previous_is_deletion``,
            null where the batch created the dataset.
        """
        query = text(_OF_BATCH)
        schema = {
            "dataset_id": pl.Int64,
            "dataset_version_id": pl.Int64,
            "current_version_id": pl.Int64,
            "previous_json": pl.String,
            "previous_hash": pl.String,
            "previous_is_deletion": pl.Boolean,
        }
        found = self._session.execute(query, {"batch_id": batch_id}).all()
        return pl.DataFrame(
            [tuple(row) for row in found], schema=schema, orient="row", strict=False
        )

    def first_step(self, batch_id: int) -> tuple[Record, Record] | None:
        """Return what the first dataset that a batch changed was before, and what it became."""
        query = text(f"{_OF_BATCH} LIMIT 1")
        found = self._session.execute(query, {"batch_id": batch_id}).first()
        if found is None or found.metadata_json is None:
            return None
        written = self._session.get_one(DatasetVersionRow, found.dataset_version_id)
        return records.from_json(found.metadata_json), records.from_json(written.metadata_json)

    def add_versions(self, rows: pl.DataFrame) -> None:
        """Write versions that nobody sees until their batch is ready."""
        insert_rows(self._session, Base.metadata.tables["dataset_versions"], rows)

    def discard_versions(self, batch_id: int) -> None:
        """Remove the versions of a batch that failed, which nobody has seen."""
        self._session.execute(
            delete(DatasetVersionRow).where(DatasetVersionRow.batch_id == batch_id)
        )

    def point_to(self, batch_id: int, at: datetime) -> None:
        """Make the versions of a batch the current ones of datasets that exist already."""
        self._session.execute(
            text("""
                UPDATE datasets SET
                    current_version_id = v.dataset_version_id,
                    content_hash = v.content_hash,
                    row_version = row_version + 1,
                    updated_at = :at,
                    deleted_at = CASE WHEN v.is_deletion THEN :at ELSE NULL END
                FROM dataset_versions v
                WHERE v.batch_id = :batch_id AND datasets.dataset_id = v.dataset_id
                  AND datasets.current_version_id <> v.dataset_version_id
            """).bindparams(bindparam("at", type_=UTCDateTime())),
            {"batch_id": batch_id, "at": at},
        )


def _raw_cells(raw_json: str, batch: BatchRow) -> dict[str, str]:
    if not raw_json or not batch.read_report:
        return {}
    return dict(zip(batch.read_report["header"], orjson.loads(raw_json), strict=False))
