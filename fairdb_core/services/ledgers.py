"""Who gained how much: what each batch did to the scores of datasets that stood before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import names_together
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.ledgers import Ledger, LedgerLine, PersonGain
from fairdb_core.domain.permissions import Action, is_allowed
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.repositories.batch_lists import BatchOutcome
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.spans import TO_CENTS
from fairdb_core.services.acts import by_act, outcome_of
from fairdb_core.services.past import Past
from fairdb_core.services.score_frames import ScoreFrames, state_of

_DIGITS = 2


class LedgerService:
    """Gains of the batches in collections that somebody may change.

    Args:
        storage: The store.
        cache: Where ledgers are kept, by everything they depend on.
        rubrics: By id; the first is the one by which everything is assessed.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._cache = cache
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def ledger(self, viewer: Viewer) -> Ledger:
        """Return what every batch and every person gained, by the usual rubric.

        A gain is by how many points the scores of datasets rose that stood before the batch, added
        up over these datasets. New datasets gain nothing, and what was undone does not count.
        """
        rubric = self._frames.rubric("")
        with self._storage.read() as work:
            changed = [
                collection
                for collection in work.collections.visible(viewer)
                if is_allowed(viewer, Action.UNDO_BATCHES, collection)
            ]
            key = ("ledger", rubric.key, state_of(changed))
            return self._cache.compute(key, lambda: self._worked_out(work, changed, rubric))

    def _worked_out(self, work: Work, changed: Sequence[Collection], rubric: Rubric) -> Ledger:
        names = {collection.collection_id: collection.name for collection in changed}
        judged = self._frames.judged(work, changed, rubric)
        gains = gains_by_batch(judged.past) if judged.versions.height else {}
        done = (batch for batch in work.batches.outcomes(names) if batch.kind != BatchKind.UNDO)
        lines = tuple(_line_of_act(parts, names, gains) for parts in by_act(done))
        return Ledger(lines, people_of(lines))


def gains_by_batch(past: Past) -> dict[int, tuple[int, float]]:
    """Return for each batch how many datasets got another score, and the points gained."""
    several, size = past.several, len(past.batch_ids)
    before, after = several.rank[:-1], several.rank[1:]
    has_moved = several.follows[1:] & (before != after)
    has_moved &= (before < past.unjudged) & (after < past.unjudged)
    moved = np.flatnonzero(has_moved)
    batch = several.batch[1:][moved]
    gained = past.cents[after[moved]] - past.cents[before[moved]]
    counts, cents = np.bincount(batch, minlength=size), np.bincount(batch, gained, size)
    return {
        int(past.batch_ids[at] or 0): (int(counts[at]), float(cents[at]) / TO_CENTS)
        for at in np.flatnonzero(counts)
    }


def people_of(lines: Iterable[LedgerLine]) -> tuple[PersonGain, ...]:
    """Return what each person gained, those who gained most first."""
    by_name: dict[str, list[LedgerLine]] = {}
    for line in lines:
        if not line.is_undone:
            by_name.setdefault(line.author_name, []).append(line)
    people = [
        PersonGain(
            name,
            len(theirs),
            sum(line.dataset_count for line in theirs),
            round(sum(line.points for line in theirs), _DIGITS),
        )
        for name, theirs in by_name.items()
    ]
    return tuple(sorted(people, key=lambda person: (-person.points, person.author_name)))


def _line_of_act(
    parts: Sequence[BatchOutcome],
    names: Mapping[int, str],
    gains: Mapping[int, tuple[int, float]],
) -> LedgerLine:
    """Return what one act gained, with what it gained in each collection where it has several."""
    own = [names[batch.collection_id] for batch in parts]
    gained = [gains.get(batch.batch_id, (0, 0.0)) for batch in parts]
    count, points = (sum(each) for each in zip(*gained, strict=True))
    line = _line(outcome_of(parts), names_together(own), int(count), points)
    if len(parts) == 1:
        return line
    told = zip(parts, own, gained, strict=True)
    return replace(line, parts=tuple(_line(batch, name, *gain) for batch, name, gain in told))


def _line(
    batch: BatchOutcome, collection_name: str, dataset_count: int, points: float
) -> LedgerLine:
    return LedgerLine(
        batch_id=batch.batch_id,
        kind=BatchKind(batch.kind),
        name=batch.name,
        collection_name=collection_name,
        author_name=batch.author_name,
        at=batch.created_at,
        mean_before=batch.score_before,
        mean_after=batch.score_after,
        dataset_count=dataset_count,
        points=round(points, _DIGITS),
        is_undone=batch.is_undone,
    )
