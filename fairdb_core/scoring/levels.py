"""Levels beside points: F-UJI's maturity, and the RDA model's levels by priority."""

from collections.abc import Sequence

import polars as pl

from fairdb_core.indicators import State
from fairdb_core.indicators.packing import FACT
from fairdb_core.rubrics import Metric, Rubric

_HALF = 0.5


def metric_maturity(metric: Metric) -> pl.Expr:
    """Return the level of the last test that is met, null where nothing was judged."""
    levels = [
        pl.when(pl.col(FACT + test.indicator) == State.MET).then(test.maturity)
        for test in metric.tests
    ]
    is_judged = pl.max_horizontal(FACT + test.indicator for test in metric.tests) > 0
    reached = pl.coalesce(*reversed(levels), pl.lit(0))
    return pl.when(is_judged).then(reached).cast(pl.Float64)


def mean_maturity(metrics: Sequence[Metric]) -> pl.Expr:
    """Return the rounded mean level of some metrics, 1 where it lies between 0 and 1."""
    mean = pl.mean_horizontal(f"{metric.id}:maturity" for metric in metrics)
    return pl.when((mean > 0) & (mean < 1)).then(1.0).otherwise(mean.round(0, "half_to_even"))


def total_maturity(rubric: Rubric) -> pl.Expr:
    """Return the mean level of the dimensions, 1 where it lies between 0 and 1."""
    levels = [pl.col(f"{dimension.id}.maturity").fill_null(0) for dimension in rubric.dimensions]
    mean = (pl.sum_horizontal(levels) / len(levels)).round(2)
    return pl.when((mean > 0) & (mean < 1)).then(1.0).otherwise(mean)


def met_shares(rubric: Rubric) -> list[pl.Expr]:
    """Return of each area and priority the share of judged tests that are met, 1 where none is.

    And whether anything of an area was judged at all.
    """
    shares = []
    for dimension in rubric.dimensions:
        tests = [t for m in rubric.metrics if m.dimension == dimension.id for t in m.tests]
        is_judged = pl.max_horizontal(FACT + test.indicator for test in tests) > 0
        shares.append(is_judged.alias(_reach(dimension.id)))
        for priority in rubric.priorities:
            states = [pl.col(FACT + t.indicator) for t in tests if t.priority == priority]
            shares.append(_met_share(states).alias(_reach(dimension.id, priority)))
    return shares


def priority_level(rubric: Rubric, dimension: str) -> pl.Expr:
    """Return the level from 0 to 5 of an area of the RDA model, null where nothing was judged.

    1 is reached with the first priority met in full; each further priority brings one level when
    half of its judged tests are met and one more when all are (doi:10.15497/rda00050).
    """
    first, *further = (pl.col(_reach(dimension, priority)) for priority in rubric.priorities)
    steps = [first >= 1]
    for share in further:
        steps += [share >= _HALF, share >= 1]
    level = pl.lit(len(steps), pl.UInt8)
    for reached, step in reversed(list(enumerate(steps))):
        level = pl.when(step).then(level).otherwise(pl.lit(reached, pl.UInt8))
    return pl.when(pl.col(_reach(dimension))).then(level).alias(f"{dimension}.level")


def _reach(dimension: str, priority: str = "") -> str:
    return f"reach:{dimension}:{priority}"


def _met_share(states: list[pl.Expr]) -> pl.Expr:
    if not states:
        return pl.lit(1.0)
    judged = pl.sum_horizontal(state != State.NOT_ASSESSED for state in states)
    met = pl.sum_horizontal(state == State.MET for state in states)
    return pl.when(judged > 0).then(met / judged).otherwise(1.0)
