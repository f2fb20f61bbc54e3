"""How some datasets stood at earlier times, counted from all their versions at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.domain.summaries import Change, TrendPoint
from fairdb_core.scoring.spans import TO_CENTS, UNTIL, with_spans
from fairdb_core.services.counted import Counted
from fairdb_core.services.several import NOBODY, Several, several_of
from fairdb_core.services.singles import Cells, cells_of
from fairdb_core.services.standing import Mask, Places
from fairdb_core.services.versions import Versions, microsecond, microseconds

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

    _last_counted: tuple[Mask, Counted] | None = None

    def course(self, mask: Mask | None, times_of: Callable[[pl.Series], list[datetime]]) -> Course:
        """Return how the mean of those datasets moved that a mask leaves of the live ones.

        Args:
            mask: Which live datasets are meant with all their versions; ``None`` means every
                version, also those of datasets that are no more.
            times_of: Chooses the times to look at among those of the batches.
        """
        chosen = None
        if mask is not None:
            gone = np.append(mask, False)[self.heirs]
            chosen = np.concatenate([gone, mask])
        counted = self.counted(chosen)
        times = times_of(self.batch_at.filter(pl.Series(counted.has_batch)))
        if not times:
            return Course()
        at_each = _points(counted, times)
        trend = tuple(point for point in at_each if point.count)
        if len(trend) < 2 or trend[-1] is not at_each[-1]:  # noqa: PLR2004
            return Course(trend)
        since = _since(trend)
        return Course(trend, _change(counted, since, trend[-1]))

    def trend(
        self, times: Sequence[datetime], chosen: Mask | None = None
    ) -> tuple[TrendPoint, ...]:
        """Return the score at some times; those at which nothing could be judged are left out."""
        return tuple(point for point in _points(self.counted(chosen), times) if point.count)

    def new(self, since: datetime) -> Places:
        """Return the versions of datasets that came after a time and have no other."""
        is_new = np.append(self.begun > microsecond(since), False)[self.batch]
        return np.flatnonzero(is_new & self.is_single)

    def otherwise_at(self, at: datetime, meant: Mask | None) -> tuple[Places, Places]:
        """Return which versions stood at a time and do not now, and which the other way round.

        Args:
            at: The time.
            meant: Which versions are looked at, every one where nothing is said.
        """
        moment = microsecond(at)
        gone = self.ended[self.until > moment]
        gone = gone[(self.begun[self.batch[gone]] <= moment) & ~self.is_deletion[gone]]
        come, is_late = np.zeros(0, np.intp), np.append(self.begun > moment, False)
        if is_late.any():
            come = self.first_live + np.flatnonzero(is_late[self.batch[self.first_live :]])
        return gone if meant is None else gone[meant[gone]], (
            come if meant is None else come[meant[come]]
        )

    def counted(self, chosen: Mask | None = None) -> Counted:
        """Return the versions that count, of those that are meant."""
        if chosen is None:
            return self._all_counted
        last = self._last_counted
        if last is None or last[0] is not chosen:
            # One screen asks for the same several times.
            last = self._last_counted = (chosen, Counted(self, self._cells, self.several, chosen))
        return last[1]

    @cached_property
    def several(self) -> Several:
        """The datasets that have or had several versions, or that are no more."""
        return several_of(self, np.flatnonzero(~self.is_single))

    @cached_property
    def is_single(self) -> Mask:
        """Which versions are the only one of a dataset that stands."""
        is_single = np.ones(len(self.batch), dtype=bool)
        is_single[: self.first_live] = False
        is_single[self.first_live + self.heirs[self.heirs != NOBODY]] = False
        return is_single

    @cached_property
    def _cells(self) -> Cells:
        return cells_of(self, self.is_single)

    @cached_property
    def _all_counted(self) -> Counted:
        return Counted(self, self._cells, self.several, None)

    @cached_property
    def heirs(self) -> npt.NDArray[np.intp]:
        """Which live version each other one was followed by in the end, -1 for none."""
        live, gone = self.dataset_ids[self.first_live :], self.dataset_ids[: self.first_live]
        order = np.argsort(live, kind="stable")
        heirs = np.append(order, NOBODY)[np.searchsorted(live, gone, sorter=order)]
        heirs[np.append(live, 0)[heirs] != gone] = NOBODY
        return heirs


def _points(counted: Counted, times: Sequence[datetime]) -> list[TrendPoint]:
    return [
        TrendPoint(at, spread.mean or 0.0, spread.median or 0.0, spread.count)
        for at, spread in zip(times, counted.states(times), strict=True)
    ]


def _change(counted: Counted, then: TrendPoint, now: TrendPoint) -> Change:
    """Return the change, of which that part is from edits by which datasets moved that stood."""
    before, after = counted.ranks_at(then.at), counted.ranks_at(now.at)
    unjudged, cents = counted.versions.unjudged, counted.versions.cents
    apart = np.flatnonzero((before != after) & (before < unjudged) & (after < unjudged))
    moved = int((cents[after[apart]] - cents[before[apart]]).sum()) / TO_CENTS
    return Change(then.at, then.mean, now.mean, moved / now.count)


def _since(trend: Sequence[TrendPoint]) -> TrendPoint:
    """Return the point a quarter before the last, or the first where there is none."""
    limit = trend[-1].at - LOOK_BACK
    earlier = [point for point in trend[:-1] if point.at <= limit]
    return earlier[-1] if earlier else trend[0]
