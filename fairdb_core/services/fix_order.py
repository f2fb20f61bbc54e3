"""In which order to fix the datasets that match: finished for the screen, kept while it holds."""

from collections.abc import Mapping
from dataclasses import replace

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.fix_orders import Crossing, FailureSignature, FixOrder, FixStep
from fairdb_core.domain.summaries import TARGET_PERCENT, CheckMethod, Filters
from fairdb_core.errors import ValidationError
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.crossings import CrossingSet, crossing_sets
from fairdb_core.scoring.fix_order import Signature, fix_gains, signatures
from fairdb_core.scoring.fixables import COUNT, mean_percent
from fairdb_core.services.assessments import readable_collections
from fairdb_core.services.narrowing import Scope, matching, reliefs
from fairdb_core.services.remedies import field_to_change, fix_of, title_of
from fairdb_core.services.score_frames import ScoreFrames, state_of
from fairdb_core.services.standing import Standing

SIGNATURES_SHOWN = 20
_WHOLE = 100


class FixOrderService:
    """What to fix first in the datasets that somebody may read.

    Args:
        storage: The store.
        cache: Where orders are kept, by everything they depend on.
        rubrics: By id; the first is the one that is taken when none is chosen.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._cache = cache
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def order(
        self,
        viewer: Viewer,
        filters: Filters,
        *,
        rubric_id: str = "",
        target: float = TARGET_PERCENT,
    ) -> FixOrder:
        """Return in which order to fix the matching datasets, and which of them belong together.

        Args:
            viewer: Who asks; only datasets that they may read count.
            filters: Which datasets are meant.
            rubric_id: By which they are judged, the usual one where empty.
            target: The percent to reach, above 0 and up to 100.

        Raises:
            ResourceNotFoundError: There is no such rubric.
            ValidationError: There is no such target.
        """
        if not 0 < target <= _WHOLE:
            raise ValidationError("Target", "give a percent above 0 and up to 100")
        rubric = self._frames.rubric(rubric_id)
        with self._storage.read() as work:
            seen = readable_collections(work, viewer)
            scope = self._frames.scope(work, viewer, rubric, seen)
            own_ids = tuple(scope.own_ids) if filters.is_mine else ()
            target = round(target, 2)
            key = ("fix order", rubric.key, state_of(seen), filters, target, own_ids)
            return self._cache.compute(
                key,
                lambda: order_of(
                    self._frames.standing(work, seen, rubric), filters, scope, rubric, target
                ),
            )


def order_of(
    standing: Standing, filters: Filters, scope: Scope, rubric: Rubric, target: float
) -> FixOrder:
    """Return in which order to fix the datasets that match.

    Args:
        standing: The assessed datasets as they stand.
        filters: Which of them are meant.
        scope: What the filters are held against.
        rubric: By which they are judged.
        target: The percent to reach.
    """
    found = matching(standing, filters, scope)
    empty = FixOrder(
        sentence="There is no dataset to judge.",
        rubric_title=f"{rubric.title} {rubric.version}",
        count=found.count,
        total_count=standing.height,
        judged_count=0,
        mean=None,
        target=target,
        reliefs=reliefs(standing, filters, scope),
    )
    patterns = found.judged_tally
    if patterns.is_empty():
        return empty
    checks = {check.check_id: check for check in scope.checks}
    groups, group_count = signatures(patterns, rubric, most=SIGNATURES_SHOWN)
    order = replace(
        empty,
        judged_count=int(patterns[COUNT].sum()),
        mean=mean_percent(patterns),
        steps=tuple(
            FixStep(fix_of(found, checks), found.mean) for found in fix_gains(patterns, rubric)
        ),
        signatures=tuple(_signature(group, checks) for group in groups),
        signature_count=group_count,
        below_count=int(patterns[COUNT].to_numpy() @ (patterns["percent"].to_numpy() < target)),
        crossings=tuple(
            _crossing(found, checks) for found in crossing_sets(patterns, rubric, target)
        ),
    )
    return replace(order, sentence=sentence_of(order))


def sentence_of(order: FixOrder) -> str:
    """Return where the mean stands and how many fixes take it to the target."""
    noun = "dataset" if order.judged_count == 1 else "datasets"
    start = f"Mean {order.mean:.1f} % of {order.judged_count:,} {noun}."
    goal, needed = f"{order.target:g} %", order.steps_to_target
    if not order.steps:
        return f"{start} There is nothing left to fix that the records alone could decide."
    every = f"all {len(order.steps)} fixes bring {order.steps[-1].mean:.1f} %"
    if needed is None:
        return f"{start} Stays below {goal}: {every}."
    if not needed:
        return f"{start} It has reached {goal} already; {every}."
    return f"{start} Reaches {goal} after fix {needed}."


def _signature(group: Signature, checks: Mapping[str, CheckMethod]) -> FailureSignature:
    failed = [checks[check_id] for check_id in group.check_ids]
    return FailureSignature(
        check_ids=group.check_ids,
        questions=tuple(check.question for check in failed),
        count=group.dataset_count,
        mean=group.mean,
        gain=group.gain,
        field=next(filter(None, map(field_to_change, failed)), ""),
    )


def _crossing(found: CrossingSet, checks: Mapping[str, CheckMethod]) -> Crossing:
    settled = [checks[check_id] for check_id in found.check_ids]
    titles = tuple(
        title_of([check for check in settled if check.fix_fields[0] == field])
        for field in found.fields
    )
    return Crossing(titles, found.check_ids, found.dataset_count, found.is_exact)
