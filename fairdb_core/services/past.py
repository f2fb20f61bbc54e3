"""How some datasets stood at earlier times, counted from all their versions at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.domain.summaries import Change, TrendPoint
from fairdb_core.scoring.spans import UNTIL, with_spans
from fairdb_core.services.standing import Mask, Places
from fairdb_core.services.versions import Versions, microseconds

NOBODY = -1
_TIME = pl.Datetime("us", "UTC")
LOOK_BACK = timedelta(days=90)


def told(versions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the versions that stand no more, with the time until which they stood, and the rest.

    Args:
        versions: By ascending key, with ``dataset_id``, ``batch_at`` and ``is_deleted``.
    """
    ids, at = versions["dataset_id"].to_numpy(), microseconds(versions["batch_at"])
    order = np.argsort(ids, kind="stable")
    is_same = ids[order[:-1]] == ids[order[1:]]
    earlier, later = order[:-1][is_same], order[1:][is_same]
    is_followed = np.zeros(len(ids), dtype=bool)
    is_followed[earlier] = True
    stands = ~is_followed & ~versions["is_deleted"].to_numpy()
    if (at[later] < at[earlier]).any():
        until = with_spans(versions.select("dataset_id", "batch_at"))[UNTIL]
    else:
        ends = np.zeros(len(ids), dtype=np.int64)
        ends[earlier] = at[later]
        until = (
            pl.Series(UNTIL, ends)
            .cast(_TIME)
            .zip_with(pl.Series(is_followed), pl.Series([None], dtype=_TIME))
        )
    gone = np.flatnonzero(~stands)
    before = versions[gone].with_columns(until[gone].alias(UNTIL))
    return before, versions if not len(gone) else versions.filter(pl.Series(stands))


@dataclass(frozen=True, slots=True)
class Course:
    """How the mean moved.

    Attributes:
        change: Since a quarter before the last batch, ``None`` where there is no earlier time.
    """

    trend: tuple[TrendPoint, ...] = ()
    change: Change | None = None


class Past(Versions):
    """How datasets stood before."""

    def course(self, mask: Mask | None, times_of: Callable[[pl.Series], list[datetime]]) -> Course:
        """Return how the mean of those datasets moved that a mask leaves of the live ones.

        Args:
            mask: Which live datasets are meant with all their versions; ``None`` means every
                version, also those of datasets that are no more.
            times_of: Chooses the times to look at among those of the batches.
        """
        chosen = None if mask is None else np.append(mask, False)[self.live_of]
        batch = self.batch if chosen is None else self.batch[np.flatnonzero(chosen)]
        is_there = np.bincount(batch, minlength=len(self.begun) + 1)[:-1] > 0
        times = times_of(self.batch_at.filter(pl.Series(is_there)))
        if not times:
            return Course()
        at_each = self._points(times, chosen)
        trend = tuple(point for point in at_each if point.count)
        if len(trend) < 2 or trend[-1] is not at_each[-1]:  # noqa: PLR2004
            return Course(trend)
        since = _since(trend)
        gone = self.gone(since.at, trend[-1].at, chosen)
        return Course(trend, self._change(since, trend[-1], gone))

    def trend(
        self, times: Sequence[datetime], chosen: Mask | None = None
    ) -> tuple[TrendPoint, ...]:
        """Return the score at some times; those at which nothing could be judged are left out."""
        return tuple(point for point in self._points(times, chosen) if point.count)

    @cached_property
    def several(self) -> Places:
        """All versions of datasets that have or had several, or that are no more."""
        heirs = self.live_of[: self.first_live]
        is_followed = np.ones(len(self.batch), dtype=bool)
        is_followed[self.first_live :] = False
        is_followed[self.first_live + heirs[heirs != NOBODY]] = True
        return np.flatnonzero(is_followed)

    @cached_property
    def live_of(self) -> npt.NDArray[np.int32]:
        """Which of the live versions each one was followed by in the end, -1 for none."""
        live, gone = self.dataset_ids[self.first_live :], self.dataset_ids[: self.first_live]
        order = np.argsort(live, kind="stable")
        heirs = np.append(order, NOBODY)[np.searchsorted(live, gone, sorter=order)]
        heirs[np.append(live, 0)[heirs] != gone] = NOBODY
        return np.concatenate([heirs, np.arange(len(live))]).astype(np.int32)

    def _points(self, times: Sequence[datetime], chosen: Mask | None) -> list[TrendPoint]:
        return [
            TrendPoint(at, spread.mean or 0.0, spread.median or 0.0, spread.count)
            for at, spread in zip(times, self.states(times, chosen), strict=True)
        ]

    def _change(self, then: TrendPoint, now: TrendPoint, gone: Places) -> Change:
        """Return the change, of which those versions are the cause that stood and do not now."""
        heir = self.live_of[gone]
        before, after = self.rank[gone], self.rank[self.first_live + heir]
        both = (heir != NOBODY) & (after < self.unjudged)
        moved = float((self.percents[after[both]] - self.percents[before[both]]).sum())
        return Change(then.at, then.mean, now.mean, moved / now.count)


def _since(trend: Sequence[TrendPoint]) -> TrendPoint:
    """Return the point a quarter before the last, or the first where there is none."""
    limit = trend[-1].at - LOOK_BACK
    earlier = [point for point in trend[:-1] if point.at <= limit]
    return earlier[-1] if earlier else trend[0]
