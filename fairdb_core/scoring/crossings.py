"""Which few checks take the most datasets to a target: tried out where it can be, else estimated.

Crossing a line is not additive: two fixes may bring over what neither does alone. So sets of
checks are tried, all of them while they are few, on the distinct patterns of facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb

import polars as pl

from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.fixables import COUNT, Fixable, Shifts, failing_counts, fixables

EXACT_CHECKS = 12
SETS_TRIED = 2**EXACT_CHECKS
_HALF_A_DIGIT = 0.005


@dataclass(frozen=True, slots=True)
class CrossingSet:
    """The best set of checks of one size.

    Attributes:
        dataset_count: Datasets below the target that reach it when these checks are met.
        is_exact: Whether every other set of this size was tried.
    """

    check_ids: tuple[str, ...]
    dataset_count: int
    is_exact: bool


def crossing_sets(patterns: pl.DataFrame, rubric: Rubric, target: float) -> list[CrossingSet]:
    """Return the best set of each size that takes more datasets to the target than a smaller one.

    Every set is tried up to the size at which there would be more than 4,096 of them, which is
    never with 12 checks or fewer; larger sets grow from the best one, check by check.

    Args:
        patterns: What ``patterns_of`` gave.
        rubric: What the facts are worth.
        target: The percent to reach, with two decimals at most.
    """
    below = patterns.filter(pl.col("percent") < target)
    failing = failing_counts(below, fixables(rubric))
    checks = [check for check in fixables(rubric) if check.check_id in failing]
    if not checks:
        return []
    search, tried = _Search(below, checks, rubric, target), _size_tried(len(checks))
    search.try_all(tried)
    search.grow(checks, tried)
    found: list[CrossingSet] = []
    for size, (count, _, chosen) in sorted(search.best.items()):
        if count > (found[-1].dataset_count if found else 0):
            ids = tuple(check.check_id for check in checks if check in chosen)
            found.append(CrossingSet(ids, count, size <= tried))
    return found


def _size_tried(check_count: int) -> int:
    """Return the largest size up to which all sets can be tried."""
    total = 0
    for size in range(check_count + 1):
        total += comb(check_count, size)
        if total > SETS_TRIED:
            return size - 1
    return check_count


class _Search:
    """Tries sets of checks, and keeps the best of each size.

    A pattern crosses when 100 earned - target judged, its lead, reaches 0. Leads of checks that
    have no say in each other's points simply add up, percents do not.
    """

    def __init__(
        self, below: pl.DataFrame, checks: Sequence[Fixable], rubric: Rubric, target: float
    ) -> None:
        self._counts = below[COUNT]
        self._limit = target - _HALF_A_DIGIT  # percents are rounded to two digits
        self._lead = self._lead_of(below["earned"], below["judged"])
        self._shifts = Shifts(below, checks, rubric)
        self._known: dict[tuple[Fixable, ...], pl.Series] = {}
        self.best: dict[int, tuple[int, float, tuple[Fixable, ...]]] = {}

    def try_all(self, largest: int) -> None:
        """Try every set up to a size."""
        self._walk(0, (), self._lead, largest)

    def grow(self, checks: Sequence[Fixable], size: int) -> None:
        """Add the best check to the best set of a size, again and again."""
        while size < len(checks) and self.best[size][0] < self._counts.sum():
            chosen = self.best[size][2]
            for check in checks:
                if check not in chosen:
                    self._try((*chosen, check), self._lead_with({*chosen, check}))
            size += 1

    def _walk(self, start: int, chosen: tuple[Fixable, ...], lead: pl.Series, room: int) -> None:
        self._try(chosen, lead)
        for place in range(start, len(self._shifts.parts) if room else start):
            for met in _subsets(self._shifts.parts[place].checks, room):
                more = lead + self._gain(place, met)
                self._walk(place + 1, chosen + met, more, room - len(met))

    def _try(self, chosen: tuple[Fixable, ...], lead: pl.Series) -> None:
        crossing = int(self._counts.filter(lead >= 0).sum())
        best = self.best.get(len(chosen))
        if best is not None and crossing < best[0]:
            return
        lack = round(float((lead.clip(upper_bound=0) * self._counts).sum()), 6)
        if best is None or (crossing, lack) > best[:2]:
            self.best[len(chosen)] = (crossing, lack, chosen)

    def _lead_with(self, chosen: set[Fixable]) -> pl.Series:
        lead = self._lead
        for place, part in enumerate(self._shifts.parts):
            met = tuple(check for check in part.checks if check in chosen)
            if met:
                lead = lead + self._gain(place, met)
        return lead

    def _gain(self, place: int, met: tuple[Fixable, ...]) -> pl.Series:
        if met not in self._known:
            self._known[met] = self._lead_of(*self._shifts.of(self._shifts.parts[place], met))
        return self._known[met]

    def _lead_of(self, earned: pl.Series, judged: pl.Series) -> pl.Series:
        return earned * 100 - judged * self._limit


def _subsets(checks: tuple[Fixable, ...], largest: int) -> Iterator[tuple[Fixable, ...]]:
    sizes = range(1, min(largest, len(checks)) + 1)
    return chain.from_iterable(combinations(checks, size) for size in sizes)
