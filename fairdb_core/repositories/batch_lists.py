"""Batches in short, for lists of thousands."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from fairdb_core.domain.uploads import BatchKind, BatchState
from fairdb_core.repositories.batch_progress import BatchProgress
from fairdb_core.repositories.tables import BatchRow


class BatchOutcome(NamedTuple):
    """What became of a batch."""

    batch_id: int
    collection_id: int
    kind: str
    file_name: str
    author_name: str
    created_at: datetime
    score_before: float | None
    score_after: float | None
    is_undone: bool


class BatchLists(BatchProgress):
    """Reads of many batches what a line of a list tells."""

    def origins(self, batch_ids: Iterable[int]) -> dict[int, tuple[BatchKind, datetime, str]]:
        """Return kind, time and file name of batches by their keys: enough for a long list."""
        rows = self._session.execute(
            select(BatchRow.batch_id, BatchRow.kind, BatchRow.created_at, BatchRow.file_name).where(
                BatchRow.batch_id.in_(list(batch_ids))
            )
        )
        return {row.batch_id: (BatchKind(row.kind), row.created_at, row.file_name) for row in rows}

    def outcomes(self, collection_ids: Iterable[int]) -> list[BatchOutcome]:
        """Return what became of all batches of some collections that are ready, newest first."""
        row = BatchRow
        found = self._session.execute(
            select(
                row.batch_id,
                row.collection_id,
                row.kind,
                row.file_name,
                row.author_name,
                row.created_at,
                row.score_before,
                row.score_after,
                row.undone_by_batch_id.is_not(None),
            )
            .where(row.collection_id.in_(list(collection_ids)), row.state == BatchState.READY)
            .order_by(row.batch_id.desc())
        )
        return [BatchOutcome(*each) for each in found]
