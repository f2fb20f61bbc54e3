"""In which order to fix many datasets: the exact gain of each check after those before it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
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
)
from fairdb_core.scoring.quantiles import Counts, Values
from fairdb_core.scoring.spans import TO_CENTS, cents_of

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
        patterns: Facts, points and ``count`` of those datasets of which something was judged.
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


def signatures(
    patterns: pl.DataFrame, rubric: Rubric, *, most: int | None = None
) -> tuple[list[Signature], int]:
    """Return the groups of datasets that fail the same checks, the largest gain first.

    Args:
        patterns: Facts, points and ``count`` of those datasets of which something was judged.
        rubric: What the facts are worth.
        most: How many groups are told, all where nothing is said.

    Returns:
        The groups, and how many there are.
    """
    checks = fixables(rubric)
    if patterns.is_empty() or not checks:
        return [], 0
    failed = np.column_stack([fails(check, patterns) for check in checks])
    _, first, group = np.unique(
        np.packbits(failed, axis=1), axis=0, return_index=True, return_inverse=True
    )
    counts, cents = patterns[COUNT].to_numpy(), cents_of(patterns["percent"].to_numpy())
    after = _cents(*_once_met(patterns, checks, rubric))
    datasets = np.bincount(group, counts)
    means = np.bincount(group, cents * counts) / (datasets * TO_CENTS)
    gains = np.bincount(group, (after - cents) * counts) / (counts.sum() * TO_CENTS)
    failing = np.flatnonzero(failed[first].any(axis=1))
    least = -np.inf
    if most is not None and most < len(failing):
        least = np.partition(gains[failing], -most)[-most]
    groups = [
        Signature(
            tuple(checks[check].check_id for check in np.flatnonzero(failed[first[at]])),
            int(datasets[at]),
            float(means[at]),
            float(gains[at]),
        )
        for at in failing[gains[failing] >= least]
    ]
    groups.sort(key=lambda each: (-each.gain, -each.dataset_count, each.check_ids))
    return groups[:most], len(failing)


def _once_met(
    patterns: pl.DataFrame, checks: Sequence[Fixable], rubric: Rubric
) -> tuple[Values, Values]:
    """Return the points earned and judged once some checks are met wherever they fail."""
    earned, judged = patterns["earned"].to_numpy(), patterns["judged"].to_numpy()
    shifts = Shifts(patterns, checks, rubric)
    for part in shifts.parts:
        more_earned, more_judged = shifts.of(part, part.checks)
        earned, judged = earned + more_earned, judged + more_judged
    return earned, judged


def _cents(earned: Values, judged: Values) -> Counts:
    """Return percents, rounded as scores are, in hundredths: their sums do not hang on order."""
    return cents_of(np.round(earned * 100 / judged, 2))


class _Order:
    """Checks taken one after the other, and the points of every pattern meanwhile."""

    def __init__(self, patterns: pl.DataFrame, checks: list[Fixable], rubric: Rubric) -> None:
        self._counts = patterns[COUNT].to_numpy()
        self._total = int(self._counts.sum())
        self._earned, self._judged = (patterns[name].to_numpy() for name in ("earned", "judged"))
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

    def _points(self, check: Fixable) -> tuple[Values, Values]:
        part = self.left[check]
        taken = self._taken[part]
        earned, judged = self._shifts.of(part, (*taken, check))
        if taken:
            before_earned, before_judged = self._shifts.of(part, taken)
            earned, judged = earned - before_earned, judged - before_judged
        return self._earned + earned, self._judged + judged

    def _mean(self, earned: Values, judged: Values) -> float:
        return int(_cents(earned, judged) @ self._counts) / (self._total * TO_CENTS)
