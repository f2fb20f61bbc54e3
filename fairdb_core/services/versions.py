"""All versions of some datasets, by batch and by the rank of their percent."""

from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.scoring.quantiles import Counts, Ranks
from fairdb_core.scoring.spans import cents_of
from fairdb_core.services.codes import codes_of
from fairdb_core.services.standing import Mask

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
        self.is_deletion = rows["is_deleted"].to_numpy()
        self.rank = np.where(self.is_deletion, self.unjudged, percents.of_each).astype(np.uint16)
        self.first_live = until.len()
        self.ended = np.flatnonzero(until.is_not_null().to_numpy())
        self.until = microseconds(until.drop_nulls())

    def standing_at(self, at: datetime) -> Mask:
        """Return which versions stood at a time and have a percent."""
        moment = microsecond(at)
        stood: Mask = np.append(self.begun <= moment, False)[self.batch]
        stood &= self.rank < self.unjudged
        stood[self.ended[self.until <= moment]] = False
        return stood

    def begun_between(self, since: datetime, until: datetime) -> Mask:
        """Return which batches came after a time, and not after another."""
        return (self.begun > microsecond(since)) & (self.begun <= microsecond(until))

    @cached_property
    def moments(self) -> Counts:
        """When batches came, each time once."""
        return np.unique(self.begun)

    @cached_property
    def cents(self) -> Counts:
        """The percent of each rank in hundredths, and last 0 for what has none."""
        return np.append(cents_of(self.percents), 0)

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
