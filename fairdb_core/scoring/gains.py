"""What it would bring to meet one check more: per dataset, and for the mean of many."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from fairdb_core.indicators import Basis, State
from fairdb_core.indicators.packing import FACT
from fairdb_core.rubrics import Metric, Rubric, Test
from fairdb_core.scoring.kernel import earned_points, judged_points


@dataclass(frozen=True, slots=True)
class CheckGain:
    """What meeting one check everywhere would bring.

    Attributes:
        dataset_count: Datasets that do not meet it.
        mean_gain: By how many percentage points the mean of all datasets would rise.
    """

    check_id: str
    dataset_count: int
    mean_gain: float


def gains(facts: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Return by how much each record's percent would rise if one check more were met.

    Args:
        facts: What ``compute_facts`` gave.
        rubric: What the facts are worth.

    Returns:
        One ``Float64`` column a test that a record alone can decide, named by its id; 0 where it
        is met. Percentages are not rounded here, so that they add up.
    """
    earned = pl.sum_horizontal(earned_points(metric) for metric in rubric.metrics)
    judged = pl.sum_horizontal(judged_points(metric) for metric in rubric.metrics)
    return (
        facts.lazy()
        .select(
            _rise(earned, judged, rubric, test).alias(test.id)
            for test in rubric.tests
            if test.fact.basis in {Basis.RECORD, Basis.EXTRA_COLUMN}
        )
        .collect()
    )


def mean_gains(facts: pl.DataFrame, rubric: Rubric) -> list[CheckGain]:
    """Return what meeting each check everywhere would bring to the mean, the most first.

    Args:
        facts: What ``compute_facts`` gave, of every dataset that counts.
        rubric: What the facts are worth.
    """
    if facts.is_empty():
        return []
    rises = gains(facts, rubric)
    found = [
        CheckGain(
            test.id,
            int((facts[FACT + test.indicator] != State.MET).sum()),
            float(rises[test.id].sum()) / facts.height,
        )
        for test in rubric.tests
        if test.id in rises.columns
    ]
    return sorted(found, key=lambda gain: (-gain.mean_gain, gain.check_id))


def point_gain(test: Test, rubric: Rubric) -> pl.Expr:
    """Return by how many points the sum of earned points would rise if a test were met."""
    return _change(earned_points, test, rubric)


def _rise(earned: pl.Expr, judged: pl.Expr, rubric: Rubric, test: Test) -> pl.Expr:
    more_earned = earned + _change(earned_points, test, rubric)
    more_judged = judged + _change(judged_points, test, rubric)
    before = pl.when(judged > 0).then(100 * earned / judged).otherwise(0.0)
    after = pl.when(more_judged > 0).then(100 * more_earned / more_judged).otherwise(0.0)
    return after - before


def _change(
    points: Callable[[Metric, frozenset[str]], pl.Expr], test: Test, rubric: Rubric
) -> pl.Expr:
    """Return by how much some points change if a test, and what it implies, were met."""
    met = frozenset({test.id, *test.implies})
    touched = {rubric.metric_of(test_id).id: rubric.metric_of(test_id) for test_id in met}
    return pl.sum_horizontal(
        points(metric, met) - points(metric, frozenset()) for metric in touched.values()
    )
