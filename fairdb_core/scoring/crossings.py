"""Which few fixes take the most datasets to a target: tried out where it can be, else estimated.

Crossing a line is not additive: two fixes may bring over what neither does alone. So sets of
fixes are tried on the distinct patterns of facts: all of them while they are few, but for those
that cannot be the best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import comb

import numpy as np
import polars as pl

from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.fixables import COUNT, FieldFix, Group, Shifts, fixes_due
from fairdb_core.scoring.quantiles import Values

EXACT_FIXES = 12
SETS_TRIED = 2**EXACT_FIXES
_HALF_A_DIGIT = 0.005


@dataclass(frozen=True, slots=True)
class CrossingSet:
    """The best set of fixes of one size.

    Attributes:
        fields: The field that each begins with.
        check_ids: The failed checks that they settle.
        dataset_count: Datasets below the target that reach it once they are done.
        is_exact: Whether every other set of this size was tried.
    """

    fields: tuple[str, ...]
    check_ids: tuple[str, ...]
    dataset_count: int
    is_exact: bool


def crossing_sets(patterns: pl.DataFrame, rubric: Rubric, target: float) -> list[CrossingSet]:
    """Return the best set of each size that takes more datasets to the target than a smaller one.

    The best of all is found up to the size at which there would be more than 4,096 sets, which is
    never with 12 fixes or fewer; larger sets grow from the best one, fix by fix.

    Args:
        patterns: Facts, points and ``count`` of those datasets of which something was judged.
        rubric: What the facts are worth.
        target: The percent to reach, with two decimals at most.
    """
    below = patterns.filter(pl.col("percent") < target)
    fixes = fixes_due(below, rubric)
    if not fixes:
        return []
    search, tried = _Search(below, fixes, rubric, target), _size_tried(len(fixes))
    search.grow(0, tried)
    search.try_all(tried)
    search.grow(tried, len(fixes))
    found: list[CrossingSet] = []
    for size, (count, _, chosen) in sorted(search.best.items()):
        if count > (found[-1].dataset_count if found else 0):
            done = [fix for fix in fixes if fix in chosen]
            check_ids = tuple(check.check_id for fix in done for check in fix.checks)
            fields = tuple(fix.field for fix in done)
            found.append(CrossingSet(fields, check_ids, count, size <= tried))
    return found


def _size_tried(fix_count: int) -> int:
    """Return the largest size up to which all sets can be tried."""
    total = 0
    for size in range(fix_count + 1):
        total += comb(fix_count, size)
        if total > SETS_TRIED:
            return size - 1
    return fix_count


class _Search:
    """Tries sets of fixes, and keeps the best of each size.

    A pattern crosses when 100 earned - target judged, its lead, reaches 0. Leads of fixes that
    have no say in each other's points simply add up, percents do not. What a set can at best
    become is known before: of the groups that are left, for each pattern those that help it most.
    """

    def __init__(
        self, below: pl.DataFrame, fixes: Sequence[FieldFix], rubric: Rubric, target: float
    ) -> None:
        self._counts = below[COUNT].to_numpy()
        self._limit = target - _HALF_A_DIGIT  # percents are rounded to two digits
        self._lead = self._lead_of(below["earned"].to_numpy(), below["judged"].to_numpy())
        self._shifts = Shifts(below, fixes, rubric)
        self._known: dict[Group, Values] = {}
        most = {group: self._most(group) for group in self._shifts.groups}
        # Those that help most come first: what follows them can be left out the sooner.
        self._groups = sorted(most, key=lambda group: -float(most[group] @ self._counts))
        self._rests = [
            np.cumsum(-np.sort(-np.array([most[group] for group in self._groups[start:]]), 0), 0)
            for start in range(len(self._groups))
        ]
        self.best: dict[int, tuple[int, float, Group]] = {}
        self._try((), self._lead)

    def try_all(self, largest: int) -> None:
        """Find the best set of each size up to one."""
        self._walk(0, (), self._lead, largest)

    def grow(self, size: int, largest: int) -> None:
        """Add the best fix to the best set of a size, again and again."""
        size = min(size, max(self.best))
        while size < largest and self.best[size][0] < self._counts.sum():
            chosen = self.best[size][2]
            lead = self._lead_with(chosen)
            for group in self._groups:
                within = tuple(fix for fix in group if fix in chosen)
                others = lead
                if within:
                    others = self._lead_with([each for each in chosen if each not in within])
                for fix in (each for each in group if each not in within):
                    done = tuple(each for each in group if each in {*within, fix})
                    self._try((*chosen, fix), others + self._gain(done))
            size += 1

    def _walk(self, start: int, chosen: Group, lead: Values, room: int) -> None:
        if not room or start == len(self._groups) or not self._may_win(start, chosen, lead, room):
            return
        for place in range(start, len(self._groups)):
            for done in _subsets(self._groups[place], room):
                more = lead + self._gain(done)
                self._try(chosen + done, more)
                self._walk(place + 1, chosen + done, more, room - len(done))

    def _may_win(self, start: int, chosen: Group, lead: Values, room: int) -> bool:
        """Return whether a larger set may be the best of its size, by what it is at most."""
        # Where a smaller set takes all datasets there, larger ones are not looked for.
        first, last = len(chosen) + 1, min(len(chosen) + room, max(self.best))
        at_most = (lead + self._rests[start][: last - first + 1] >= 0) @ self._counts
        return any(
            at_most[min(size - first, len(at_most) - 1)] >= self.best[size][0]
            for size in range(first, last + 1)
        )

    def _try(self, chosen: Group, lead: Values) -> None:
        crossing = self._crossing(lead)
        best = self.best.get(len(chosen))
        if best is not None and crossing < best[0]:
            return
        lack = round(float(np.minimum(lead, 0) @ self._counts), 6)
        if best is None or (crossing, lack) > best[:2]:
            self.best[len(chosen)] = (crossing, lack, chosen)

    def _crossing(self, lead: Values) -> int:
        return int(self._counts @ (lead >= 0))

    def _lead_with(self, chosen: Sequence[FieldFix]) -> Values:
        lead, every = self._lead, set(chosen)
        for group in self._groups:
            done = tuple(fix for fix in group if fix in every)
            if done:
                lead = lead + self._gain(done)
        return lead

    def _most(self, group: Group) -> Values:
        """Return what fixes of a group help each pattern at most."""
        gains = [self._gain(done) for done in _subsets(group, len(group))]
        most: Values = np.maximum(np.max(gains, axis=0), 0)
        return most

    def _gain(self, done: Group) -> Values:
        """Return what fixes of one group add to the lead of each pattern."""
        if done not in self._known:
            self._known[done] = self._lead_of(*self._shifts.of(done))
        return self._known[done]

    def _lead_of(self, earned: Values, judged: Values) -> Values:
        return earned * 100 - judged * self._limit


def _subsets(group: Group, largest: int) -> Iterator[Group]:
    sizes = range(1, min(largest, len(group)) + 1)
    return chain.from_iterable(combinations(group, size) for size in sizes)
