"""Fixes that a change to records can be, and the patterns of facts in which they are due.

A fix fills or corrects one field, and what it needs beside it; every check that this settles is
met where it fails. Where a check could not be judged it stays so, unless another that is met
implies it. Everything works on patterns, the distinct rows of facts with the number of
datasets behind each, so that a million datasets cost what their patterns cost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.cache import CHOICES_KEPT, RUBRICS_KEPT
from fairdb_core.indicators import INDICATORS, Basis, State
from fairdb_core.indicators.packing import FACT
from fairdb_core.rubrics import Metric, Rubric, Test
from fairdb_core.scoring.kernel import earned_points, judged_points
from fairdb_core.scoring.quantiles import Values
from fairdb_core.scoring.spans import TO_CENTS, cents_of

COUNT = "count"
# All states of so many facts are 4,096.
MOST_FACTS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Fixable:
    """A check that a change to records can meet, and what is met along with it.

    Attributes:
        check_id: The first test that rests on the fact.
        indicator: The fact.
        tests: Every test that is then met: on the same fact, or implied.
        indicators: The facts of these.
    """

    check_id: str
    indicator: str
    tests: frozenset[str]
    indicators: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class FieldFix:
    """Checks that are met together once one field is filled or corrected.

    Attributes:
        field: The field to begin with.
        checks: Those that are failed anywhere, in the rubric's order.
    """

    field: str
    checks: tuple[Fixable, ...]


# Fixes that have a say in the same points.
Group = tuple[FieldFix, ...]


@dataclass(frozen=True, eq=False)
class Part:
    """Checks that have a say in the same points, and what gives these points."""

    checks: tuple[Fixable, ...]
    terms: tuple[Metric, ...]

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The columns of the facts that have a say."""
        names = {test.indicator for term in self.terms for test in term.tests}
        return tuple(sorted(FACT + name for name in names))


class Shifts:
    """What some fixes add to the points of each pattern; groups of them simply add up.

    Args:
        patterns: A ``UInt8`` column a fact.
        fixes: The fixes that may be done.
        rubric: What the facts are worth.

    Attributes:
        groups: The fixes, those together that have a say in the same points.
    """

    def __init__(self, patterns: pl.DataFrame, fixes: Sequence[FieldFix], rubric: Rubric) -> None:
        self._parts = _parts(tuple(chain.from_iterable(fix.checks for fix in fixes)), rubric)
        self._part_of = {check: at for at, part in enumerate(self._parts) for check in part.checks}
        self.groups = _groups(fixes, self._part_of)
        self._patterns = patterns
        self._places: dict[Part, npt.NDArray[np.int64]] = {}
        self._known: dict[tuple[Part, tuple[Fixable, ...]], tuple[Values, Values]] = {}

    def of(self, done: Iterable[FieldFix]) -> tuple[Values, Values]:
        """Return the points earned and judged that some fixes add."""
        met = set(chain.from_iterable(fix.checks for fix in done))
        earned, judged = np.zeros(self._patterns.height), np.zeros(self._patterns.height)
        for at in sorted({self._part_of[check] for check in met}):
            part = self._parts[at]
            within = tuple(check for check in part.checks if check in met)
            more_earned, more_judged = self._of_part(part, within)
            earned, judged = earned + more_earned, judged + more_judged
        return earned, judged

    def _of_part(self, part: Part, met: tuple[Fixable, ...]) -> tuple[Values, Values]:
        key = (part, met)
        if key not in self._known:
            if len(part.facts) > MOST_FACTS:
                self._known[key] = _shift(self._patterns, part, met)
            else:
                earned, judged = _shift_by_states(part, met)
                place = self._place(part)
                self._known[key] = earned[place], judged[place]
        return self._known[key]

    def _place(self, part: Part) -> npt.NDArray[np.int64]:
        """Return where the states of each pattern are among all that a part's facts can have."""
        if part not in self._places:
            place = np.zeros(self._patterns.height, dtype=np.int64)
            for name in part.facts:
                place = place * len(State) + self._patterns[name].to_numpy()
            self._places[part] = place
        return self._places[part]


@lru_cache(maxsize=2_048)
def _shift_by_states(part: Part, met: tuple[Fixable, ...]) -> tuple[Values, Values]:
    """Return what meeting checks adds, for all states that the facts of a part can have."""
    states = np.indices((len(State),) * len(part.facts), dtype=np.uint8)
    columns = states.reshape(len(part.facts), -1)
    return _shift(pl.DataFrame(dict(zip(part.facts, columns, strict=True))), part, met)


def _shift(patterns: pl.DataFrame, part: Part, met: tuple[Fixable, ...]) -> tuple[Values, Values]:
    before, after = _points_of(patterns, part), _points_of(_met(patterns, met), part)
    earned, judged = (
        after[name].to_numpy() - before[name].to_numpy() for name in ("earned", "judged")
    )
    return earned, judged


@lru_cache(maxsize=RUBRICS_KEPT)
def fixables(rubric: Rubric) -> tuple[Fixable, ...]:
    """Return the checks that count and that a record alone can decide, one a fact."""
    first: dict[str, Test] = {}
    for test in rubric.tests:
        if test.points and test.fact.basis in {Basis.RECORD, Basis.EXTRA_COLUMN}:
            first.setdefault(test.indicator, test)
    return tuple(_fixable(test, rubric) for test in first.values())


