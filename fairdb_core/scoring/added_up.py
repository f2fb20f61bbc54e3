"""How a score was added up: from tests to metrics, principles, dimensions and the total."""

from collections.abc import Sequence

from fairdb_core.domain.assessments import Assessment, Check, CheckState, Points
from fairdb_core.domain.explanations import AddedUp, MetricSum
from fairdb_core.rubrics import Metric, Rubric


def added_up(assessment: Assessment, rubric: Rubric) -> AddedUp:
    """Return the sums between the checks of an assessment and its total.

    Args:
        assessment: One record held against the rubric.
        rubric: The rubric.
    """
    checks = {check.check_id: check for check in assessment.checks}
    metrics = tuple(
        _metric(metric, [checks[test.id] for test in metric.tests], rubric)
        for metric in rubric.metrics
    )
    return AddedUp(metrics=metrics, sentences=tuple(_sentences(assessment, metrics, rubric)))


def _metric(metric: Metric, checks: Sequence[Check], rubric: Rubric) -> MetricSum:
    earned = [check.earned for check in checks]
    judged = [0.0 if check.state is CheckState.NOT_ASSESSED else check.possible for check in checks]
    if metric.combination == "cumulative":
        sums = sum(earned), sum(judged)
    else:
        met = [check.earned for check in checks if _brings_points(check)]
        sums = (met[-1] if met else 0.0), max(judged)
    return MetricSum(
        metric_id=metric.id,
        title=metric.title,
        dimension=metric.dimension,
        principle=metric.principle,
        is_alternative=metric.combination == "alternative",
        checks=tuple((check.check_id, check.state, check.earned) for check in checks),
        earned=sums[0],
        judged=sums[1],
        possible=metric.possible,
        maturity=_maturity(checks) if rubric.has_maturity else None,
    )


def _brings_points(check: Check) -> bool:
    return check.state is CheckState.MET or (check.state is CheckState.PARTLY and check.partly > 0)


def _maturity(checks: Sequence[Check]) -> int | None:
    """Return the level of the last check that is met, none where nothing was judged."""
    if all(check.state is CheckState.NOT_ASSESSED for check in checks):
        return None
    met = [check.maturity or 0 for check in checks if check.state is CheckState.MET]
    return met[-1] if met else 0


def _sentences(assessment: Assessment, metrics: Sequence[MetricSum], rubric: Rubric) -> list[str]:
    total = assessment.total
    parts = " + ".join(f"{points.earned:g}" for points in assessment.dimensions)
    told = [f"Points earned: {parts} = {total.earned:g}."]
    judged = " + ".join(f"{points.judged:g}" for points in assessment.dimensions)
    told.append(
        f"Points judged: {judged} = {total.judged:g} of {total.possible:g}; the rest needs the "
        "network, a person, or a column that the record lacks, and is left out."
    )
    if total.percent is not None:
        exact = 100 * total.earned / total.judged
        told.append(
            f"Score: 100 × {total.earned:g} ÷ {total.judged:g} = {exact:.6g}, rounded to two "
            f"places: {total.percent:g} %. It is not the mean of the dimensions' percentages."
        )
    elif not rubric.has_total:
        told.append("The rubric is published without an overall number.")
    if total.level:
        told.append(f"Rating: {total.earned:g} points are {total.level}.")
    told += [_level_sentence(points) for points in assessment.dimensions if points.level]
    return [*told, *_maturity_sentences(assessment, metrics)]


def _level_sentence(points: Points) -> str:
    counts = ", ".join(f"{each.priority} {each.met} of {each.judged}" for each in points.priorities)
    return (
        f"Level of {points.title}: {counts} judged are met, so level {points.level} of 5. Level 1 "
        "needs every Essential check; each further priority brings one level at half and one more "
        "in full."
    )


def _maturity_sentences(assessment: Assessment, metrics: Sequence[MetricSum]) -> list[str]:
    if assessment.total.maturity is None:
        return []
    told = [_maturity_of(points, metrics) for points in assessment.dimensions]
    levels = [points.maturity or 0 for points in assessment.dimensions]
    shown = " + ".join(f"{level:g}" for level in levels)
    told.append(
        f"Maturity in all: ({shown}) ÷ {len(levels)} = {sum(levels) / len(levels):.4g}, "
        f"to two places and at least 1 once above 0: {assessment.total.maturity:g}."
    )
    return told


def _maturity_of(points: Points, metrics: Sequence[MetricSum]) -> str:
    levels = [
        metric.maturity
        for metric in metrics
        if metric.dimension == points.name and metric.maturity is not None
    ]
    if points.maturity is None:
        return f"Maturity of {points.title}: nothing was judged."
    shown = " + ".join(str(level) for level in levels)
    return (
        f"Maturity of {points.title}: ({shown}) ÷ {len(levels)} = "
        f"{sum(levels) / len(levels):.4g}, rounded, and at least 1 once above 0: "
        f"{points.maturity:g} of 3."
    )
