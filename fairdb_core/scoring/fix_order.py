"""In which order to fix many datasets: the exact gain of each check after those before it."""

from dataclasses import dataclass

import polars as pl

from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.fixables import (
    COUNT,
    Fixable,
    Part,
    Shifts,
    failing_counts,
    fails,
    fixables,
    mean_percent,
    meet,
)

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class FixGain:
    """What one fix of an order brings.

    Attributes:
        dataset_count: Datasets that fail the check before anything is fixed.
        gain: Points of the mean, after the fixes before this one.
        mean: The mean percent after it.
    """

    check_id: str
    dataset_count: int
    gain: float
    mean: float


@dataclass(frozen=True, slots=True)
class Signature:
    """Datasets that fail the same checks.

    Attributes:
        mean: Their mean percent.
        gain: Points of the mean of all datasets once these meet every check.
    """

    check_ids: tuple[str, ...]
    dataset_count: int
    mean: float
    gain: float


def fix_gains(patterns: pl.DataFrame, rubric: Rubric) -> list[FixGain]:
    """Return the fixes in order, each the one that raises the mean most after those before it.

    The gains add up to the gap between the mean now and the mean when every check is met that
    fails now. Percents are rounded as scores are, so that a gain is what screens show afterwards.

    Args:
        patterns: What ``patterns_of`` gave.
        rubric: What the facts are worth.
    """
    failing = failing_counts(patterns, fixables(rubric))
    checks = [check for check in fixables(rubric) if check.check_id in failing]
    if not checks:
        return []
    order, mean, steps = _Order(patterns, checks, rubric), mean_percent(patterns), []
    while order.left:
        check, after = order.take_best()
        if abs(after - mean) > _NOTHING:
            steps.append(FixGain(check.check_id, failing[check.check_id], after - mean, after))
            mean = after
    return steps


def signatures(patterns: pl.DataFrame, rubric: Rubric) -> list[Signature]:
    """Return the groups of datasets that fail the same checks, the largest gain first.

    Args:
        patterns: What ``patterns_of`` gave.
        rubric: What the facts are worth.
    """
    found = fixables(rubric)
    if patterns.is_empty() or not found:
        return []
    total = int(patterns[COUNT].sum())
    names = [each.check_id for each in found]
    weighed = pl.col("percent") * pl.col(COUNT)
    grouped = (
        patterns.with_columns(after=meet(patterns, found, rubric)["percent"])
        .group_by((fails(each).alias(each.check_id) for each in found), maintain_order=True)
        .agg(
            pl.col(COUNT).sum().alias("datasets"),
            (weighed.sum() / pl.col(COUNT).sum()).alias("mean"),
            (((pl.col("after") - pl.col("percent")) * pl.col(COUNT)).sum() / total).alias("gain"),
        )
    )
    groups = [
        Signature(
            tuple(name for name in names if row[name]), row["datasets"], row["mean"], row["gain"]
        )
        for row in grouped.iter_rows(named=True)
    ]
    return sorted(
        (group for group in groups if group.check_ids),
        key=lambda group: (-group.gain, -group.dataset_count, group.check_ids),
    )


class _Order:
    """Checks taken one after the other, and the points of every pattern meanwhile."""

    def __init__(self, patterns: pl.DataFrame, checks: list[Fixable], rubric: Rubric) -> None:
        self._counts = patterns[COUNT]
        self._earned, self._judged = patterns["earned"], patterns["judged"]
        self._shifts = Shifts(patterns, checks, rubric)
        self._taken: dict[Part, tuple[Fixable, ...]] = dict.fromkeys(self._shifts.parts, ())
        self.left = {check: part for part in self._shifts.parts for check in part.checks}

    def take_best(self) -> tuple[Fixable, float]:
        """Take the check after which the mean is highest, and return it with that mean."""
        means = {check: self._mean(*self._points(check)) for check in self.left}
        # Sums in another order differ in the last digits, which must not decide between equals.
        best = min(means, key=lambda check: (-round(means[check], 6), check.check_id))
        self._earned, self._judged = self._points(best)
        part = self.left.pop(best)
        self._taken[part] += (best,)
        return best, means[best]

    def _points(self, check: Fixable) -> tuple[pl.Series, pl.Series]:
        part = self.left[check]
        taken = self._taken[part]
        earned, judged = self._shifts.of(part, (*taken, check))
        if taken:
            before_earned, before_judged = self._shifts.of(part, taken)
            earned, judged = earned - before_earned, judged - before_judged
        return self._earned + earned, self._judged + judged

    def _mean(self, earned: pl.Series, judged: pl.Series) -> float:
        percents = (earned * 100 / judged).round(2)
        return float((percents * self._counts).sum()) / int(self._counts.sum())
