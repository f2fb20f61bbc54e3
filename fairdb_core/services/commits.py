"""Carrying out plans and undoing batches: staged in pieces that nobody sees, then one switch.

A piece is committed at a time, so that a long import shows its progress and does not keep others
from writing. The last transaction makes everything visible at once; a program that stops before
it has changed nothing, and the next start clears what was staged.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import Batch, BatchState
from fairdb_core.errors import ConflictError, FAIRDatabaseError, ResourceNotFoundError
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
    """A batch that a plan is carried out as.

    Attributes:
        is_ours: Whether the caller has to carry it out; else somebody did, or is about to.
    """

    batch_id: int
    is_ours: bool


class Committer:
    """Writes what was planned.

    Args:
        storage: The store.
        rubric: By which everything that is written is assessed.
    """

    def __init__(self, *, storage: Storage, rubric: Rubric) -> None:
        self._storage = storage
        self._rubric = rubric

    def begin(self, viewer: Viewer, plan: Plan, *, at: datetime | None = None) -> Begun:
        """Write down that a plan is being carried out, and return its batch.

        Args:
            viewer: Who commits; permission was checked.
            plan: What is carried out.
            at: When it happened, now unless a history is being told.
        """
        with self._storage.work() as work:
            # Held, so that of two who begin the same plan at once the second finds the first.
            work.collections.get(plan.collection_id, lock=True)
            earlier = work.batches.by_import_id(plan.digest)
            if earlier is not None:
                return Begun(earlier.batch_id, is_ours=False)
            batch_id = work.batches.add(
                viewer,
                plan.collection_id,
                plan.kind,
                plan.counts,
                import_id=plan.digest,
                report=plan.report,
                mapping=plan.mapping,
                problems=plan.problems,
                score_before=plan.score_before,
                score_after=plan.score_after,
                title=plan.title,
                at=at,
            )
        return Begun(batch_id, is_ours=True)

    def carry_out(
        self, viewer: Viewer, plan: Plan, begun: Begun, *, at: datetime | None = None
    ) -> Batch:
        """Do what the plan says; a batch that is ready already is left as it is.

        Raises:
            ConflictError: Somebody changed the collection after the plan was made, or is
                carrying it out now.
        """
        if not begun.is_ours:
            return self._done_by_another(begun.batch_id)
        changes = _with_keys(self._storage, plan.changes)
        return self._write(viewer, plan, begun.batch_id, changes, at or datetime.now(UTC))

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

    def _done_by_another(self, batch_id: int) -> Batch:
        with self._storage.read() as work:
            batch = work.batches.get(batch_id)
        if batch is None or batch.state is not BatchState.READY:
            raise ConflictError("This is being stored already; wait until it is done.")
        return batch

    def _write(
        self, viewer: Viewer, plan: Plan, batch_id: int, changes: pl.DataFrame, at: datetime
    ) -> Batch:
        try:
            assessed = _Staging(self._storage, plan, batch_id).write(changes)
            with self._storage.work(statement_seconds=0) as work:
                _switch(work, viewer, plan, batch_id, changes=changes, assessed=assessed, at=at)
                batch = work.batches.get(batch_id)
        except BaseException as error:
            reason = str(error) if isinstance(error, FAIRDatabaseError) else "It was interrupted."
            with self._storage.work(statement_seconds=0) as work:
                _fail(work, batch_id, reason)
            raise
        if batch is None:
            raise ResourceNotFoundError("Batch", batch_id)
        _log.info("batch_committed", batch_id=batch_id, rows=changes.height)
        return batch


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


def _switch(
    work: Work,
    viewer: Viewer,
    plan: Plan,
    batch_id: int,
    *,
    changes: pl.DataFrame,
    assessed: list[AssessedChunk],
    at: datetime,
) -> None:
    """Make everything that was staged visible."""
    collection = work.collections.get(plan.collection_id, lock=True)
    if collection is None or collection.data_version != plan.data_version:
        raise ConflictError(
            "The collection was changed after this preview was made. "
            "Nothing was stored; look at the new preview and commit again."
        )
    batch = work.batches.get(batch_id, lock=True)
    if batch is None or batch.state is not BatchState.RUNNING:
        raise ConflictError("This was taken for interrupted. Nothing was stored; commit again.")
    _point_to_versions(work, plan.collection_id, batch_id, changes, at)
    if plan.new_identity is not None:
        work.datasets.rename(plan.rows["dataset_id"].item(), plan.new_identity)
    work.assessments.add(plan.collection_id, batch_id, plan.rubric.key, assessed, at=at)
    work.collections.raise_version(plan.collection_id)
    work.batches.finish(batch_id, BatchState.READY, at=at)
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
