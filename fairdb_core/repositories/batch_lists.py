"""Batches in short, for lists of thousands."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Integer, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from fairdb_core.domain.uploads import BatchKind, BatchState, done_in_words
from fairdb_core.repositories.batch_progress import ACT, BatchProgress
from fairdb_core.repositories.tables import BatchRow


class BatchOrigin(NamedTuple):
    """What names a batch.

    Attributes:
        name: Its file, or what a fix did.
        one_of: The collection, where the same act did the same to others.
    """

    kind: BatchKind
    at: datetime
    name: str
    one_of: int | None


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

    def origins(self, batch_ids: Iterable[int]) -> dict[int, BatchOrigin]:
        """Return what names batches, by their keys: enough for a long list."""
        row = BatchRow
        found = self._session.execute(
            select(
                row.batch_id,
                row.kind,
                row.created_at,
                row.file_name,
                row.title,
                row.collection_id,
                row.act_id,
            ).where(row.batch_id.in_(list(batch_ids)))
        )
        return {
            each.batch_id: BatchOrigin(
                BatchKind(each.kind),
                each.created_at,
                each.file_name or each.title,
                None if each.act_id is None else each.collection_id,
            )
            for each in found
        }

    def acts(self, batch_ids: Iterable[int]) -> list[int]:
        """Return the acts that some batches are of; a handful, not all of a store."""
        chosen = BatchRow.batch_id.in_(list(batch_ids))
        return list(self._session.scalars(select(ACT).where(chosen).distinct()))

    def shared_acts(self) -> dict[int, int]:
        """Return the acts of all batches that share one with others."""
        row = BatchRow
        # Compared, not asked for being null, so that the index of acts is taken.
        found = self._session.execute(select(row.batch_id, row.act_id).where(row.act_id > 0))
        return {each.batch_id: each.act_id for each in found}

    def acts_in(
        self, collection_ids: Iterable[int], *, limit: int = 50, offset: int = 0
    ) -> list[int]:
        """Return the acts that changed some collections, the newest first."""
        page = _FIRSTS.limit(min(limit, 200)).offset(offset)
        return list(self._session.scalars(page, {_KEYS.key: list(collection_ids)}))

    def outcomes(
        self, collection_ids: Iterable[int], *, limit: int | None = None
    ) -> list[BatchOutcome]:
        """Return what became of the batches of some collections that are ready.

        Returns:
            Those of the newest act first, and of an act its first batch first.

        Args:
            limit: How many acts are told, all where nothing is said.
        """
        keys = set(collection_ids)
        query, chosen = _OF_COLLECTIONS, list(keys)
        if limit is not None:
            acts = self._session.scalars(_NEWEST, {_KEYS.key: chosen, _LIMIT.key: limit})
            # Without the collections, so that the few are not sought among all of these.
            query, chosen = _OF_ACTS, list(acts)
        found = self._session.execute(query, {_KEYS.key: chosen})
        return [BatchOutcome._make(each) for each in found if each.collection_id in keys]


def _first_batches() -> Select[Any]:
    """Return a query of the acts that changed some collections, the newest first.

    Each is found by its first batch there: so many batches are gone through from the newest on
    as are asked for, not all.
    """
    row, other = BatchRow, aliased(BatchRow)
    first = (
        select(func.min(other.batch_id))
        .where(other.act_id == row.act_id, other.collection_id.in_(_KEYS))
        .scalar_subquery()
    )
    is_first = row.act_id.is_(None) | (row.batch_id == first)
    return select(ACT).where(row.collection_id.in_(_KEYS), is_first).order_by(row.batch_id.desc())


def _outcomes() -> Select[*tuple[Any, ...]]:
    """Return a query of the batches that are ready, in the columns of their outcome."""
    row = BatchRow
    columns = (
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
    return select(*columns).where(_IS_READY).order_by(ACT.desc(), row.batch_id)


# Made once: to make a query costs more than what it asks.
_KEYS: BindParameter[int] = bindparam("keys", expanding=True)
_LIMIT: BindParameter[int] = bindparam("most", type_=Integer)
_IS_READY = BatchRow.state == BatchState.READY
_FIRSTS = _first_batches()
_NEWEST = _FIRSTS.where(_IS_READY).limit(_LIMIT)
_OF_COLLECTIONS = _outcomes().where(BatchRow.collection_id.in_(_KEYS))
_OF_ACTS = _outcomes().where(BatchRow.batch_id.in_(_KEYS) | BatchRow.act_id.in_(_KEYS))
