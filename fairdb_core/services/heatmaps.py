"""Checks by groups, counted from patterns."""

import numpy as np
import numpy.typing as npt

from fairdb_core.domain.heatmaps import HeatCheck, HeatGroup, Heatmap
from fairdb_core.domain.summaries import CheckMethod, Facet, Filters
from fairdb_core.indicators import State
from fairdb_core.rubrics import Rubric
from fairdb_core.services.methods import gains_of_mean
from fairdb_core.services.narrowing import Scope, column_of, matching, value_of
from fairdb_core.services.standing import Matching, Standing

GROUPS_SHOWN = 12
CHECKS_SHOWN = 20
GROUPED_BY = tuple(facet for facet in Facet if facet not in (Facet.BAND, Facet.GAP, Facet.BATCH))


def heatmap(
    standing: Standing, filters: Filters, scope: Scope, rubric: Rubric, facet: Facet
) -> Heatmap:
    """Return in which groups which checks fail.

    Args:
        standing: The assessed datasets as they stand.
        filters: Which of them are meant.
        scope: What the filters are held against.
        rubric: By which they are judged.
        facet: What parts them into groups.
    """
    found = matching(standing, filters, scope)
    if not found.count:
        return Heatmap(facet, 0, (), (), 0, 0)
    counted = sorted(
        found.counts(column_of(facet)), key=lambda pair: (-pair[1], str(pair[0] or ""))
    )
    shown = counted[:GROUPS_SHOWN]
    groups = tuple(HeatGroup(*value_of(facet, value, scope), count) for value, count in shown)
    by_pattern = found.by_pattern(column_of(facet), [value for value, _ in shown])
    gains = gains_of_mean(found, rubric)
    checks = [
        _row(check, gains, found, by_pattern)
        for check in scope.checks
        if check.points and gains.get(check.check_id, 0.0) > 0
    ]
    checks.sort(key=lambda check: (-check.gain, check.check_id))
    return Heatmap(
        facet, found.count, groups, tuple(checks[:CHECKS_SHOWN]), len(counted), len(checks)
    )


def _row(
    check: CheckMethod,
    gains: dict[str, float],
    found: Matching,
    by_pattern: npt.NDArray[np.int64],
) -> HeatCheck:
    states = found.standing.patterns[f"fact:{check.indicator}"].to_numpy()
    fails = (states == State.UNMET) | (states == State.PARTLY)
    return HeatCheck(
        check_id=check.check_id,
        question=check.question,
        gain=gains[check.check_id],
        failed=tuple((by_pattern @ fails).tolist()),
        judged=tuple((by_pattern @ (states != State.NOT_ASSESSED)).tolist()),
    )
