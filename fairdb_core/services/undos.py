"""Undoing a batch: new versions that put back what stood before, staged unseen, then one switch.

A dataset that was changed since is put back field by field: what only the batch changed returns,
what somebody changed afterwards stays, and where both changed a field the later change wins and is
listed. What one act did to several collections is put back in all of them at once, or in none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import as_one
from fairdb_core.domain.undos import UndoPlan
from fairdb_core.domain.uploads import Batch, BatchKind, BatchState
from fairdb_core.errors import ConflictError, FAIRDatabaseError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.assessments import assessed_chunks, live
from fairdb_core.repositories.packed_texts import packed_texts
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.assess import assess
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.commits import ROWS_PER_PIECE
from fairdb_core.services.plans import mean_of
from fairdb_core.services.undo_plans import (
    PartToUndo,
    comes_of_form,
    counts_of,
    former_identities,
    holders_of,
    refusal_of,
    refusal_of_name,
    restorings_of,
    taken_among,
)

_log = get_logger(__name__)


@dataclass(frozen=True)
class UndoBegun:
    """An undo of what a batch did to one collection, under way.

    Attributes:
        batch: What is undone.
        data_version: The state of the collection for which it was worked out.
        versions: What is written.
        identities: By dataset, how it was known before a form changed that.
        standing: The assessments as they stand.
    """

    undo_id: int
    batch: Batch
    data_version: int
    versions: pl.DataFrame
    identities: dict[int, str]
    standing: pl.DataFrame


class Undoer:
    """Undoes what was committed.

    Args:
        storage: The store.
        rubric: By which everything that is written is assessed.
    """

    def __init__(self, *, storage: Storage, rubric: Rubric) -> None:
        self._storage = storage
        self._rubric = rubric

    def begin(
        self, viewer: Viewer, batch: Batch, shown: UndoPlan | None = None
    ) -> tuple[UndoBegun, ...]:
        """Work out what an undo puts back, and write down that it is under way.

        Returns:
            What is done to each collection of the batch; the undo is known by the first.

        Raises:
            ConflictError: Everything that the batch changed was changed since, or a collection
                is not as it was when the undo was shown.
        """
        with self._storage.work(statement_seconds=0) as work:
            # Held in one order, so that no two wait for each other.
            versions = {
                key: visible_collection(work, viewer, key, lock=True).data_version
                for key in sorted(part.collection_id for part in batch.of_each)
            }
            now = tuple(versions[part.collection_id] for part in batch.of_each)
            if shown is not None and shown.data_versions != now:
                raise ConflictError(
                    "The collection was changed after this was shown. "
                    "Nothing was undone; look at what an undo does now."
                )
            parts = restorings_of(work, batch)
            refusal = refusal_of(parts)
            if refusal:
                raise ConflictError(refusal)
            begun = tuple(
                self._begin(work, viewer, part, versions[part.batch.collection_id])
                for part in parts
            )
            work.batches.keep_together([each.undo_id for each in begun])
        return begun

    def carry_out(self, viewer: Viewer, begun: Sequence[UndoBegun]) -> Batch:
        """Put back what stood before a batch.

        Raises:
            ConflictError: Somebody changed a collection meanwhile, or another dataset is known
                by now as one of these was.
        """
        try:
            assessed = [self._stage(each) for each in begun]
            with self._storage.work(statement_seconds=0) as work:
                _stop_if_changed(work, begun)
                for each, rows in zip(begun, assessed, strict=True):
                    _switch(work, viewer, each, rows, self._rubric)
                done = as_one(work.batches.of_acts([begun[0].undo_id]))
        except BaseException as error:
            reason = str(error) if isinstance(error, FAIRDatabaseError) else "It was interrupted."
            with self._storage.work(statement_seconds=0) as work:
                for each in begun:
                    work.dataset_versions.discard_versions(each.undo_id)
                    work.batches.finish(each.undo_id, BatchState.FAILED, error=reason)
            raise
        _log.info("batch_undone", batch_id=begun[0].batch.batch_id, restored=done.counts.changes)
        return done

    def _begin(self, work: Work, viewer: Viewer, part: PartToUndo, version: int) -> UndoBegun:
        batch, restoring = part.batch, part.restoring
        versions = _numbered(work, restoring.versions)
        now = live(work.assessments.read([batch.collection_id], self._rubric.rubric_id).rows)
        undo_id = work.batches.add(
            viewer,
            batch.collection_id,
            BatchKind.UNDO,
            counts_of(restoring),
            undoes_batch_id=batch.batch_id,
            problems=restoring.conflicts,
            before=mean_of(now),
        )
        of_form = comes_of_form(work, batch)
        identities = former_identities(part.written, versions) if of_form else {}
        return UndoBegun(undo_id, batch, version, versions, identities, now)

    def _stage(self, begun: UndoBegun) -> pl.DataFrame:
        """Write the versions unseen, and return their assessments."""
        rows = begun.versions.with_columns(batch_id=pl.lit(begun.undo_id), raw_json=pl.lit(""))
        for start in range(0, rows.height, ROWS_PER_PIECE):
            with self._storage.work(statement_seconds=0, is_staging=True) as work:
                piece = rows.slice(start, ROWS_PER_PIECE)
                work.dataset_versions.add_versions(piece, packed_texts(piece["metadata_json"]))
                work.batches.report_progress(begun.undo_id, start + piece.height)
        assessed = assess(records.frame_of_json(rows["metadata_json"]), self._rubric)
        names = ("dataset_id", "dataset_version_id", "content_hash")
        return rows.select(*names, is_deleted="is_deletion").hstack(assessed)


def _stop_if_changed(work: Work, begun: Sequence[UndoBegun]) -> None:
    """Hold the collections of an undo, unless one is not as it was."""
    for each in sorted(begun, key=lambda each: each.batch.collection_id):
        collection = work.collections.get(each.batch.collection_id, lock=True)
        if collection is None or collection.data_version != each.data_version:
            raise ConflictError(
                "The collection was changed while this was being undone. "
                "Nothing was put back; undo it again."
            )


def _switch(
    work: Work, viewer: Viewer, begun: UndoBegun, assessed: pl.DataFrame, rubric: Rubric
) -> None:
    """Make everything that was staged for a collection visible."""
    batch, undo_id = begun.batch, begun.undo_id
    work.dataset_versions.point_to(undo_id, datetime.now(UTC))
    _restore_identities(work, batch.collection_id, begun.identities)
    work.assessments.add(batch.collection_id, undo_id, rubric.key, assessed_chunks(assessed))
    work.collections.raise_version(batch.collection_id)
    work.batches.finish(undo_id, BatchState.READY)
    work.assessments.join_small(batch.collection_id, rubric.id)
    work.batches.set_after(undo_id, mean_of(_after(begun.standing, assessed)))
    work.batches.mark_undone(batch.batch_id, undo_id)
    if batch.undoes_batch_id is not None:
        work.batches.mark_undone(batch.undoes_batch_id, None)
    work.audit.add(
        viewer, "batch_undone", "batch", batch.batch_id, after={"undo_batch_id": undo_id}
    )


def _numbered(work: Work, versions: pl.DataFrame) -> pl.DataFrame:
    first = work.keys.reserve("dataset_versions", versions.height)
    return versions.with_columns(dataset_version_id=pl.int_range(pl.len(), dtype=pl.Int64) + first)


def _restore_identities(work: Work, collection_id: int, identities: dict[int, str]) -> None:
    """Let datasets be known again as they were before a form changed that.

    Raises:
        ConflictError: Another dataset is known so by now.
    """
    taken = taken_among(work, collection_id, identities)
    if taken is not None:
        raise ConflictError(refusal_of_name(taken))
    holders = holders_of(work, collection_id, identities)
    for dataset_id, identity in identities.items():
        if identity not in holders:
            work.datasets.rename(dataset_id, identity)


def _after(standing: pl.DataFrame, assessed: pl.DataFrame) -> pl.DataFrame:
    """Return the assessments that stand once some datasets have new ones."""
    new = assessed.filter(~pl.col("is_deleted")).select("dataset_id", "percent")
    if standing.is_empty():
        return new
    kept = standing.select("dataset_id", "percent").join(
        assessed.select("dataset_id"), on="dataset_id", how="anti"
    )
    return pl.concat([kept, new])
