"""From a record frame to facts, and from facts to points; all rubrics share the facts.

Points follow F-UJI's own aggregation (doi:10.5281/zenodo.15045911): tests to metrics, metrics to
principles and dimensions, and all metrics to the total. What cannot be judged earns nothing and
costs nothing: a percentage is the share of the judged points.
"""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from polars.expr.whenthen import ChainedThen, Then

from fairdb_core.cache import CHOICES_KEPT, RUBRICS_KEPT
from fairdb_core.indicators import INDICATORS, State
from fairdb_core.indicators.expressions import SHARED, SHARED_PREFIX
from fairdb_core.indicators.packing import FACT
from fairdb_core.records import complete
from fairdb_core.rubrics import Metric, Rubric, Test
from fairdb_core.scoring.alike import for_rows_alike
from fairdb_core.scoring.levels import (
    mean_maturity,
    met_shares,
    metric_maturity,
    priority_level,
    total_maturity,
)

BATCH_ROWS = 65_536
_FEW_ROWS = 2_000
_TOO_FEW_TO_SHARE_OUT = 16


def compute_facts(
    records: pl.DataFrame, indicators: tuple[str, ...] = tuple(INDICATORS)
) -> pl.DataFrame:
    """Return the state of indicators for every record.

    Args:
        records: A normalised record frame.
        indicators: Which of them, all where nothing is said.

    Returns:
        One ``UInt8`` column ``fact:<key>`` an indicator: 0 not assessed, 1 unmet, 2 partly, 3 met.
    """
    *shared, facts = _fact_steps(indicators)
    worked_out = complete(records)
    if records.height < _TOO_FEW_TO_SHARE_OUT:
        for step in shared:
            worked_out = worked_out.with_columns_seq(step)
        return worked_out.select_seq(facts)
    for step in shared:
        worked_out = worked_out.with_columns(step)
    return worked_out.select(facts)


@lru_cache(maxsize=CHOICES_KEPT)
def _fact_steps(indicators: tuple[str, ...]) -> list[list[pl.Expr]]:
    """Return what is worked out first, what is worked out of that, and at last the facts."""
    facts = [INDICATORS[key].expression().alias(FACT + key) for key in indicators]
    steps, wanted = [facts], _shared_by(facts)
    while wanted:
        step = [SHARED[name] for name in sorted(wanted)]
        # What several steps rest on is worked out in the first of them.
        later = [[e for e in each if e.meta.output_name() not in wanted] for each in steps]
        steps, wanted = [step, *later], _shared_by(step)
    return steps


def _shared_by(expressions: list[pl.Expr]) -> set[str]:
    """Return the names of the shared columns that expressions rest on."""
    roots = (name for expression in expressions for name in expression.meta.root_names())
    return {name for name in roots if name.startswith(SHARED_PREFIX)}


def score(facts: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Return the points of every record.

    Args:
        facts: What ``compute_facts`` gave.
        rubric: What the facts are worth.

    Returns:
        ``Float64`` columns ``percent``, ``earned`` and ``judged`` of the whole, the same as
        ``<name>.percent`` … for each dimension and principle, and ``<name>.maturity`` of each and
        ``maturity``, or ``<dimension>.level``, where the rubric has them. A percent is null where
        nothing was judged.
    """
    if facts.height < _FEW_ROWS:
        return _points(facts, rubric)
    names = {FACT + test.indicator for metric in rubric.metrics for test in metric.tests}
    return for_rows_alike(facts.select(sorted(names)), lambda rows: _points(rows, rubric))


def _points(facts: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    steps = _steps(rubric)
    return facts.select(steps.metrics).select(steps.sums).with_columns(steps.shares)


@dataclass(frozen=True)
class _Steps:
    """What is computed of the facts, each step of the one before."""

    metrics: list[pl.Expr]
    sums: list[pl.Expr]
    shares: list[pl.Expr]


@lru_cache(maxsize=RUBRICS_KEPT)
def _steps(rubric: Rubric) -> _Steps:
    groups = _groups(rubric)
    metrics = [
        expression
        for metric in rubric.metrics
        for expression in (
            earned_points(metric).alias(f"{metric.id}:earned"),
            judged_points(metric).alias(f"{metric.id}:judged"),
        )
    ]
    sums = [
        pl.sum_horizontal(f"{metric.id}:{what}" for metric in members).alias(name + what)
        for name, members in groups.items()
        for what in ("earned", "judged")
    ]
    shares = [percent_of(name).alias(f"{name}percent") for name in groups]
    if rubric.has_maturity:
        metrics += [metric_maturity(m).alias(f"{m.id}:maturity") for m in rubric.metrics]
        sums += [
            mean_maturity(members).alias(f"{name}maturity")
            for name, members in groups.items()
            if name
        ]
        shares.append(total_maturity(rubric).alias("maturity"))
    if rubric.priorities:
        metrics += met_shares(rubric)
        sums += [priority_level(rubric, dimension.id) for dimension in rubric.dimensions]
    return _Steps(metrics, sums, shares)


def _groups(rubric: Rubric) -> dict[str, list[Metric]]:
    """Return the metrics that are summed together, by the beginning of their columns' names."""
    groups: dict[str, list[Metric]] = {"": list(rubric.metrics)}
    for metric in rubric.metrics:
        groups.setdefault(f"{metric.dimension}.", []).append(metric)
        if metric.principle != metric.dimension:
            groups.setdefault(f"{metric.principle}.", []).append(metric)
    return groups


def earned_points(metric: Metric, met: frozenset[str] = frozenset()) -> pl.Expr:
    """Return the points that a metric earns.

    Args:
        metric: The metric.
        met: Tests taken as met, whatever the facts say.
    """
    points = [_earned(test, met) for test in metric.tests]
    if len(points) == 1:
        return points[0].otherwise(0.0)
    if metric.combination == "cumulative":
        return pl.sum_horizontal(points)
    return pl.coalesce(*reversed(points), pl.lit(0.0))


def judged_points(metric: Metric, met: frozenset[str] = frozenset()) -> pl.Expr:
    """Return the points of a metric that could be judged.

    Args:
        metric: The metric.
        met: Tests taken as met, whatever the facts say.
    """
    points = [
        pl.when(_state(test, met) != State.NOT_ASSESSED).then(float(test.points)).otherwise(0.0)
        for test in metric.tests
    ]
    if len(points) == 1:
        return points[0]
    if metric.combination == "cumulative":
        return pl.sum_horizontal(points)
    return pl.max_horizontal(points)


def percent_of(name: str) -> pl.Expr:
    """Return the share that is earned of what was judged, null where nothing was.

    Args:
        name: What the columns with both begin with.
    """
    judged = pl.col(f"{name}judged")
    return pl.when(judged > 0).then((100 * pl.col(f"{name}earned") / judged).round(2))


def _earned(test: Test, met: frozenset[str]) -> Then | ChainedThen:
    earned = pl.when(_state(test, met) == State.MET).then(float(test.points))
    if not test.partly:
        return earned
    return earned.when(_state(test, met) == State.PARTLY).then(float(test.partly))


def _state(test: Test, met: frozenset[str]) -> pl.Expr:
    if test.id in met:
        return pl.lit(State.MET, pl.UInt8)
    return pl.col(FACT + test.indicator)
