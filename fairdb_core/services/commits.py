"""Carrying out plans: staged in pieces that nobody sees, then one switch.

A piece is committed at a time, so that a long import shows its progress and does not keep others
from writing. The last transaction makes everything visible at once; a program that stops before
it has changed nothing, and the next start clears what was staged. Plans for several collections
are one act: one switch makes all of it visible, or nothing.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import as_one
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.uploads import Batch, BatchState
from fairdb_core.errors import ConflictError, FAIRDatabaseError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.assessments import AssessedChunk, assessed_chunks
from fairdb_core.repositories.packed_texts import packed_texts
from fairdb_core.repositories.raw_cells import packed
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.services.plans import FIRST_ROW, Plan

ROWS_PER_PIECE = 12_000
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """The batches that plans are carried out as.

    Attributes:
        batch_ids: One a plan, in their order.
        is_ours: Whether the caller has to carry them out; else somebody did, or is about to.
    """

    batch_ids: tuple[int, ...]
    is_ours: bool

    @property
    def act_id(self) -> int:
        """By which all of it is known."""
        return self.batch_ids[0]


@dataclass(frozen=True)
class _Staged:
    """A batch that is written and not seen yet."""

    batch_id: int
    plan: Plan
    changes: pl.DataFrame
    assessed: list[AssessedChunk]


class Committer:
    """Writes what was planned.

    Args:
        storage: The store.
        rubric: By which everything that is written is assessed.
    """

    def __init__(self, *, storage: Storage, rubric: Rubric) -> None:
        self._storage = storage
        self._rubric = rubric

    def begin(self, viewer: Viewer, plans: Sequence[Plan], *, at: datetime | None = None) -> Begun:
        """Write down that plans are being carried out, and return their batches.

        Args:
            viewer: Who commits; permission was checked.
            plans: What is carried out, each for another collection.
            at: When it happened, now unless a history is being told.

        Raises:
            ConflictError: A part of it was stored already.
        """
        with self._storage.work() as work:
            # Held, so that of two who begin the same plan at once the second finds the first.
            _lock_collections(work, plans)
            earlier = _begun_before(work, plans)
            if earlier is not None:
                return earlier
            batch_ids = [_add_batch(work, viewer, plan, at) for plan in plans]
            work.batches.keep_together(batch_ids)
        return Begun(tuple(batch_ids), is_ours=True)

    def carry_out(
        self, viewer: Viewer, plans: Sequence[Plan], begun: Begun, *, at: datetime | None = None
    ) -> Batch:
        """Do what the plans say; what is ready already is left as it is.

        Raises:
            ConflictError: Somebody changed a collection after its plan was made, or is
                carrying it out now.
        """
        if not begun.is_ours:
            return self._done_by_another(begun)
        at = at or datetime.now(UTC)
        try:
            staged = [
                self._stage(plan, batch_id)
                for plan, batch_id in zip(plans, begun.batch_ids, strict=True)
            ]
            with self._storage.work(statement_seconds=0) as work:
                _stop_if_changed(work, staged)
                for each in staged:
                    _switch(work, viewer, each, at)
                done = as_one(work.batches.of_acts([begun.act_id]))
        except BaseException as error:
            reason = str(error) if isinstance(error, FAIRDatabaseError) else "It was interrupted."
            with self._storage.work(statement_seconds=0) as work:
                for batch_id in begun.batch_ids:
                    _fail(work, batch_id, reason)
            raise
        _log.info("batch_committed", batch_id=done.batch_id, rows=done.rows_done)
        return done

    def clear_interrupted(self, *, after: timedelta) -> int:
        """Clear what stopped half way, and return how many batches that were.

        Args:
            after: How long a job has to be silent to count as stopped.
        """
        with self._storage.work(statement_seconds=0) as work:
            silent = work.batches.silent(after=after)
            for batch_id in silent:
                _fail(work, batch_id, "The program stopped before the end; nothing was changed.")
        return len(silent)

    def _done_by_another(self, begun: Begun) -> Batch:
        with self._storage.read() as work:
            batch = as_one(work.batches.of_acts([begun.act_id]))
        if batch.state is not BatchState.READY:
            raise ConflictError("This is being stored already; wait until it is done.")
        return batch

    def _stage(self, plan: Plan, batch_id: int) -> _Staged:
        changes = _with_keys(self._storage, plan.changes)
        assessed = _Staging(self._storage, plan, batch_id).write(changes)
        return _Staged(batch_id, plan, changes, assessed)


class _Staging:
    """Writes the versions of a batch piece by piece, which nobody sees yet.

    PostgreSQL takes two pieces at once; SQLite takes one, while the next one is packed.
    """

    def __init__(self, storage: Storage, plan: Plan, batch_id: int) -> None:
        self._storage = storage
        self._plan = plan
        self._batch_id = batch_id
        self._one_writer = Lock() if storage.is_sqlite else nullcontext()
        self._counting = Lock()
        self._done = 0

    def write(self, changes: pl.DataFrame) -> list[AssessedChunk]:
        """Write all versions, and return their assessments as they are stored."""
        keys = changes.select(
            "dataset_id",
            "dataset_version_id",
            content_hash=_hashes_of(changes),
            is_deleted=pl.lit(value=False),
        )
        with ThreadPoolExecutor(max_workers=2, thread_name_prefix="pieces") as threads:
            pieces = [
                threads.submit(self._write, piece) for piece in changes.iter_slices(ROWS_PER_PIECE)
            ]
            assessed = threads.submit(assessed_chunks, keys.hstack(self._plan.assessed))
            for piece in pieces:
                piece.result()
            return assessed.result()

    def _write(self, piece: pl.DataFrame) -> None:
        raw = self._plan.raw
        cells = [] if raw is None else packed(raw[piece["row"] - FIRST_ROW])
        texts = packed_texts(piece["metadata_json"])
        with self._one_writer, self._storage.work(statement_seconds=0, is_staging=True) as work:
            work.dataset_versions.add_versions(_versions(piece, self._batch_id), texts)
            work.raw_cells.add(self._batch_id, int(piece["dataset_version_id"][0]), cells)
            with self._counting:
                self._done += piece.height
                work.batches.report_progress(self._batch_id, self._done)


def _with_keys(storage: Storage, changes: pl.DataFrame) -> pl.DataFrame:
    """Return the changes with the keys of their datasets and versions."""
    is_new = changes["dataset_id"].is_null()
    new_count = int(is_new.sum())
    with storage.work() as work:
        first_version = work.keys.reserve("dataset_versions", changes.height)
        first_dataset = work.keys.reserve("datasets", new_count)
    # New datasets are numbered in the order of their identities, so that rows come in the order of
    # both indexes.
    new = pl.DataFrame({"place": is_new.arg_true(), "identity": changes["identity"].filter(is_new)})
    places = new.sort("identity")["place"]
    ids = changes["dataset_id"].scatter(places, pl.int_range(new_count, eager=True) + first_dataset)
    return changes.with_columns(
        is_new=is_new,
        dataset_version_id=pl.int_range(pl.len(), dtype=pl.Int64) + first_version,
        dataset_id=ids,
    )


def _lock_collections(work: Work, plans: Iterable[Plan]) -> dict[int, Collection | None]:
    """Return the collections of some plans, held against other writers."""
    # In one order, so that no two wait for each other.
    keys = sorted(plan.collection_id for plan in plans)
    return {key: work.collections.get(key, lock=True) for key in keys}


def _begun_before(work: Work, plans: Sequence[Plan]) -> Begun | None:
    """Return as which batches somebody began these plans, ``None`` where nobody did.

    Raises:
        ConflictError: Some of them were begun, or not in one act.
    """
    found = [work.batches.by_import_id(plan.digest) for plan in plans]
    earlier = [each for each in found if each is not None]
    if not earlier:
        return None
    acts = {each.act_id or each.batch_id for each in earlier}
    if len(earlier) < len(plans) or len(acts) > 1:
        raise ConflictError("A part of this is stored already. Look at a new preview.")
    return Begun(tuple(each.batch_id for each in earlier), is_ours=False)


def _add_batch(work: Work, viewer: Viewer, plan: Plan, at: datetime | None) -> int:
    return work.batches.add(
        viewer,
        plan.collection_id,
        plan.kind,
        plan.counts,
        import_id=plan.digest,
        report=plan.report,
        mapping=plan.mapping,
        problems=plan.problems,
        before=plan.before,
        after=plan.after,
        title=plan.title,
        at=at,
    )


def _stop_if_changed(work: Work, staged: Sequence[_Staged]) -> None:
    """Hold the collections of an act, unless one is not as it was or the act was given up."""
    collections = _lock_collections(work, [each.plan for each in staged])
    for each in staged:
        collection = collections[each.plan.collection_id]
        if collection is None or collection.data_version != each.plan.data_version:
            raise ConflictError(
                "The collection was changed after this preview was made. "
                "Nothing was stored; look at the new preview and commit again."
            )
        batch = work.batches.get(each.batch_id, lock=True)
        if batch is None or batch.state is not BatchState.RUNNING:
            raise ConflictError("This was taken for interrupted. Nothing was stored; commit again.")


def _switch(work: Work, viewer: Viewer, staged: _Staged, at: datetime) -> None:
    """Make everything that was staged for a collection visible."""
    plan, batch_id = staged.plan, staged.batch_id
    _point_to_versions(work, plan.collection_id, batch_id, staged.changes, at)
    if plan.new_identity is not None:
        work.datasets.rename(plan.rows["dataset_id"].item(), plan.new_identity)
    work.assessments.add(plan.collection_id, batch_id, plan.rubric.key, staged.assessed, at=at)
    work.collections.raise_version(plan.collection_id)
    work.batches.finish(batch_id, BatchState.READY, at=at)
    work.assessments.join_small(plan.collection_id, plan.rubric.id)
    work.audit.add(
        viewer,
        f"{plan.kind.value}_committed",
        "batch",
        batch_id,
        after={
            "collection_id": plan.collection_id,
            "file_name": plan.report.file_name if plan.report else "",
            "created": plan.counts.create,
            "updated": plan.counts.update,
        },
    )


def _point_to_versions(
    work: Work, collection_id: int, batch_id: int, changes: pl.DataFrame, at: datetime
) -> None:
    new = changes.filter("is_new")
    work.datasets.add_datasets(
        collection_id,
        new.select("dataset_id", "identity", current_version_id="dataset_version_id"),
    )
    if new.height < changes.height:
        work.dataset_versions.point_to(batch_id, at)


def _versions(changes: pl.DataFrame, batch_id: int) -> pl.DataFrame:
    return changes.select(
        "dataset_version_id",
        "dataset_id",
        "metadata_json",
        content_hash=_hashes_of(changes),
        raw_json=pl.lit(""),
        batch_id=pl.lit(batch_id),
        is_deletion=pl.lit(value=False),
    )


def _hashes_of(changes: pl.DataFrame) -> pl.Series:
    return records.hashes_of_digests(changes["digest"])


def _fail(work: Work, batch_id: int, reason: str) -> None:
    batch = work.batches.get(batch_id, lock=True)
    if batch is None or batch.state is BatchState.READY:
        return
    work.dataset_versions.discard_versions(batch_id)
    work.raw_cells.discard(batch_id)
    work.batches.finish(batch_id, BatchState.FAILED, error=reason)
