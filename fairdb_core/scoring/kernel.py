"""From a record frame to facts, and from facts to points; all rubrics share the facts.

Points follow F-UJI's own aggregation (doi:10.5281/zenodo.15045911): tests to metrics, metrics to
principles and dimensions, and all metrics to the total. What cannot be judged earns nothing and
costs nothing: a percentage is the share of the judged points.
"""

import polars as pl

from fairdb_core.indicators import INDICATORS, State
from fairdb_core.records import complete
from fairdb_core.rubrics import Metric, Rubric, Test

FACT = "fact:"
BATCH_ROWS = 65_536


def compute_facts(records: pl.DataFrame) -> pl.DataFrame:
    """Return the state of every indicator for every record.

    Args:
        records: A normalised record frame.

    Returns:
        One ``UInt8`` column ``fact:<key>`` an indicator: 0 not assessed, 1 unmet, 2 partly, 3 met.
    """
    frame = complete(records)
    return frame.select(
        _as_column(found.expression()).alias(FACT + key) for key, found in INDICATORS.items()
    )


def score(facts: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Return the points of every record.

    Args:
        facts: What ``compute_facts`` gave.
        rubric: What the facts are worth.

    Returns:
        ``Float64`` columns ``percent``, ``earned`` and ``judged`` of the whole, the same as
        ``<name>.percent`` … for each dimension and principle, and ``<dimension>.maturity`` and
        ``maturity`` where the rubric has levels. A percent is null where nothing was judged.
    """
    metrics = facts.lazy().select(
        expression
        for metric in rubric.metrics
        for expression in (
            earned_points(metric).alias(f"{metric.id}:earned"),
            judged_points(metric).alias(f"{metric.id}:judged"),
            _metric_maturity(metric).alias(f"{metric.id}:maturity"),
        )
    )
    groups: dict[str, list[Metric]] = {"": list(rubric.metrics)}
    for metric in rubric.metrics:
        groups.setdefault(f"{metric.dimension}.", []).append(metric)
        if metric.principle != metric.dimension:
            groups.setdefault(f"{metric.principle}.", []).append(metric)
    sums = metrics.select(
        *(
            pl.sum_horizontal(f"{metric.id}:{what}" for metric in members).alias(name + what)
            for name, members in groups.items()
            for what in ("earned", "judged")
        ),
        *(
            _mean_maturity([m for m in rubric.metrics if m.dimension == dimension.id]).alias(
                f"{dimension.id}.maturity"
            )
            for dimension in rubric.dimensions
            if rubric.has_maturity
        ),
    )
    scored = sums.with_columns(_percent(name).alias(f"{name}percent") for name in groups)
    if rubric.has_maturity:
        scored = scored.with_columns(maturity=_total_maturity(rubric))
    return scored.collect()


def earned_points(metric: Metric, met: frozenset[str] = frozenset()) -> pl.Expr:
    """Return the points that a metric earns.

    Args:
        metric: The metric.
        met: Tests taken as met, whatever the facts say.
    """
    points = [
        pl.when(_state(test, met) == State.MET).then(test.points).otherwise(None)
        for test in metric.tests
    ]
    if metric.combination == "cumulative":
        return pl.sum_horizontal(points).cast(pl.Float64)
    return pl.coalesce(*reversed(points), pl.lit(0.0)).cast(pl.Float64)


def judged_points(metric: Metric, met: frozenset[str] = frozenset()) -> pl.Expr:
    """Return the points of a metric that could be judged.

    Args:
        metric: The metric.
        met: Tests taken as met, whatever the facts say.
    """
    points = [
        pl.when(_state(test, met) != State.NOT_ASSESSED).then(test.points).otherwise(0.0)
        for test in metric.tests
    ]
    if metric.combination == "cumulative":
        return pl.sum_horizontal(points).cast(pl.Float64)
    return pl.max_horizontal(points).cast(pl.Float64)


def _as_column(expression: pl.Expr) -> pl.Expr:
    """Return an expression with a value for each row, a constant one too."""
    return pl.when(pl.int_range(pl.len()) >= 0).then(expression).cast(pl.UInt8)


def _state(test: Test, met: frozenset[str]) -> pl.Expr:
    if test.id in met:
        return pl.lit(State.MET, pl.UInt8)
    return pl.col(FACT + test.indicator)


def _percent(name: str) -> pl.Expr:
    judged = pl.col(f"{name}judged")
    return pl.when(judged > 0).then((100 * pl.col(f"{name}earned") / judged).round(2))


def _metric_maturity(metric: Metric) -> pl.Expr:
    """Return the level of the last test that is met, null where nothing was judged."""
    levels = [
        pl.when(pl.col(FACT + test.indicator) == State.MET).then(test.maturity)
        for test in metric.tests
    ]
    is_judged = pl.max_horizontal(FACT + test.indicator for test in metric.tests) > 0
    reached = pl.coalesce(*reversed(levels), pl.lit(0))
    return pl.when(is_judged).then(reached).cast(pl.Float64)


def _mean_maturity(metrics: list[Metric]) -> pl.Expr:
    """Return the rounded mean level of some metrics, 1 where it lies between 0 and 1."""
    mean = pl.mean_horizontal(f"{metric.id}:maturity" for metric in metrics)
    return pl.when((mean > 0) & (mean < 1)).then(1.0).otherwise(mean.round(0, "half_to_even"))


def _total_maturity(rubric: Rubric) -> pl.Expr:
    levels = [pl.col(f"{dimension.id}.maturity").fill_null(0) for dimension in rubric.dimensions]
    mean = (pl.sum_horizontal(levels) / len(levels)).round(2)
    return pl.when((mean > 0) & (mean < 1)).then(1.0).otherwise(mean)
