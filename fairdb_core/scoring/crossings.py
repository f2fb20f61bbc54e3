"""Which few fixes take the most datasets to a target: tried out where it can be, else estimated.

Crossing a line is not additive: two fixes may bring over what neither does alone. So sets of
fixes are tried on the distinct patterns of facts: all of them while they are few, but for those
that cannot be the best.
"""

from collections.abc import Iterator, Mapping, Sequence
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
    below = patterns[np.flatnonzero(patterns["percent"].to_numpy() < target)]
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


class _Leads:
    """How far patterns are from the target, and what fixes add to that.

    A pattern crosses when 100 earned - target judged, its lead, reaches 0. Leads of fixes that
    have no say in each other's points simply add up, percents do not.
    """

    def __init__(
        self, below: pl.DataFrame, fixes: Sequence[FieldFix], rubric: Rubric, target: float
    ) -> None:
        # Whole numbers are exact in this type, and the only ones multiplied quickly.
        self._counts = below[COUNT].to_numpy().astype(np.float64)
        self._total = int(self._counts.sum())
        self._limit = target - _HALF_A_DIGIT  # percents are rounded to two digits
        self._lead = self._lead_of(below["earned"].to_numpy(), below["judged"].to_numpy())
        self._shifts = Shifts(below, fixes, rubric)
        self._known: dict[Group, Values] = {}
        most = {group: self._most(group) for group in self._shifts.groups}
        # Those that help most come first: what follows them can be left out the sooner.
        self._groups = sorted(most, key=lambda group: -float(most[group] @ self._counts))
        self._rests = _rests([most[group] for group in self._groups])
        self._steps = [
            (place, done)
            for place, group in enumerate(self._groups)
            for done in _subsets(group, len(group))
        ]
        places = [place for place, _ in self._steps]
        self._begins = [places.index(place) for place in range(len(self._groups))]
        self._gains = np.array([self._gain(done) for _, done in self._steps])

    def _crossing(self, leads: Values) -> list[int]:
        """Return how many datasets cross by each of some rows of leads."""
        counts: list[float] = ((leads >= 0).astype(np.float64) @ self._counts).tolist()
        return [int(count) for count in counts]

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


class _Search(_Leads):
    """Tries sets of fixes, and keeps the best of each size.

    What a set can at best become is known before: of the groups that are left, for each pattern
    those that help it most.
    """

    def __init__(
        self, below: pl.DataFrame, fixes: Sequence[FieldFix], rubric: Rubric, target: float
    ) -> None:
        super().__init__(below, fixes, rubric, target)
        self.best: dict[int, tuple[int, float, Group]] = {}
        self._try([()], self._lead[np.newaxis])

    def try_all(self, largest: int) -> None:
        """Find the best set of each size up to one."""
        # Where a smaller set takes all datasets there, larger ones are not looked for.
        sizes = range(1, min(largest, max(self.best)) + 1)
        self._walk(0, (), self._lead, dict.fromkeys(sizes, self._total))

    def grow(self, size: int, largest: int) -> None:
        """Add the best fix to the best set of a size, again and again."""
        size = min(size, max(self.best))
        while size < largest and self.best[size][0] < self._total:
            chosen = self.best[size][2]
            sets, leads, lead = [], [], self._lead_with(chosen)
            for group in self._groups:
                within = tuple(fix for fix in group if fix in chosen)
                others = lead
                if within:
                    others = self._lead_with([each for each in chosen if each not in within])
                for fix in (each for each in group if each not in within):
                    done = tuple(each for each in group if each in {*within, fix})
                    sets.append((*chosen, fix))
                    leads.append(others + self._gain(done))
            self._try(sets, np.array(leads))
            size += 1

    def _walk(self, start: int, chosen: Group, lead: Values, sizes: Mapping[int, int]) -> None:
        """Try all sets that begin with some fixes and go on with those of groups from one on.

        Args:
            start: The first of these groups.
            chosen: The fixes.
            lead: With these.
            sizes: The sizes of which one of these sets may be the best, and how many datasets it
                takes to the target at most.
        """
        sizes = self._may_win(start, len(chosen), lead, sizes)
        if not sizes:
            return
        first, largest = self._begins[start], max(sizes)
        leads = lead + self._gains[first:]
        for (place, done), more, crossing in zip(
            self._steps[first:], leads, self._crossing(leads), strict=True
        ):
            longer = chosen + done
            if len(longer) in sizes:
                self._offer(longer, more, crossing)
            if len(longer) < largest:
                self._walk(place + 1, longer, more, sizes)

    def _may_win(
        self, start: int, chosen_count: int, lead: Values, sizes: Mapping[int, int]
    ) -> dict[int, int]:
        """Return those of some sizes of which a larger set may be the best, by its at most."""
        left = [
            size
            for size, at_most in sizes.items()
            if size > chosen_count and at_most >= self.best[size][0]
        ]
        if not left or start == len(self._groups):
            return {}
        rests = self._rests[start]
        rows = [min(size - chosen_count, len(rests)) - 1 for size in left]
        crossing = self._crossing(lead + rests[rows[0] : rows[-1] + 1])
        at_most = {size: crossing[row - rows[0]] for size, row in zip(left, rows, strict=True)}
        return {size: most for size, most in at_most.items() if most >= self.best[size][0]}

    def _try(self, sets: Sequence[Group], leads: Values) -> None:
        for chosen, lead, crossing in zip(sets, leads, self._crossing(leads), strict=True):
            self._offer(chosen, lead, crossing)

    def _offer(self, chosen: Group, lead: Values, crossing: int) -> None:
        best = self.best.get(len(chosen))
        if best is not None and crossing < best[0]:
            return
        lack = round(float(np.minimum(lead, 0) @ self._counts), 6)
        if best is None or (crossing, lack) > best[:2]:
            self.best[len(chosen)] = (crossing, lack, chosen)


def _rests(most: Sequence[Values]) -> list[Values]:
    """Return what one, two and more groups from each one on add to each pattern at most."""
    in_order: list[Values] = []
    found: list[Values] = []
    for added in reversed(most):
        rest, more = added, []
        for higher in in_order:
            more.append(np.maximum(higher, rest))
            rest = np.minimum(higher, rest)
        in_order = [*more, rest]
        found.append(np.cumsum(in_order, 0))
    return found[::-1]


def _subsets(group: Group, largest: int) -> Iterator[Group]:
    sizes = range(1, min(largest, len(group)) + 1)
    return chain.from_iterable(combinations(group, size) for size in sizes)
