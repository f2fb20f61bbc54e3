"""What undoing a batch would do, told by what carries it out, before anybody decides."""

from collections.abc import Iterable

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.domain.undos import UndoPlan
from fairdb_core.domain.uploads import Batch, BatchKind, BatchState, EffectCounts
from fairdb_core.errors import ConflictError
from fairdb_core.importers.normalise import identities_of
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.services.collections import visible_batch, visible_collection
from fairdb_core.services.restoring import Restoring, restoring_of


class UndoPlanService:
    """What one person may undo, and what that would do.

    Args:
        storage: The store.
    """

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    def possible(self, viewer: Viewer, batch_ids: Iterable[int]) -> dict[int, Batch]:
        """Return those of some batches that the viewer may undo and that nobody undid."""
        with self._storage.read() as work:
            ours = {
                collection.collection_id
                for collection in work.collections.visible(viewer)
                if is_allowed(viewer, Action.UNDO_BATCHES, collection)
            }
            found = work.batches.some(batch_ids)
        return {
            key: batch
            for key, batch in found.items()
            if batch.collection_id in ours and batch.can_be_undone
        }

    def plan(self, viewer: Viewer, batch_id: int) -> UndoPlan:
        """Work out what undoing a batch would do; nothing is stored.

        Raises:
            AuthorizationError: The viewer may not change this collection.
            ConflictError: It was undone already.
            ResourceNotFoundError: There is no such batch for the viewer.
        """
        with self._storage.snapshot() as work:
            batch = batch_to_undo(work, viewer, batch_id)
            collection = visible_collection(work, viewer, batch.collection_id)
            written = work.dataset_versions.to_undo(batch_id)
            restoring = restoring_of(written)
            counts = counts_of(restoring)
            return UndoPlan(
                batch_id=batch_id,
                collection_name=collection.name,
                data_version=collection.data_version,
                put_back=counts.update,
                removed=counts.remove,
                kept=counts.refused,
                refusal=_refusal(work, batch, written, restoring),
            )


def batch_to_undo(work: Work, viewer: Viewer, batch_id: int) -> Batch:
    """Return a batch that the viewer may undo.

    Raises:
        AuthorizationError: The viewer may not change this collection.
        ConflictError: It was undone already, or is not finished.
        ResourceNotFoundError: There is no such batch for the viewer.
    """
    batch, collection = visible_batch(work, viewer, batch_id)
    require(viewer, Action.UNDO_BATCHES, collection)
    if batch.undone_by_batch_id is not None:
        raise ConflictError("This upload was undone already.")
    if batch.state is not BatchState.READY:
        raise ConflictError("Only a finished upload can be undone.")
    return batch


def _refusal(work: Work, batch: Batch, written: pl.DataFrame, restoring: Restoring) -> str:
    """Return why nothing would be undone, empty where something would."""
    if restoring.versions.is_empty():
        return refusal_of(restoring)
    if not comes_of_form(work, batch):
        return ""
    former = former_identities(written, restoring.versions)
    taken = taken_among(work, batch.collection_id, former)
    return "" if taken is None else refusal_of_name(taken)


def counts_of(restoring: Restoring) -> EffectCounts:
    """Return how many datasets an undo puts back, removes, and leaves with later changes."""
    removed = int(restoring.versions["is_deletion"].sum())
    put_back = restoring.versions.height - removed
    return EffectCounts(update=put_back, refused=restoring.conflict_count, remove=removed)


def refusal_of(restoring: Restoring) -> str:
    """Return why an undo that puts nothing back is none."""
    if not restoring.conflicts:
        return "Nothing can be undone: everything stands as it did before this batch."
    first = restoring.conflicts[0]
    shown = first.identity.removeprefix("title:")
    what = f"{first.field_title} of {shown}" if first.field_title else shown
    return (
        "Nothing can be undone: everything in this batch was changed afterwards, "
        f"for example {what}. Later changes are never written over."
    )


def refusal_of_name(identity: str) -> str:
    """Return why a dataset cannot be known again as it was."""
    shown = identity.removeprefix("title:")
    return f"Nothing can be undone: another dataset of this collection is {shown} by now."


def comes_of_form(work: Work, batch: Batch) -> bool:
    """Return whether a batch is a form save, or undoes one; only a form changes identities."""
    while batch.undoes_batch_id is not None:
        undone = work.batches.get(batch.undoes_batch_id)
        if undone is None:
            return False
        batch = undone
    return batch.kind is BatchKind.FORM


def former_identities(written: pl.DataFrame, versions: pl.DataFrame) -> dict[int, str]:
    """Return how datasets were known before, of those that get back what they were known by."""
    both = versions.filter(~pl.col("is_deletion")).join(
        written.select("dataset_id", "previous_json"), on="dataset_id", maintain_order="left"
    )
    former = identities_of(records.frame_of_json(both["previous_json"]))
    restored = identities_of(records.frame_of_json(both["metadata_json"]))
    return {
        dataset_id: was
        for dataset_id, was, now in zip(both["dataset_id"], former, restored, strict=True)
        if was == now
    }


def taken_among(work: Work, collection_id: int, identities: dict[int, str]) -> str | None:
    """Return the first of these identities by which another dataset is known by now."""
    holders = holders_of(work, collection_id, identities)
    for dataset_id, identity in identities.items():
        if holders.get(identity, dataset_id) != dataset_id:
            return identity
    return None


def holders_of(work: Work, collection_id: int, identities: dict[int, str]) -> dict[str, int]:
    """Return which datasets are known by some of these identities now."""
    known = work.datasets.matching(collection_id, list(identities.values()))
    return dict(known.select("identity", "dataset_id").iter_rows())
