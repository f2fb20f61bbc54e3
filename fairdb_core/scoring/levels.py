"""Levels beside points: F-UJI's maturity, and the RDA model's levels by priority."""

import polars as pl

from fairdb_core.indicators import State
from fairdb_core.rubrics import Metric, Rubric

FACT = "fact:"
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


def mean_maturity(rubric: Rubric, dimension: str) -> pl.Expr:
    """Return the rounded mean level of a dimension's metrics, 1 where it lies between 0 and 1."""
    mean = pl.mean_horizontal(
        f"{metric.id}:maturity" for metric in rubric.metrics if metric.dimension == dimension
    )
    rounded = pl.when((mean > 0) & (mean < 1)).then(1.0).otherwise(mean.round(0, "half_to_even"))
    return rounded.alias(f"{dimension}.maturity")


def total_maturity(rubric: Rubric) -> pl.Expr:
    """Return the mean level of the dimensions, 1 where it lies between 0 and 1."""
    levels = [pl.col(f"{dimension.id}.maturity").fill_null(0) for dimension in rubric.dimensions]
    mean = (pl.sum_horizontal(levels) / len(levels)).round(2)
    return pl.when((mean > 0) & (mean < 1)).then(1.0).otherwise(mean)


def priority_level(rubric: Rubric, dimension: str) -> pl.Expr:
    """Return the level from 0 to 5 of an area of the RDA model, null where nothing was judged.

    1 is reached with the first priority met in full; each further priority brings one level when
    half of its judged tests are met and one more when all are (doi:10.15497/rda00050).
    """
    shares = [_met_share(rubric, dimension, priority) for priority in rubric.priorities]
    level = pl.lit(0, pl.UInt8)
    is_reached = pl.lit(value=True)
    steps = [shares[0] >= 1]
    for share in shares[1:]:
        steps += [share >= _HALF, share >= 1]
    for step in steps:
        is_reached = is_reached & step
        level = level + is_reached.cast(pl.UInt8)
    indicators = [
        FACT + test.indicator
        for metric in rubric.metrics
        if metric.dimension == dimension
        for test in metric.tests
    ]
    return pl.when(pl.max_horizontal(indicators) > 0).then(level).alias(f"{dimension}.level")


def _met_share(rubric: Rubric, dimension: str, priority: str) -> pl.Expr:
    """Return the share of judged tests that are met, 1 where none could be judged."""
    states = [
        pl.col(FACT + test.indicator)
        for metric in rubric.metrics
        if metric.dimension == dimension
        for test in metric.tests
        if test.priority == priority
    ]
    if not states:
        return pl.lit(1.0)
    judged = pl.sum_horizontal(state != State.NOT_ASSESSED for state in states)
    met = pl.sum_horizontal(state == State.MET for state in states)
    return pl.when(judged > 0).then(met / judged).otherwise(1.0)
