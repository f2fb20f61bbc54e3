"""Batches: what was uploaded, saved or undone, how far it is, and what became of it."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ScalarResult, Select, or_, select
from sqlalchemy.orm import defer

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.undos import UndoConflict
from fairdb_core.domain.uploads import (
    NO_MEAN,
    Batch,
    BatchKind,
    BatchState,
    ColumnMapping,
    EffectCounts,
    MeanScore,
    Problem,
    ReadReport,
)
from fairdb_core.repositories.batch_lists import BatchLists
from fairdb_core.repositories.batch_progress import ACT
from fairdb_core.repositories.tables import BatchRow

_ROWS_KEPT = 1_000


class BatchRepository(BatchLists):
    """Keeps batches."""

    def add(
        self,
        viewer: Viewer,
        collection_id: int,
        kind: BatchKind,
        counts: EffectCounts,
        *,
        import_id: str | None = None,
        report: ReadReport | None = None,
        mapping: Iterable[ColumnMapping] = (),
        problems: Iterable[Problem | UndoConflict] = (),
        before: MeanScore = NO_MEAN,
        after: MeanScore = NO_MEAN,
        undoes_batch_id: int | None = None,
        title: str = "",
        at: datetime | None = None,
    ) -> int:
        """Add a running batch and return its key.

        Args:
            title: What it does, in words, where no file names it.
            at: When it happened, now unless a history is being told.
        """
        row = BatchRow(
            collection_id=collection_id,
            kind=kind,
            state=BatchState.RUNNING,
            title=title,
            import_id=import_id,
            **_file_of(report),
            mapping=[asdict(column) for column in mapping],
            problems=[_as_stored(problem) for problem in problems],
            create_count=counts.create,
            update_count=counts.update,
            unchanged_count=counts.unchanged,
            refused_count=counts.refused,
            left_out_count=counts.left_out,
            rows_total=counts.changes,
            rows_done=0,
            **_means_of(before, after),
            author_user_id=viewer.user_id,
            author_name=viewer.user.username if viewer.user else "",
            undoes_batch_id=undoes_batch_id,
            created_at=at or datetime.now(UTC),
            heartbeat_at=datetime.now(UTC),
        )
        self._session.add(row)
        self._session.flush()
        return row.batch_id

    def get(self, batch_id: int, *, lock: bool = False) -> Batch | None:
        """Return a batch, held against other writers until the transaction ends if asked."""
        row = self._session.get(
            BatchRow, batch_id, populate_existing=True, with_for_update=lock or None
        )
        return _batch(row) if row else None

    def by_import_id(self, import_id: str) -> Batch | None:
        """Return the batch that came of a plan, if it was committed."""
        row = self._session.scalar(select(BatchRow).where(BatchRow.import_id == import_id))
        return _batch(row) if row else None

    def of_acts(self, act_ids: Iterable[int]) -> list[Batch]:
        """Return all batches of some acts, the newest act first and its first batch first."""
        keys = list(act_ids)
        chosen = or_(BatchRow.batch_id.in_(keys), BatchRow.act_id.in_(keys))
        rows: ScalarResult[BatchRow] = self._session.scalars(
            _batches().where(chosen).order_by(ACT.desc(), BatchRow.batch_id)
        )
        return [_batch(row) for row in rows]

    def some(self, batch_ids: Iterable[int]) -> dict[int, Batch]:
        """Return some batches by their keys; a handful, not all of a store."""
        chosen = _batches().where(BatchRow.batch_id.in_(list(batch_ids)))
        rows: ScalarResult[BatchRow] = self._session.scalars(chosen)
        return {row.batch_id: _batch(row) for row in rows}

    def problems(self, batch_id: int) -> list[dict[str, Any]]:
        """Return the problems that were found when the batch was planned."""
        return (
            self._session.scalar(select(BatchRow.problems).where(BatchRow.batch_id == batch_id))
            or []
        )


def _file_of(report: ReadReport | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {
        "file_name": report.file_name,
        "file_sha256": report.sha256,
        "read_report": asdict(report),
    }


def _means_of(before: MeanScore, after: MeanScore) -> dict[str, Any]:
    return {
        "score_before": before.percent,
        "judged_before": before.count,
        "score_after": after.percent,
        "judged_after": after.count,
    }


def _as_stored(problem: Problem | UndoConflict) -> dict[str, Any]:
    # Not asdict, which copies each of a hundred thousand row numbers.
    kept = {each.name: getattr(problem, each.name) for each in fields(problem)}
    if isinstance(problem, Problem):
        kept["rows"] = list(problem.rows[:_ROWS_KEPT])
        kept["repeats"] = list(problem.repeats[:_ROWS_KEPT])
    return kept


def _batches() -> Select[Any]:
    """Return a query of batches without what may be large and lists do not show."""
    return select(BatchRow).options(defer(BatchRow.read_report), defer(BatchRow.problems))


def _batch(row: BatchRow) -> Batch:
    return Batch(
        batch_id=row.batch_id,
        collection_id=row.collection_id,
        kind=BatchKind(row.kind),
        state=BatchState(row.state),
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        author_user_id=row.author_user_id,
        author_name=row.author_name,
        created_at=row.created_at,
        finished_at=row.finished_at,
        counts=EffectCounts(
            row.create_count,
            row.update_count,
            row.unchanged_count,
            row.refused_count,
            row.left_out_count,
            row.rows_total - row.create_count - row.update_count,
        ),
        rows_total=row.rows_total,
        rows_done=row.rows_done,
        before=MeanScore(row.score_before, row.judged_before),
        after=MeanScore(row.score_after, row.judged_after),
        undoes_batch_id=row.undoes_batch_id,
        undone_by_batch_id=row.undone_by_batch_id,
        error=row.error,
        title=row.title,
        act_id=row.act_id,
        mapping=tuple(
            ColumnMapping(**{**column, "samples": tuple(column["samples"])})
            for column in row.mapping or ()
        ),
    )
