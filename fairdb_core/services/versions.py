"""All versions of some datasets, held so that what stood at a time is counted at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.scoring.quantiles import Counts, Ranks, Spread
from fairdb_core.services.standing import Mask, Places, codes_of

_TIME = pl.Datetime("us", "UTC")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Versions:
    """Versions by batch and by the rank of their percent, which deletions have none of.

    Args:
        rows: Those that stand no more, and after them the others; keys, times and ``percent``.
        percents: The percent of each version.
        until: The time until which each of the first stood.
    """

    def __init__(self, rows: pl.DataFrame, percents: Ranks, until: pl.Series) -> None:
        batches = codes_of(rows["batch_id"])
        begun = np.zeros(len(batches.values), dtype=np.int64)
        begun[batches.of_each] = microseconds(rows["batch_at"])
        self.rows = rows
        self.batch_ids = batches.values[:-1]
        self.begun = begun[:-1]
        self.batch_at = pl.Series("at", self.begun).cast(_TIME)
        self.batch = batches.of_each
        self.percents = percents.values
        self.unjudged = len(percents.values)
        self.rank = np.where(rows["is_deleted"].to_numpy(), self.unjudged, percents.of_each).astype(
            np.uint16
        )
        self.first_live = until.len()
        self.ended = np.flatnonzero(until.is_not_null().to_numpy())
        self.until = microseconds(until.drop_nulls())

    def states(self, times: Sequence[datetime], chosen: Mask | None = None) -> list[Spread]:
        """Return how the percents of those versions are spread that stood at some times.

        Args:
            times: In their order.
            chosen: Which versions are meant, every one where nothing is said.
        """
        marks = microseconds(pl.Series(times, dtype=_TIME))
        width, size = self.unjudged + 1, (len(marks) + 1) * (self.unjudged + 1)
        start = np.append(np.searchsorted(marks, self.begun), 0)
        end = np.searchsorted(marks, self.until)
        ended, batch, rank = self.ended, self.batch, self.rank
        if chosen is not None:
            is_meant, places = chosen[ended], np.flatnonzero(chosen)
            ended, end, batch, rank = ended[is_meant], end[is_meant], batch[places], rank[places]
        end = np.maximum(end, start[self.batch[ended]])
        begins = np.bincount((start * width).astype(np.uint32)[batch] + rank, minlength=size)
        ends = np.bincount(end * width + self.rank[ended], minlength=size)
        counts = np.cumsum((begins - ends).reshape(-1, width), axis=0)[:-1, :-1]
        return [Spread(self.percents, row.astype(np.int64)) for row in counts]

    def standing_at(self, at: datetime) -> Mask:
        """Return which versions stood at a time and have a percent."""
        moment = microsecond(at)
        stood: Mask = np.append(self.begun <= moment, False)[self.batch]
        stood &= self.rank < self.unjudged
        stood[self.ended[self.until <= moment]] = False
        return stood

    def gone(self, since: datetime, until: datetime, chosen: Mask | None = None) -> Places:
        """Return which versions stood at a time and not at a later one, as far as they are judged.

        Args:
            since: The time.
            until: The later one.
            chosen: Which versions are meant, every one where nothing is said.
        """
        is_over = (self.until > microsecond(since)) & (self.until <= microsecond(until))
        is_over &= self.begun[self.batch[self.ended]] <= microsecond(since)
        return self.judged_of(self.ended[is_over], chosen)

    def come(self, since: datetime, until: datetime, chosen: Mask | None = None) -> Places:
        """Return which versions stood at a time and not at an earlier one, as ``gone`` does."""
        has_come = np.append(self.begun_between(since, until), False)[self.batch]
        has_come[self.ended[self.until <= microsecond(until)]] = False
        return self.judged_of(np.flatnonzero(has_come), chosen)

    def begun_between(self, since: datetime, until: datetime) -> Mask:
        """Return which batches came after a time, and not after another."""
        return (self.begun > microsecond(since)) & (self.begun <= microsecond(until))

    def judged_of(self, places: Places, chosen: Mask | None) -> Places:
        """Return those of some versions that have a percent and are chosen."""
        is_judged = self.rank[places] < self.unjudged
        return places[is_judged if chosen is None else is_judged & chosen[places]]

    @cached_property
    def dataset_ids(self) -> npt.NDArray[np.int64]:
        """Of which dataset each version is."""
        return self.rows["dataset_id"].to_numpy()


def microsecond(at: datetime) -> int:
    """Return a time as a number."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def microseconds(times: pl.Series) -> Counts:
    """Return times as numbers."""
    return times.cast(_TIME).to_physical().to_numpy()
