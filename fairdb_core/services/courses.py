"""How the mean of some datasets moved over time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from fairdb_core.domain.summaries import Change, TrendPoint
from fairdb_core.scoring.spans import TO_CENTS
from fairdb_core.services.counted import Stood
from fairdb_core.services.past import Past

LOOK_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Course:
    """How the mean moved.

    Attributes:
        change: Since a quarter before the last batch, ``None`` where there is no earlier time.
    """

    trend: tuple[TrendPoint, ...] = ()
    change: Change | None = None


def course_of(past: Past, stood: Stood, times_of: Callable[[pl.Series], list[datetime]]) -> Course:
    """Return how the mean of some datasets moved.

    Args:
        past: All versions.
        stood: Those of them that are meant.
        times_of: Chooses the times to look at among those of the batches.
    """
    times = times_of(stood.times)
    if not times:
        return Course()
    at_each = stood.trend(times)
    trend = tuple(point for point in at_each if point.count)
    if len(trend) < 2 or trend[-1] is not at_each[-1]:  # noqa: PLR2004
        return Course(trend)
    return Course(trend, _change(past, stood, _since(trend), trend[-1]))


def _change(past: Past, stood: Stood, then: TrendPoint, now: TrendPoint) -> Change:
    """Return the change, of which that part is from edits by which datasets moved that stood."""
    versions, cents = past.moved(then.at, now.at)
    if stood.meant is not None:
        cents = cents[stood.meant[versions]]
    moved = int(cents.sum()) / TO_CENTS
    return Change(then.at, then.mean, now.mean, moved / now.count)


def _since(trend: Sequence[TrendPoint]) -> TrendPoint:
    """Return the point a quarter before the last, or the first where there is none."""
    limit = trend[-1].at - LOOK_BACK
    earlier = [point for point in trend[:-1] if point.at <= limit]
    return earlier[-1] if earlier else trend[0]
