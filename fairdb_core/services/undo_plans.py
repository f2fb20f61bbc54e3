"""What undoing a batch would do, told by what carries it out, before anybody decides."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import ONLY_TOGETHER
from fairdb_core.domain.permissions import Action, require
from fairdb_core.domain.undos import UndoPlan
from fairdb_core.domain.uploads import Batch, BatchKind, BatchState, EffectCounts
from fairdb_core.errors import AuthorizationError, ConflictError
from fairdb_core.importers.normalise import identities_of
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.services.acts import batches_of_acts
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
        """Return those of some batches that the viewer may undo and that nobody undid.

        A batch that is of an act over several collections is given as the whole act.
        """
        asked = set(batch_ids)
        with self._storage.read() as work:
            found = batches_of_acts(work, viewer, work.batches.acts(asked))
        return {
            part.batch_id: batch
            for batch in found
            for part in batch.of_each
            if part.batch_id in asked and batch.can_be_undone
        }

    def plan(self, viewer: Viewer, batch_id: int) -> UndoPlan:
        """Work out what undoing a batch would do; nothing is stored.

        Raises:
            AuthorizationError: The viewer may not change one of its collections.
            ConflictError: It was undone already.
            ResourceNotFoundError: There is no such batch for the viewer.
        """
        with self._storage.snapshot() as work:
            batch = batch_to_undo(work, viewer, batch_id)
            collections = [
                visible_collection(work, viewer, part.collection_id) for part in batch.of_each
            ]
            restorings = restorings_of(work, batch)
            counts = [counts_of(each.restoring) for each in restorings]
            return UndoPlan(
                batch_id=batch.batch_id,
                collection_names=tuple(each.name for each in collections),
                data_versions=tuple(each.data_version for each in collections),
                put_back=sum(each.update for each in counts),
                removed=sum(each.remove for each in counts),
                kept=sum(each.refused for each in counts),
                refusal=refusal_of(restorings) or _refusal_of_names(work, restorings),
            )


def batch_to_undo(work: Work, viewer: Viewer, batch_id: int) -> Batch:
    """Return a batch that the viewer may undo, with all of the act that it is of.

    Raises:
        AuthorizationError: The viewer may not change one of its collections.
        ConflictError: It was undone already, or is not finished.
        ResourceNotFoundError: There is no such batch for the viewer.
    """
    named, collection = visible_batch(work, viewer, batch_id)
    require(viewer, Action.UNDO_BATCHES, collection)
    (batch,) = batches_of_acts(work, viewer, [named.act_id or batch_id])
    if batch.is_partial:
        raise AuthorizationError(ONLY_TOGETHER)
    if batch.is_undone:
        raise ConflictError("This upload was undone already.")
    if batch.state is not BatchState.READY:
        raise ConflictError("Only a finished upload can be undone.")
    return batch


@dataclass(frozen=True)
class PartToUndo:
    """What an undo does to one collection.

    Attributes:
        batch: What is undone there.
        written: What ``DatasetVersionRepository.to_undo`` gave of it.
    """

    batch: Batch
    written: pl.DataFrame
    restoring: Restoring


def restorings_of(work: Work, batch: Batch) -> list[PartToUndo]:
    """Return what undoing a batch puts back in each of its collections."""
    written = [work.dataset_versions.to_undo(part.batch_id) for part in batch.of_each]
    return [
        PartToUndo(part, rows, restoring_of(rows))
        for part, rows in zip(batch.of_each, written, strict=True)
    ]


def _refusal_of_names(work: Work, parts: Iterable[PartToUndo]) -> str:
    """Return why datasets cannot be known again as they were, empty where they can."""
    for part in parts:
        if not comes_of_form(work, part.batch):
            continue
        former = former_identities(part.written, part.restoring.versions)
        taken = taken_among(work, part.batch.collection_id, former)
        if taken is not None:
            return refusal_of_name(taken)
    return ""


def counts_of(restoring: Restoring) -> EffectCounts:
    """Return how many datasets an undo puts back, removes, and leaves with later changes."""
    removed = int(restoring.versions["is_deletion"].sum())
    put_back = restoring.versions.height - removed
    return EffectCounts(update=put_back, refused=restoring.conflict_count, remove=removed)


def refusal_of(parts: Iterable[PartToUndo]) -> str:
    """Return why an undo that puts nothing back is none, empty where it puts something back."""
    restorings = [part.restoring for part in parts]
    if any(each.versions.height for each in restorings):
        return ""
    first = next((each.conflicts[0] for each in restorings if each.conflicts), None)
    if first is None:
        return "Nothing can be undone: everything stands as it did before this batch."
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
