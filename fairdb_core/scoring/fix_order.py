"""In which order to fix many datasets: the exact gain of each fix after those before it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.fixables import (
    COUNT,
    FieldFix,
    Group,
    Shifts,
    fails,
    fixables,
    fixes_due,
    mean_percent,
    needed_counts,
)
from fairdb_core.scoring.quantiles import Counts, Values
from fairdb_core.scoring.spans import TO_CENTS, cents_of

Places = npt.NDArray[np.intp]
_NOTHING = 1e-9
_BYTES_IN_A_NUMBER = 8


@dataclass(frozen=True, slots=True)
class FixGain:
    """What one fix of an order brings.

    Attributes:
        field: The field to begin with.
        check_ids: The failed checks that it settles.
        dataset_count: Datasets that fail one of them before anything is fixed.
        gain: Points of the mean, after the fixes before this one.
        mean: The mean percent after it.
    """

    field: str
    check_ids: tuple[str, ...]
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

    A fix is one field to fill or correct, with all checks that this settles. The gains add up to
    the gap between the mean now and the mean when every check is met that fails now. Percents
    are rounded as scores are, so that a gain is what screens show afterwards.

    Args:
        patterns: Facts, points and ``count`` of those datasets of which something was judged.
        rubric: What the facts are worth.
    """
    fixes = fixes_due(patterns, rubric)
    if not fixes:
        return []
    order, mean, steps = _Order(patterns, fixes, rubric), mean_percent(patterns), []
    needed = needed_counts(patterns, fixes)
    while order.left:
        fix, after = order.take_best()
        if abs(after - mean) > _NOTHING:
            steps.append(_told(fix, needed[fix], mean, after))
            mean = after
    return steps


def single_gains(patterns: pl.DataFrame, rubric: Rubric) -> list[FixGain]:
    """Return what each fix brings by itself, those first that bring the most.

    Args:
        patterns: Facts, points and ``count`` of those datasets of which something was judged.
        rubric: What the facts are worth.
    """
    fixes = fixes_due(patterns, rubric)
    if not fixes:
        return []
    order, mean = _Order(patterns, fixes, rubric), mean_percent(patterns)
    needed = needed_counts(patterns, fixes)
    gains = [_told(fix, needed[fix], mean, after) for fix, after in order.means().items()]
    useful = [each for each in gains if each.gain > _NOTHING]
    return sorted(useful, key=lambda each: (-round(each.gain, 6), each.field))


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
    failed = fails(patterns, checks)
    first, group = _alike(failed)
    counts, cents = patterns[COUNT].to_numpy(), cents_of(patterns["percent"].to_numpy())
    fixes = fixes_due(patterns, rubric)
    more_earned, more_judged = Shifts(patterns, fixes, rubric).of(fixes)
    after = _cents(
        patterns["earned"].to_numpy() + more_earned, patterns["judged"].to_numpy() + more_judged
    )
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


def _alike(failed: npt.NDArray[np.bool_]) -> tuple[Places, Places]:
    """Return where each distinct row is first found, and which of these every row is."""
    bits = np.packbits(failed, axis=1)
    if bits.shape[1] > _BYTES_IN_A_NUMBER:
        _, first, group = np.unique(bits, axis=0, return_index=True, return_inverse=True)
        return first, group
    # Numbers are told apart many times as fast as rows.
    bits = np.pad(bits, ((0, 0), (0, _BYTES_IN_A_NUMBER - bits.shape[1])))
    numbers = np.ascontiguousarray(bits).view(np.uint64)[:, 0]
    _, first, group = np.unique(numbers, return_index=True, return_inverse=True)
    return first, group


def _told(fix: FieldFix, dataset_count: int, before: float, after: float) -> FixGain:
    check_ids = tuple(check.check_id for check in fix.checks)
    return FixGain(fix.field, check_ids, dataset_count, after - before, after)


def _cents(earned: Values, judged: Values) -> Counts:
    """Return percents, rounded as scores are, in hundredths: their sums do not hang on order."""
    return cents_of(np.round(earned * 100 / judged, 2))


class _Order:
    """Fixes taken one after the other, and the points of every pattern meanwhile."""

    def __init__(self, patterns: pl.DataFrame, fixes: Sequence[FieldFix], rubric: Rubric) -> None:
        self._counts = patterns[COUNT].to_numpy()
        self._total = int(self._counts.sum())
        self._earned, self._judged = (patterns[name].to_numpy() for name in ("earned", "judged"))
        self._shifts = Shifts(patterns, fixes, rubric)
        self._taken: dict[Group, Group] = dict.fromkeys(self._shifts.groups, ())
        self.left = {fix: group for group in self._shifts.groups for fix in group}
        self._adds = {fix: self._added_by(fix) for fix in self.left}

    def means(self) -> dict[FieldFix, float]:
        """Return the mean after each fix that is left, done next."""
        earned, judged = (np.array(each) for each in zip(*self._adds.values(), strict=True))
        sums = _cents(self._earned + earned, self._judged + judged) @ self._counts
        size = self._total * TO_CENTS
        return {fix: cents / size for fix, cents in zip(self._adds, sums.tolist(), strict=True)}

    def take_best(self) -> tuple[FieldFix, float]:
        """Take the fix after which the mean is highest, and return it with that mean."""
        means = self.means()
        # Sums in another order differ in the last digits, which must not decide between equals.
        best = min(means, key=lambda fix: (-round(means[fix], 6), fix.field))
        earned, judged = self._adds.pop(best)
        self._earned, self._judged = self._earned + earned, self._judged + judged
        group = self.left.pop(best)
        self._taken[group] += (best,)
        # The fixes of other groups have no say in the same points.
        self._adds.update({fix: self._added_by(fix) for fix in group if fix in self.left})
        return best, means[best]

    def _added_by(self, fix: FieldFix) -> tuple[Values, Values]:
        """Return the points that a fix adds after those that are taken."""
        taken = self._taken[self.left[fix]]
        earned, judged = self._shifts.of((*taken, fix))
        if taken:
            before_earned, before_judged = self._shifts.of(taken)
            earned, judged = earned - before_earned, judged - before_judged
        return earned, judged
