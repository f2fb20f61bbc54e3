"""Versions of datasets: written unseen, then made the current ones in one step."""

from collections.abc import Sequence
from datetime import datetime

import orjson
import polars as pl
from sqlalchemy import bindparam, delete, select, text

from fairdb_core import records
from fairdb_core.domain.datasets import DatasetVersion
from fairdb_core.repositories.bulk import insert_rows
from fairdb_core.repositories.packed_texts import PackedTexts
from fairdb_core.repositories.raw_cells import RawCellRepository
from fairdb_core.repositories.tables import (
    Base,
    BatchRow,
    DatasetVersionRow,
    UTCDateTime,
)
from fairdb_core.repositories.version_texts import VersionTexts
from fairdb_core.repositories.written_versions import WrittenVersions


class DatasetVersionRepository(WrittenVersions, VersionTexts):
    """Keeps versions."""

    def of_dataset(self, dataset_id: int, *, limit: int = 100) -> list[DatasetVersion]:
        """Return the versions of a dataset that became part of the store, the newest first."""
        found = self._session.execute(
            select(DatasetVersionRow, BatchRow)
            .join(BatchRow, BatchRow.batch_id == DatasetVersionRow.batch_id)
            .where(DatasetVersionRow.dataset_id == dataset_id, BatchRow.state == "ready")
            .order_by(DatasetVersionRow.dataset_version_id.desc())
            .limit(limit)
        )
        packed = PackedTexts(self._session)
        return [
            DatasetVersion(
                dataset_version_id=row.dataset_version_id,
                dataset_id=row.dataset_id,
                batch_id=row.batch_id,
                record=records.from_json(packed.text(row.dataset_version_id, row.metadata_json)),
                raw=self._raw_cells(row, batch),
                content_hash=row.content_hash,
                author_name=batch.author_name,
                created_at=batch.created_at,
                is_deletion=row.is_deletion,
            )
            for row, batch in found
        ]

    def _raw_cells(self, row: DatasetVersionRow, batch: BatchRow) -> dict[str, str]:
        if not batch.read_report:
            return {}
        if row.raw_json:  # stored before cells were packed
            return dict(zip(batch.read_report["header"], orjson.loads(row.raw_json), strict=False))
        return RawCellRepository(self._session).of_version(batch.batch_id, row.dataset_version_id)

    def add_versions(self, rows: pl.DataFrame, chunks: Sequence[bytes] = ()) -> None:
        """Write versions of one batch that nobody sees until it is ready.

        Args:
            rows: The columns of the table.
            chunks: The texts of the rows as ``packed_texts`` gave them, if there are many; their
                versions are consecutive then.
        """
        if chunks:
            first = rows.row(0, named=True)
            PackedTexts(self._session).add(first["batch_id"], first["dataset_version_id"], chunks)
            rows = rows.with_columns(metadata_json=pl.lit(""))
        insert_rows(self._session, Base.metadata.tables["dataset_versions"], rows)

    def discard_versions(self, batch_id: int) -> None:
        """Remove the versions of a batch that failed, which nobody has seen."""
        self._session.execute(
            delete(DatasetVersionRow).where(DatasetVersionRow.batch_id == batch_id)
        )
        PackedTexts(self._session).discard(batch_id)

    def point_to(self, batch_id: int, at: datetime) -> None:
        """Make the versions of a batch the current ones of datasets that exist already."""
        self._session.execute(
            text("""
                UPDATE datasets SET
                    current_version_id = v.dataset_version_id,
                    row_version = row_version + 1,
                    deleted_at = CASE WHEN v.is_deletion THEN :at ELSE NULL END
                FROM dataset_versions v
                WHERE v.batch_id = :batch_id AND datasets.dataset_id = v.dataset_id
                  AND datasets.current_version_id <> v.dataset_version_id
            """).bindparams(bindparam("at", type_=UTCDateTime())),
            {"batch_id": batch_id, "at": at},
        )
