"""Batches as one person sees them: those of one act over several collections as one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import as_one, mean_together
from fairdb_core.domain.permissions import Action, is_allowed
from fairdb_core.domain.uploads import Batch, MeanScore
from fairdb_core.repositories.batch_lists import BatchOutcome
from fairdb_core.repositories.storage import Work

Part = TypeVar("Part", Batch, BatchOutcome)


def changed_by(work: Work, viewer: Viewer) -> set[int]:
    """Return the collections in which the viewer may undo batches."""
    return {
        collection.collection_id
        for collection in work.collections.visible(viewer)
        if is_allowed(viewer, Action.UNDO_BATCHES, collection)
    }


def by_act(batches: Iterable[Part]) -> list[list[Part]]:
    """Return batches act by act, in their order."""
    acts: dict[int, list[Part]] = {}
    for batch in batches:
        acts.setdefault(batch.act_id or batch.batch_id, []).append(batch)
    return list(acts.values())


def outcome_of(parts: Sequence[BatchOutcome]) -> BatchOutcome:
    """Return what became of one act in all of its collections."""
    if len(parts) == 1:
        return parts[0]
    before = mean_together(MeanScore(each.score_before, each.judged_before) for each in parts)
    after = mean_together(MeanScore(each.score_after, each.judged_after) for each in parts)
    return parts[0]._replace(
        update_count=sum(each.update_count for each in parts),
        create_count=sum(each.create_count for each in parts),
        remove_count=sum(each.remove_count for each in parts),
        score_before=before.percent,
        judged_before=before.count,
        score_after=after.percent,
        judged_after=after.count,
    )


def batches_of_acts(work: Work, viewer: Viewer, act_ids: Iterable[int]) -> list[Batch]:
    """Return some acts, the newest first, each without what the viewer may not undo."""
    ours, told = changed_by(work, viewer), []
    for parts in by_act(work.batches.of_acts(act_ids)):
        seen = [part for part in parts if part.collection_id in ours]
        if seen:
            told.append(replace(as_one(seen), is_partial=len(seen) < len(parts)))
    return told
