"""Checks that a change to records can meet, and the patterns of facts in which they fail.

A check is met where it fails; where it could not be judged it stays so, unless another that is
met implies it. Everything works on patterns, the distinct rows of facts with the number of
datasets behind each, so that a million datasets cost what their patterns cost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import polars as pl

from fairdb_core.indicators import Basis, State
from fairdb_core.indicators.packing import FACT, packed, unpacked
from fairdb_core.rubrics import Metric, Rubric, Test
from fairdb_core.scoring.kernel import earned_points, judged_points

COUNT = "count"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Part:
    """Checks that have a say in the same points, and what gives these points."""

    checks: tuple[Fixable, ...]
    terms: tuple[Metric, ...]


class Shifts:
    """What meeting some checks adds to the points of each pattern; parts simply add up.

    Args:
        patterns: What ``patterns_of`` gave.
        checks: The checks that may be met.
        rubric: What the facts are worth.
    """

    def __init__(self, patterns: pl.DataFrame, checks: Sequence[Fixable], rubric: Rubric) -> None:
        self.parts = _parts(checks, rubric)
        self._patterns = patterns
        self._known: dict[tuple[Fixable, ...], tuple[pl.Series, pl.Series]] = {}

    def of(self, part: Part, met: tuple[Fixable, ...]) -> tuple[pl.Series, pl.Series]:
        """Return the points earned and judged that meeting checks of one part adds."""
        if met not in self._known:
            before = _points_of(self._patterns, part)
            after = _points_of(_met(self._patterns, met), part)
            self._known[met] = (
                after["earned"] - before["earned"],
                after["judged"] - before["judged"],
            )
        return self._known[met]


@lru_cache(maxsize=32)
def fixables(rubric: Rubric) -> tuple[Fixable, ...]:
    """Return the checks that count and that a record alone can decide, one a fact."""
    first: dict[str, Test] = {}
    for test in rubric.tests:
        if test.points and test.fact.basis in {Basis.RECORD, Basis.EXTRA_COLUMN}:
            first.setdefault(test.indicator, test)
    return tuple(_fixable(test, rubric) for test in first.values())


def patterns_of(datasets: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Return the distinct facts of those datasets of which something could be judged.

    Args:
        datasets: Facts as ``compute_facts`` gives them; a missing one counts as not assessed.
            With ``count``, each row stands for as many datasets.
        rubric: Whose facts are looked at.

    Returns:
        A ``UInt8`` column a fact, and ``count``, ``earned``, ``judged`` and ``percent``.
    """
    names = sorted({test.indicator for test in rubric.tests})
    known = [name for name in names if FACT + name in datasets.columns]
    keys = packed(datasets.select(FACT + name for name in known))
    counts = (
        datasets[COUNT] if COUNT in datasets.columns else pl.repeat(1, datasets.height, eager=True)
    )
    counted = (
        unpacked(
            keys.with_columns(counts.cast(pl.Int64).alias(COUNT))
            .group_by(keys.columns)
            .agg(pl.col(COUNT).sum())
            .sort(keys.columns)
        )
        .with_columns(pl.lit(0, pl.UInt8).alias(FACT + name) for name in names if name not in known)
        .select(*(FACT + name for name in names), COUNT)
    )
    return _scored(counted, rubric).filter(pl.col("judged") > 0)


def mean_percent(patterns: pl.DataFrame) -> float:
    """Return the mean percent over all datasets behind some patterns."""
    total = patterns.select((pl.col("percent") * pl.col(COUNT)).sum()).item()
    return float(total) / int(patterns[COUNT].sum())


def meet(patterns: pl.DataFrame, fixed: Iterable[Fixable], rubric: Rubric) -> pl.DataFrame:
    """Return the patterns with their scores once some checks are met wherever they fail."""
    return _scored(_met(patterns, fixed), rubric)


def fails(check: Fixable) -> pl.Expr:
    """Return whether a check could be judged and is not fully met."""
    return pl.col(FACT + check.indicator).is_between(State.UNMET, State.PARTLY)


def failing_counts(patterns: pl.DataFrame, checks: Iterable[Fixable]) -> dict[str, int]:
    """Return how many datasets fail each check, without those that none fails."""
    asked = list(checks)
    if not asked or patterns.is_empty():
        return {}
    counts = patterns.select(
        pl.col(COUNT).filter(fails(check)).sum().alias(check.check_id) for check in asked
    ).row(0, named=True)
    return {check_id: count for check_id, count in counts.items() if count}


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


def _scored(patterns: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    return patterns.with_columns(
        earned=pl.sum_horizontal(earned_points(metric) for metric in rubric.metrics),
        judged=pl.sum_horizontal(judged_points(metric) for metric in rubric.metrics),
    ).with_columns(
        percent=pl.when(pl.col("judged") > 0).then(
            (100 * pl.col("earned") / pl.col("judged")).round(2)
        )
    )


def _met(patterns: pl.DataFrame, fixed: Iterable[Fixable]) -> pl.DataFrame:
    for each in fixed:
        patterns = patterns.with_columns(
            pl.when(fails(each)).then(pl.lit(State.MET, pl.UInt8)).otherwise(name).alias(name)
            for name in sorted(FACT + indicator for indicator in each.indicators)
        )
    return patterns


def _points_of(patterns: pl.DataFrame, part: Part) -> pl.DataFrame:
    return patterns.select(
        earned=pl.sum_horizontal(earned_points(term) for term in part.terms),
        judged=pl.sum_horizontal(judged_points(term) for term in part.terms),
    )


def _parts(checks: Sequence[Fixable], rubric: Rubric) -> list[Part]:
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
    return parts


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
