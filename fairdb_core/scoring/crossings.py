"""Which few checks take the most datasets to a target: tried out where it can be, else estimated.

Crossing a line is not additive: two fixes may bring over what neither does alone. So sets of
checks are tried on the distinct patterns of facts: all of them while they are few, but for those
that cannot be the best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb

import numpy as np
import polars as pl

from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.fixables import COUNT, Fixable, Part, Shifts, failing_counts, fixables
from fairdb_core.scoring.quantiles import Values

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

    The best of all is found up to the size at which there would be more than 4,096 sets, which is
    never with 12 checks or fewer; larger sets grow from the best one, check by check.

    Args:
        patterns: Facts, points and ``count`` of those datasets of which something was judged.
        rubric: What the facts are worth.
        target: The percent to reach, with two decimals at most.
    """
    below = patterns.filter(pl.col("percent") < target)
    failing = failing_counts(below, fixables(rubric))
    checks = [check for check in fixables(rubric) if check.check_id in failing]
    if not checks:
        return []
    search, tried = _Search(below, checks, rubric, target), _size_tried(len(checks))
    search.grow(0, tried)
    search.try_all(tried)
    search.grow(tried, len(checks))
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
    have no say in each other's points simply add up, percents do not. What a set can at best
    become is known before: of the parts that are left, for each pattern those that help it most.
    """

    def __init__(
        self, below: pl.DataFrame, checks: Sequence[Fixable], rubric: Rubric, target: float
    ) -> None:
        self._counts = below[COUNT].to_numpy()
        self._limit = target - _HALF_A_DIGIT  # percents are rounded to two digits
        self._lead = self._lead_of(below["earned"].to_numpy(), below["judged"].to_numpy())
        self._shifts = Shifts(below, checks, rubric)
        self._known: dict[tuple[Fixable, ...], Values] = {}
        most = {part: self._most(part) for part in self._shifts.parts}
        # Those that help most come first: what follows them can be left out the sooner.
        self._parts = sorted(most, key=lambda part: -float(most[part] @ self._counts))
        self._rests = [
            -np.sort(-np.array([most[part] for part in self._parts[start:]]), axis=0)
            for start in range(len(self._parts))
        ]
        self.best: dict[int, tuple[int, float, tuple[Fixable, ...]]] = {}
        self._try((), self._lead)

    def try_all(self, largest: int) -> None:
        """Find the best set of each size up to one."""
        self._walk(0, (), self._lead, largest)

    def grow(self, size: int, largest: int) -> None:
        """Add the best check to the best set of a size, again and again."""
        size = min(size, max(self.best))
        while size < largest and self.best[size][0] < self._counts.sum():
            chosen = self.best[size][2]
            lead = self._lead_with(chosen)
            for part in self._parts:
                within = tuple(check for check in part.checks if check in chosen)
                others = lead
                if within:
                    others = self._lead_with([each for each in chosen if each not in within])
                for check in (each for each in part.checks if each not in within):
                    met = tuple(each for each in part.checks if each in {*within, check})
                    self._try((*chosen, check), others + self._gain(part, met))
            size += 1

    def _walk(self, start: int, chosen: tuple[Fixable, ...], lead: Values, room: int) -> None:
        if not room or start == len(self._parts) or not self._may_win(start, chosen, lead, room):
            return
        for place in range(start, len(self._parts)):
            for met in _subsets(self._parts[place].checks, room):
                more = lead + self._gain(self._parts[place], met)
                self._try(chosen + met, more)
                self._walk(place + 1, chosen + met, more, room - len(met))

    def _may_win(self, start: int, chosen: tuple[Fixable, ...], lead: Values, room: int) -> bool:
        """Return whether a larger set may be the best of its size, by what it is at most."""
        rest = self._rests[start]
        for more in range(1, room + 1):
            # Where a smaller set takes all datasets there, larger ones are not looked for.
            best = self.best.get(len(chosen) + more)
            at_most = self._crossing(lead + rest[:more].sum(axis=0))
            if best is not None and at_most >= best[0]:
                return True
        return False

    def _try(self, chosen: tuple[Fixable, ...], lead: Values) -> None:
        crossing = self._crossing(lead)
        best = self.best.get(len(chosen))
        if best is not None and crossing < best[0]:
            return
        lack = round(float(np.minimum(lead, 0) @ self._counts), 6)
        if best is None or (crossing, lack) > best[:2]:
            self.best[len(chosen)] = (crossing, lack, chosen)

    def _crossing(self, lead: Values) -> int:
        return int(self._counts @ (lead >= 0))

    def _lead_with(self, chosen: Sequence[Fixable]) -> Values:
        lead, every = self._lead, set(chosen)
        for part in self._parts:
            met = tuple(check for check in part.checks if check in every)
            if met:
                lead = lead + self._gain(part, met)
        return lead

    def _most(self, part: Part) -> Values:
        """Return what meeting checks of a part helps each pattern at most."""
        gains = [self._gain(part, met) for met in _subsets(part.checks, len(part.checks))]
        most: Values = np.maximum(np.max(gains, axis=0), 0)
        return most

    def _gain(self, part: Part, met: tuple[Fixable, ...]) -> Values:
        if met not in self._known:
            self._known[met] = self._lead_of(*self._shifts.of(part, met))
        return self._known[met]

    def _lead_of(self, earned: Values, judged: Values) -> Values:
        return earned * 100 - judged * self._limit


def _subsets(checks: tuple[Fixable, ...], largest: int) -> Iterator[tuple[Fixable, ...]]:
    sizes = range(1, min(largest, len(checks)) + 1)
    return chain.from_iterable(combinations(checks, size) for size in sizes)
