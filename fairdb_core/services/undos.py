"""Undoing a batch: new versions that put back what stood before, in one transaction."""

from datetime import UTC, datetime

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import Batch, BatchKind, BatchState, EffectCounts
from fairdb_core.errors import ConflictError, ResourceNotFoundError
from fairdb_core.importers.normalise import identities_of
from fairdb_core.logs import get_logger
from fairdb_core.repositories.assessments import live
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.assess import assess
from fairdb_core.services.plans import content_hash

_log = get_logger(__name__)


class Undoer:
    """Undoes what was committed.

    Args:
        storage: The store.
        rubric: By which everything that is written is assessed.
    """

    def __init__(self, *, storage: Storage, rubric: Rubric) -> None:
        self._storage = storage
        self._rubric = rubric

    def undo(self, viewer: Viewer, batch: Batch) -> Batch:
        """Put back what stood before a batch, except where somebody changed it since.

        Raises:
            ConflictError: Every dataset of the batch was changed since.
        """
        now = datetime.now(UTC)
        with self._storage.work(statement_seconds=0) as work:
            work.collections.get(batch.collection_id, lock=True)
            written = work.dataset_versions.of_batch(batch.batch_id)
            is_untouched = pl.col("current_version_id") == pl.col("dataset_version_id")
            restored = written.filter(is_untouched)
            conflicts = written.height - restored.height
            if restored.is_empty():
                raise ConflictError(
                    "Nothing was undone: every dataset of this batch was changed afterwards."
                )
            versions = self._restoring_versions(work, restored)
            undo_id = self._stage_undo(work, viewer, batch, versions, conflicts)
            work.dataset_versions.point_to(undo_id, now)
            if _comes_of_form(work, batch):
                _restore_identities(work, batch.collection_id, versions)
            self._finish_undo(work, viewer, batch, undo_id, versions)
            done = work.batches.get(undo_id)
        if done is None:
            raise ResourceNotFoundError("Batch", undo_id)
        _log.info("batch_undone", batch_id=batch.batch_id, restored=restored.height)
        return done

    def _restoring_versions(self, work: Work, restored: pl.DataFrame) -> pl.DataFrame:
        """Return the versions that put datasets back, and their assessments beside them."""
        first = work.keys.reserve("dataset_versions", restored.height)
        was_absent = pl.col("previous_json").is_null() | pl.col("previous_is_deletion")
        return restored.select(
            "dataset_id",
            dataset_version_id=pl.int_range(pl.len(), dtype=pl.Int64) + first,
            metadata_json=pl.col("previous_json").fill_null("{}"),
            content_hash=pl.col("previous_hash").fill_null(content_hash("{}")),
            is_deletion=was_absent,
        )

    def _stage_undo(
        self, work: Work, viewer: Viewer, batch: Batch, versions: pl.DataFrame, conflicts: int
    ) -> int:
        undo_id = work.batches.add(
            viewer,
            batch.collection_id,
            BatchKind.UNDO,
            EffectCounts(update=versions.height, refused=conflicts),
            undoes_batch_id=batch.batch_id,
            score_before=_mean(work, batch.collection_id, self._rubric),
        )
        work.dataset_versions.add_versions(
            versions.with_columns(batch_id=pl.lit(undo_id), raw_json=pl.lit(""))
        )
        return undo_id

    def _finish_undo(
        self, work: Work, viewer: Viewer, batch: Batch, undo_id: int, versions: pl.DataFrame
    ) -> None:
        assessed = assess(records.frame_of_json(versions["metadata_json"]), self._rubric)
        keys = versions.select(
            "dataset_id", "dataset_version_id", "content_hash", is_deleted="is_deletion"
        )
        work.assessments.add(batch.collection_id, undo_id, self._rubric.key, keys.hstack(assessed))
        work.collections.raise_version(batch.collection_id)
        work.batches.finish(undo_id, BatchState.READY)
        work.batches.set_score_after(undo_id, _mean(work, batch.collection_id, self._rubric))
        work.batches.mark_undone(batch.batch_id, undo_id)
        if batch.undoes_batch_id is not None:
            work.batches.mark_undone(batch.undoes_batch_id, None)
        work.audit.add(
            viewer, "batch_undone", "batch", batch.batch_id, after={"undo_batch_id": undo_id}
        )


def _comes_of_form(work: Work, batch: Batch) -> bool:
    """Return whether a batch is a form save, or undoes one; only a form changes identities."""
    while batch.undoes_batch_id is not None:
        undone = work.batches.get(batch.undoes_batch_id)
        if undone is None:
            return False
        batch = undone
    return batch.kind is BatchKind.FORM


def _restore_identities(work: Work, collection_id: int, versions: pl.DataFrame) -> None:
    """Let datasets be known again as they were before a form changed that.

    Raises:
        ConflictError: Another dataset is known so by now.
    """
    standing = versions.filter(~pl.col("is_deletion"))
    identities = identities_of(records.frame_of_json(standing["metadata_json"]))
    known = work.datasets.matching(collection_id, identities.to_list())
    holders = dict(known.select("identity", "dataset_id").iter_rows())
    for dataset_id, identity in zip(standing["dataset_id"], identities, strict=True):
        holder = holders.get(identity)
        if holder is None:
            work.datasets.rename(dataset_id, identity)
        elif holder != dataset_id:
            shown = identity.removeprefix("title:")
            raise ConflictError(
                f"Nothing was undone: another dataset of this collection is {shown} by now."
            )


def _mean(work: Work, collection_id: int, rubric: Rubric) -> float | None:
    standing = live(work.assessments.rows([collection_id], rubric.rubric_id))
    return None if standing.is_empty() else standing["percent"].mean()  # type: ignore[return-value]
