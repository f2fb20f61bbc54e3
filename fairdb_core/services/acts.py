"""Batches as one person sees them: those of one act over several collections as one."""

from collections.abc import Iterable
from dataclasses import replace

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import as_one
from fairdb_core.domain.permissions import Action, is_allowed
from fairdb_core.domain.uploads import Batch
from fairdb_core.repositories.storage import Work


def changed_by(work: Work, viewer: Viewer) -> set[int]:
    """Return the collections in which the viewer may undo batches."""
    return {
        collection.collection_id
        for collection in work.collections.visible(viewer)
        if is_allowed(viewer, Action.UNDO_BATCHES, collection)
    }


def batches_of_acts(work: Work, viewer: Viewer, act_ids: Iterable[int]) -> list[Batch]:
    """Return some acts, the newest first, each without what the viewer may not undo."""
    ours, acts = changed_by(work, viewer), dict[int, list[Batch]]()
    for part in work.batches.of_acts(act_ids):
        acts.setdefault(part.act_id or part.batch_id, []).append(part)
    told = []
    for parts in acts.values():
        seen = [part for part in parts if part.collection_id in ours]
        if seen:
            told.append(replace(as_one(seen), is_partial=len(seen) < len(parts)))
    return told
