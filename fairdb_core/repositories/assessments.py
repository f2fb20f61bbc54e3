"""Facts, scores and facets, kept as columns: one or more chunks a batch and rubric.

Only chunks of ready batches are read. Do not use this for one record: that is assessed afresh.
"""

import io
from collections.abc import Iterable
from datetime import UTC, datetime

import polars as pl
from sqlalchemy import select

from fairdb_core.domain.uploads import BatchState
from fairdb_core.repositories.assessment_chunks import AssessmentChunks, input_hash_of
from fairdb_core.repositories.tables import AssessmentRow, BatchRow
from fairdb_core.settings import program_version
from fairdb_core.vocabularies.sources import installed_versions

ROWS_PER_CHUNK = 65_536


class AssessmentRepository(AssessmentChunks):
    """Keeps what was assessed."""

    def add(
        self,
        collection_id: int,
        batch_id: int,
        rubric: tuple[str, str, str],
        rows: pl.DataFrame,
        *,
        at: datetime | None = None,
    ) -> None:
        """Add the assessments of a batch.

        Args:
            rubric: Its id, version and digest.
            rows: ``dataset_id``, ``dataset_version_id``, ``is_deleted``, and the columns of
                facts, scores and facets; of ``content_hash`` only one hash of all is kept, since
                the versions hold their own.
        """
        rubric_id, version, digest = rubric
        for number, start in enumerate(range(0, rows.height, ROWS_PER_CHUNK)):
            part = rows.slice(start, ROWS_PER_CHUNK)
            buffer = io.BytesIO()
            part.drop("content_hash").write_ipc(buffer, compression="zstd")
            self._session.add(
                AssessmentRow(
                    collection_id=collection_id,
                    batch_id=batch_id,
                    rubric_id=rubric_id,
                    rubric_version=version,
                    rubric_digest=digest,
                    vocabularies=dict(installed_versions()),
                    input_hash=input_hash_of(part["content_hash"]),
                    program_version=program_version(),
                    chunk_number=number,
                    row_count=part.height,
                    state=BatchState.READY,
                    chunk=buffer.getvalue(),
                    created_at=at or datetime.now(UTC),
                )
            )
        self._session.flush()

    def rows(self, collection_ids: Iterable[int], rubric_id: str) -> pl.DataFrame:
        """Return every assessed version, superseded ones included, by ascending version.

        Returns:
            The columns given to ``add``, with ``collection_id``, ``batch_id`` and ``batch_at``;
            an empty frame without columns when nothing is assessed.
        """
        found = self._session.execute(
            select(
                AssessmentRow.collection_id,
                AssessmentRow.batch_id,
                BatchRow.created_at,
                AssessmentRow.chunk,
            )
            .join(BatchRow, BatchRow.batch_id == AssessmentRow.batch_id)
            .where(
                AssessmentRow.collection_id.in_(list(collection_ids)),
                AssessmentRow.rubric_id == rubric_id,
                BatchRow.state == BatchState.READY,
            )
            .order_by(AssessmentRow.batch_id, AssessmentRow.chunk_number)
        )
        parts = [
            pl.read_ipc(io.BytesIO(chunk)).with_columns(
                collection_id=pl.lit(collection_id, pl.Int64),
                batch_id=pl.lit(batch_id, pl.Int64),
                batch_at=pl.lit(at, pl.Datetime("us", "UTC")),
            )
            for collection_id, batch_id, at, chunk in found
        ]
        if not parts:
            return pl.DataFrame()
        return pl.concat(parts, how="diagonal").sort("dataset_version_id")


def live(rows: pl.DataFrame, *, at: datetime | None = None) -> pl.DataFrame:
    """Return the rows that stand, now or at an earlier time: the last version of each dataset.

    Args:
        rows: What ``AssessmentRepository.rows`` gave.
        at: The time; batches after it are passed over.
    """
    if rows.is_empty():
        return rows
    if at is not None:
        rows = rows.filter(pl.col("batch_at") <= at)
    return rows.unique("dataset_id", keep="last", maintain_order=True).filter(~pl.col("is_deleted"))
