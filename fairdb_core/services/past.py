"""How some datasets stood at earlier times, counted from all their versions at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.domain.summaries import Change, TrendPoint
from fairdb_core.scoring.quantiles import Counts, Ranks, Spread
from fairdb_core.scoring.spans import UNTIL, with_spans
from fairdb_core.services.standing import Mask, codes_of

LOOK_BACK = timedelta(days=90)
_NOBODY = -1


def told(versions: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the versions that stand no more, with the time until which they stood, and the rest.

    Args:
        versions: By ascending key, with ``dataset_id``, ``batch_at`` and ``is_deleted``.
    """
    ids, at = versions["dataset_id"].to_numpy(), _microseconds(versions["batch_at"])
    order = np.argsort(ids, kind="stable")
    is_followed = np.zeros(len(ids), dtype=bool)
    earlier = order[:-1][ids[order[:-1]] == ids[order[1:]]]
    is_followed[earlier] = True
    stands = ~is_followed & ~versions["is_deleted"].to_numpy()
    if (np.diff(at) < 0).any():
        until = with_spans(versions.select("dataset_id", "batch_at"))[UNTIL]
    else:
        ends = np.zeros(len(ids), dtype=np.int64)
        ends[earlier] = at[order[1:][ids[order[:-1]] == ids[order[1:]]]]
        is_ended = pl.Series(is_followed)
        until = pl.select(
            pl.when(is_ended).then(pl.Series(ends)).cast(pl.Datetime("us", "UTC")).alias(UNTIL)
        )[UNTIL]
    before = versions.with_columns(until).filter(pl.Series(~stands))
    return before, versions if stands.all() else versions.filter(pl.Series(stands))


@dataclass(frozen=True, slots=True)
class Course:
    """How the mean moved.

    Attributes:
        change: Since a quarter before the last batch, ``None`` where there is no earlier time.
    """

    trend: tuple[TrendPoint, ...] = ()
    change: Change | None = None


class Past:
    """All versions of some datasets.

    Args:
        versions: Those that stand no more, and after them the others, with ``batch_id``.
        percents: The percent of each version.
        until: The time until which each of the first stood.
    """

    def __init__(self, versions: pl.DataFrame, percents: Ranks, until: pl.Series) -> None:
        batches = codes_of(versions["batch_id"])
        self._batch = batches.of_each
        self._values = percents.values
        self._rank = np.where(
            versions["is_deleted"].to_numpy(), len(percents.values), percents.of_each
        ).astype(np.uint16)
        at = dict(versions.select("batch_id", "batch_at").unique("batch_id").iter_rows())
        self._batch_at = pl.Series("at", [at[key] for key in batches.values[:-1]])
        self._ended = np.flatnonzero(until.is_not_null().to_numpy())
        self._until = _microseconds(until.drop_nulls())
        self._first_live = until.len()
        self._dataset_ids = versions["dataset_id"]

    def course(self, mask: Mask | None, times_of: Callable[[pl.Series], list[datetime]]) -> Course:
        """Return how the mean of those datasets moved that a mask leaves of the live ones.

        Args:
            mask: Which live datasets are meant with all their versions; ``None`` means every
                version, also those of datasets that are no more.
            times_of: Chooses the times to look at among those of the batches.
        """
        chosen = None if mask is None else np.append(mask, False)[self._live_of]
        batch = self._batch if chosen is None else self._batch[chosen]
        is_there = np.bincount(batch, minlength=len(self._batch_at) + 1)[:-1] > 0
        times = times_of(self._batch_at.filter(pl.Series(is_there)))
        if not times:
            return Course()
        rank = self._rank if chosen is None else self._rank[chosen]
        return self._told(_Times(times, self._batch_at, self._until), batch, rank, chosen)

    def _told(
        self,
        times: "_Times",
        batch: npt.NDArray[np.uint32],
        rank: npt.NDArray[np.uint16],
        chosen: Mask | None,
    ) -> Course:
        width = len(self._values) + 1
        ended = self._ended if chosen is None else self._ended[chosen[self._ended]]
        until = times.ends if chosen is None else times.ends[chosen[self._ended]]
        begun = times.starts[self._batch[ended]]
        until = np.maximum(until, begun)
        size = (len(times.all) + 1) * width
        begins = np.bincount(times.starts[batch] * width + rank, minlength=size)
        ends = np.bincount(until * width + self._rank[ended], minlength=size)
        counts = np.cumsum((begins - ends).reshape(-1, width), axis=0)[:-1, :-1]
        spreads = [Spread(self._values, row.astype(np.int64)) for row in counts]
        at_each = [
            TrendPoint(at, spread.mean or 0.0, spread.median or 0.0, spread.count)
            for at, spread in zip(times.all, spreads, strict=True)
        ]
        trend = tuple(point for point in at_each if point.count)
        if len(trend) < 2 or trend[-1] is not at_each[-1]:  # noqa: PLR2004
            return Course(trend)
        since = _since(trend)
        stood = ended[(begun <= at_each.index(since)) & (until > at_each.index(since))]
        return Course(trend, self._change(since, trend[-1], stood))

    def _change(self, then: TrendPoint, now: TrendPoint, stood: npt.NDArray[np.intp]) -> Change:
        """Return the change, of which those versions are the cause that stood and do not now."""
        size = len(self._values)
        heir = self._live_of[stood]
        before, after = self._rank[stood], self._rank[self._first_live + heir]
        both = (heir != _NOBODY) & (before < size) & (after < size)
        moved = float((self._values[after[both]] - self._values[before[both]]).sum())
        total, from_edits = now.mean - then.mean, moved / now.count
        return Change(then.at, total, from_edits, total - from_edits)

    @cached_property
    def _live_of(self) -> npt.NDArray[np.int32]:
        """Which of the live datasets each version belongs to, -1 where it is no more."""
        ids = self._dataset_ids.to_numpy()
        live = ids[self._first_live :]
        order = np.argsort(live, kind="stable")
        gone = ids[: self._first_live]
        found = np.searchsorted(live, gone, sorter=order)
        heirs = np.append(order, _NOBODY)[found]
        heirs[np.append(live, 0)[heirs] != gone] = _NOBODY
        return np.concatenate([heirs, np.arange(len(live))]).astype(np.int32)


class _Times:
    """The times that are looked at, and where among them batches begin and versions end."""

    def __init__(self, times: Sequence[datetime], batch_at: pl.Series, until: Counts) -> None:
        self.all = times
        marks = _microseconds(pl.Series(times, dtype=pl.Datetime("us", "UTC")))
        begun = np.searchsorted(marks, _microseconds(batch_at), side="left")
        self.starts = np.append(begun, 0).astype(np.int64)
        self.ends = np.searchsorted(marks, until, side="left").astype(np.int64)


def _since(trend: Sequence[TrendPoint]) -> TrendPoint:
    """Return the point a quarter before the last, or the first where there is none."""
    limit = trend[-1].at - LOOK_BACK
    earlier = [point for point in trend[:-1] if point.at <= limit]
    return earlier[-1] if earlier else trend[0]


def _microseconds(times: pl.Series) -> Counts:
    return times.cast(pl.Datetime("us", "UTC")).to_physical().to_numpy()