@lru_cache(maxsize=RUBRICS_KEPT)
def _checks_by_field(rubric: Rubric) -> dict[str, tuple[Fixable, ...]]:
    """Return the checks that a change can meet by the field to begin with."""
    found: dict[str, tuple[Fixable, ...]] = {}
    for check in fixables(rubric):
        field = INDICATORS[check.indicator].fix_fields[0]
        found[field] = (*found.get(field, ()), check)
    return found


def fixes_due(patterns: pl.DataFrame, rubric: Rubric) -> tuple[FieldFix, ...]:
    """Return the fixes of the checks that are failed somewhere in some patterns."""
    failing = failing_counts(patterns, fixables(rubric))
    due = (
        FieldFix(field, tuple(check for check in checks if check.check_id in failing))
        for field, checks in _checks_by_field(rubric).items()
    )
    return tuple(fix for fix in due if fix.checks)


def needed_counts(patterns: pl.DataFrame, fixes: Sequence[FieldFix]) -> dict[FieldFix, int]:
    """Return how many datasets fail a check that each fix settles."""
    if not fixes:
        return {}
    failing = fails(patterns, tuple(chain.from_iterable(fix.checks for fix in fixes)))
    starts = np.cumsum([0, *(len(fix.checks) for fix in fixes[:-1])])
    is_needed = np.logical_or.reduceat(failing, starts, axis=1)
    counts = patterns[COUNT].to_numpy() @ is_needed
    return dict(zip(fixes, counts.tolist(), strict=True))


def mean_percent(patterns: pl.DataFrame) -> float:
    """Return the mean percent over all datasets behind some patterns."""
    counts = patterns[COUNT].to_numpy()
    cents = int(cents_of(patterns["percent"].to_numpy()) @ counts)
    return cents / (TO_CENTS * int(counts.sum()))


def fails(patterns: pl.DataFrame, checks: Sequence[Fixable]) -> npt.NDArray[np.bool_]:
    """Return in which patterns, a row each, checks could be judged and are not fully met."""
    states = patterns[[FACT + check.indicator for check in checks]].to_numpy()
    is_failing: npt.NDArray[np.bool_] = (states == State.UNMET) | (states == State.PARTLY)
    return is_failing


def failing_counts(patterns: pl.DataFrame, checks: Sequence[Fixable]) -> dict[str, int]:
    """Return how many datasets fail each check, without those that none fails."""
    if not checks:
        return {}
    counts = patterns[COUNT].to_numpy() @ fails(patterns, checks)
    found = zip(checks, counts.tolist(), strict=True)
    return {check.check_id: count for check, count in found if count}


def _fixable(test: Test, rubric: Rubric) -> Fixable:
    met: frozenset[str] = frozenset()
    more = frozenset({test.id})
    while more - met:
        met |= more
        reached = [each for each in rubric.tests if each.id in met]
        facts = {each.indicator for each in reached}
        more = frozenset(
            {each.id for each in rubric.tests if each.indicator in facts}
            | {implied for each in reached for implied in each.implies}
        )
    indicators = frozenset(each.indicator for each in rubric.tests if each.id in met)
    return Fixable(test.id, test.indicator, met, indicators)


def _met(patterns: pl.DataFrame, fixed: Iterable[Fixable]) -> pl.DataFrame:
    for each in fixed:
        is_failing = pl.col(FACT + each.indicator).is_between(State.UNMET, State.PARTLY)
        names = (FACT + indicator for indicator in sorted(each.indicators))
        patterns = patterns.with_columns(
            pl.when(is_failing).then(pl.lit(State.MET, pl.UInt8)).otherwise(name).alias(name)
            for name in names
            if name in patterns.columns
        )
    return patterns


def _points_of(patterns: pl.DataFrame, part: Part) -> pl.DataFrame:
    return patterns.select(
        earned=pl.sum_horizontal(earned_points(term) for term in part.terms),
        judged=pl.sum_horizontal(judged_points(term) for term in part.terms),
    )


@lru_cache(maxsize=CHOICES_KEPT)
def _parts(checks: tuple[Fixable, ...], rubric: Rubric) -> tuple[Part, ...]:
    """Return the checks in groups whose points do not depend on each other's."""
    parts: list[Part] = []
    terms = _terms(rubric)
    for check in checks:
        own = [term for term in terms if any(test.id in check.tests for test in term.tests)]
        near = [part for part in parts if any(term in part.terms for term in own)]
        parts = [part for part in parts if part not in near]
        parts.append(
            Part(
                (*chain.from_iterable(part.checks for part in near), check),
                tuple(dict.fromkeys((*chain.from_iterable(part.terms for part in near), *own))),
            )
        )
    return tuple(parts)


def _groups(fixes: Sequence[FieldFix], part_of: Mapping[Fixable, int]) -> tuple[Group, ...]:
    """Return the fixes in groups whose points do not depend on each other's."""
    groups: list[tuple[Group, set[int]]] = []
    for fix in fixes:
        touched = {part_of[check] for check in fix.checks}
        near = [each for each in groups if not touched.isdisjoint(each[1])]
        groups = [each for each in groups if touched.isdisjoint(each[1])]
        members = (*chain.from_iterable(group for group, _ in near), fix)
        groups.append((members, touched.union(*(parts for _, parts in near))))
    return tuple(group for group, _ in groups)


def _terms(rubric: Rubric) -> list[Metric]:
    """Return what adds up to the points: each test, or a metric whose tests stand for another."""
    return [
        term
        for metric in rubric.metrics
        for term in (
            [metric.model_copy(update={"tests": (test,)}) for test in metric.tests]
            if metric.combination == "cumulative"
            else [metric]
        )
    ]
