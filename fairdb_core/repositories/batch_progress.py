"""How far batches are, and what became of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fairdb_core.domain.uploads import BatchState, MeanScore
from fairdb_core.repositories.tables import BatchRow

SILENT_AFTER = timedelta(minutes=2)
# The act that a batch is of, which is known by its first batch.
ACT = func.coalesce(BatchRow.act_id, BatchRow.batch_id)


class BatchProgress:
    """Notes what becomes of a batch while it is worked on and after."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def report_progress(self, batch_id: int, rows_done: int) -> None:
        """Say how many rows are written, which also says that the job is alive."""
        self._session.execute(
            update(BatchRow)
            .where(BatchRow.batch_id == batch_id)
            .values(rows_done=rows_done, heartbeat_at=datetime.now(UTC))
        )

    def finish(
        self, batch_id: int, state: BatchState, *, error: str = "", at: datetime | None = None
    ) -> None:
        """Say what became of a batch; a failed one frees its import id for another try."""
        row = self._session.get_one(BatchRow, batch_id, populate_existing=True)
        row.state, row.error, row.finished_at = state, error, at or datetime.now(UTC)
        if state is BatchState.READY:
            row.rows_done = row.rows_total
        else:
            row.import_id = None
        self._session.flush()

    def keep_together(self, batch_ids: Sequence[int]) -> None:
        """Say that some batches are one act; a single one stands for itself."""
        if len(batch_ids) > 1:
            chosen = BatchRow.batch_id.in_(list(batch_ids))
            self._session.execute(update(BatchRow).where(chosen).values(act_id=batch_ids[0]))

    def mark_undone(self, batch_id: int, by_batch_id: int | None) -> None:
        """Say which batch has undone this one, none when that was undone in its turn."""
        row = self._session.get_one(BatchRow, batch_id, populate_existing=True)
        row.undone_by_batch_id, row.import_id = by_batch_id, None
        self._session.flush()

    def set_after(self, batch_id: int, mean: MeanScore) -> None:
        """Say what the collection scores now."""
        row = self._session.get_one(BatchRow, batch_id, populate_existing=True)
        row.score_after, row.judged_after = mean.percent, mean.count
        self._session.flush()

    def silent(self, *, after: timedelta = SILENT_AFTER) -> list[int]:
        """Return running batches that nobody works on any more, an act as a whole."""
        limit = datetime.now(UTC) - after
        is_running = BatchRow.state == BatchState.RUNNING
        alive = select(ACT).where(is_running, BatchRow.heartbeat_at > limit)
        return list(
            self._session.scalars(select(BatchRow.batch_id).where(is_running, ACT.not_in(alive)))
        )
