"""Batches in short, for lists of thousands."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from fairdb_core.domain.uploads import BatchKind, BatchState, done_in_words
from fairdb_core.repositories.batch_progress import ACT, BatchProgress
from fairdb_core.repositories.tables import BatchRow


class BatchOutcome(NamedTuple):
    """What became of a batch."""

    batch_id: int
    collection_id: int
    kind: str
    file_name: str
    title: str
    update_count: int
    author_name: str
    created_at: datetime
    create_count: int
    remove_count: int
    score_before: float | None
    judged_before: int | None
    score_after: float | None
    judged_after: int | None
    is_undone: bool
    act_id: int | None

    @property
    def name(self) -> str:
        """Its file, or what a fix did to how many datasets."""
        return self.file_name or done_in_words(self.title, self.update_count)


class BatchLists(BatchProgress):
    """Reads of many batches what a line of a list tells."""

    def origins(self, batch_ids: Iterable[int]) -> dict[int, tuple[BatchKind, datetime, str]]:
        """Return kind, time and name of batches by their keys: enough for a long list."""
        row = BatchRow
        found = self._session.execute(
            select(row.batch_id, row.kind, row.created_at, row.file_name, row.title).where(
                row.batch_id.in_(list(batch_ids))
            )
        )
        return {
            each.batch_id: (BatchKind(each.kind), each.created_at, each.file_name or each.title)
            for each in found
        }

    def acts(self, batch_ids: Iterable[int]) -> list[int]:
        """Return the acts that some batches are of; a handful, not all of a store."""
        chosen = BatchRow.batch_id.in_(list(batch_ids))
        return list(self._session.scalars(select(ACT).where(chosen).distinct()))

    def shared_acts(self, collection_ids: Iterable[int]) -> dict[int, int]:
        """Return the acts of those batches of some collections that share one with others."""
        row = BatchRow
        chosen = row.collection_id.in_(list(collection_ids)) & row.act_id.is_not(None)
        found = self._session.execute(select(row.batch_id, row.act_id).where(chosen))
        return {each.batch_id: each.act_id for each in found}

    def acts_in(
        self, collection_ids: Iterable[int], *, limit: int = 50, offset: int = 0
    ) -> list[int]:
        """Return the acts that changed some collections, the newest first."""
        chosen = BatchRow.collection_id.in_(list(collection_ids))
        acts = select(ACT).where(chosen).distinct().order_by(ACT.desc())
        return list(self._session.scalars(acts.limit(min(limit, 200)).offset(offset)))

    def outcomes(
        self, collection_ids: Iterable[int], *, limit: int | None = None
    ) -> list[BatchOutcome]:
        """Return what became of the batches of some collections that are ready.

        Returns:
            Those of the newest act first, and of an act its first batch first.

        Args:
            limit: How many acts are told, all where nothing is said.
        """
        row = BatchRow
        chosen = row.collection_id.in_(list(collection_ids)) & (row.state == BatchState.READY)
        acts = select(ACT).where(chosen).distinct().order_by(ACT.desc()).limit(limit)
        if limit is not None:
            chosen &= ACT.in_(acts)
        found = self._session.execute(
            select(
                row.batch_id,
                row.collection_id,
                row.kind,
                row.file_name,
                row.title,
                row.update_count,
                row.author_name,
                row.created_at,
                row.create_count,
                row.rows_total - row.create_count - row.update_count,
                row.score_before,
                row.judged_before,
                row.score_after,
                row.judged_after,
                row.undone_by_batch_id.is_not(None),
                row.act_id,
            )
            .where(chosen)
            .order_by(ACT.desc(), row.batch_id)
        )
        return [BatchOutcome._make(each) for each in found]
