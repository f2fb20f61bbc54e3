"""What whole records earn, of which most is known already while somebody types."""

from collections.abc import Collection
from functools import lru_cache

import polars as pl

from fairdb_core.cache import MEANINGS_KEPT, RUBRICS_KEPT
from fairdb_core.indicators.packing import FACT
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.kernel import earned_points, judged_points, percent_of

_States = tuple[int, ...]
_Total = tuple[float, float]


def totals_of(found: Collection[_States], rubric: Rubric) -> dict[_States, _Total]:
    """Return the points earned and the percent, as ``score`` gives them, by the states of facts.

    Args:
        found: States of the rubric's indicators in their order.
        rubric: What the facts are worth.

    Returns:
        Of each the points and the percent, which is 0 where nothing was judged.
    """
    known = _known(rubric)
    told = {states: known.get(states) for states in found}
    new = [states for states, total in told.items() if total is None]
    if new:
        schema = {FACT + name: pl.UInt8 for name in rubric.indicators}
        sums = pl.DataFrame(new, schema=schema, orient="row").select(_sums(rubric))
        totals = sums.select("earned", percent_of("").fill_null(0.0)).iter_rows()
        worked_out = dict(zip(new, totals, strict=True))
        if len(known) > MEANINGS_KEPT:
            known.clear()
        known.update(worked_out)
        told.update(worked_out)
    return {states: total for states, total in told.items() if total is not None}


@lru_cache(maxsize=RUBRICS_KEPT)
def _known(rubric: Rubric) -> dict[_States, _Total]:
    """Return what was worked out by the rubric so far."""
    return {}


@lru_cache(maxsize=RUBRICS_KEPT)
def _sums(rubric: Rubric) -> list[pl.Expr]:
    return [
        pl.sum_horizontal(map(points, rubric.metrics)).alias(name)
        for name, points in (("earned", earned_points), ("judged", judged_points))
    ]
