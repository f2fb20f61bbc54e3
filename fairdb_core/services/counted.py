"""The versions that count in a mean, held so that what counted at a time is known at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.scoring.quantiles import Counts, Spread
from fairdb_core.services.several import Several
from fairdb_core.services.standing import MOST_CELLS, Mask, Places
from fairdb_core.services.versions import Versions, microsecond, microseconds

_TIME = pl.Datetime("us", "UTC")


@dataclass(frozen=True, eq=False)
class Cells:
    """Datasets with one version, by batch and by the rank of their percent.

    Attributes:
        batch: The batch of each cell.
        rank: The rank of each cell.
        of_each: The cell of each version; one behind the last for those of other datasets.
    """

    batch: Places
    rank: Places
    of_each: npt.NDArray[np.uint32]


def cells_of(versions: Versions, is_single: Mask) -> Cells:
    """Return datasets with one version by batch and rank.

    Args:
        versions: All versions.
        is_single: Which of them are the only one of their dataset.
    """
    places, width = np.flatnonzero(is_single), versions.unjudged + 1
    key = versions.batch[places] * np.int64(width) + versions.rank[places]
    if len(versions.batch_ids) * width <= MOST_CELLS:
        found = np.flatnonzero(np.bincount(key))
        number_of = np.zeros(len(versions.batch_ids) * width, dtype=np.uint32)
        number_of[found] = np.arange(len(found))
        numbers = number_of[key]
    else:
        found, numbers = np.unique(key, return_inverse=True)
    of_each = np.full(len(versions.batch), len(found), dtype=np.uint32)
    of_each[places] = numbers
    return Cells(found // width, found % width, of_each)


class Counted:
    """The versions that are meant; those that are judged count.

    Args:
        versions: All versions.
        cells: Their datasets with one version.
        several: Their other datasets.
        chosen: Which versions are meant, every one where nothing is said.

    Attributes:
        rank: The rank of each version of datasets of several, that of none where it is not meant.
    """

    def __init__(
        self, versions: Versions, cells: Cells, several: Several, chosen: Mask | None
    ) -> None:
        self.versions = versions
        self.several = several
        self.rank = versions.rank[several.places]
        self._cells, self._chosen = cells, chosen
        each = cells.of_each
        if chosen is not None:
            each = each[np.flatnonzero(chosen)]
            self.rank = np.where(chosen[several.places], self.rank, versions.unjudged)
        self._counts = np.bincount(each, minlength=len(cells.batch) + 1)[:-1]

    @cached_property
    def has_batch(self) -> Mask:
        """Of which batches there is a version."""
        several = self.several.batch
        if self._chosen is not None:
            several = several[self._chosen[self.several.places]]
        size = len(self.versions.batch_ids)
        singles = np.bincount(self._cells.batch, self._counts, size)
        return singles + np.bincount(several, minlength=size) > 0

    def states(self, times: Sequence[datetime]) -> list[Spread]:
        """Return how the percents are spread of what stood at some times, in their order."""
        marks = microseconds(pl.Series(times, dtype=_TIME))
        width, several = self.versions.unjudged + 1, self.several
        size = (len(marks) + 1) * width
        came, rank, counts = self._by_moment
        changes = np.bincount(np.searchsorted(marks, came) * width + rank, counts, size)
        start = np.searchsorted(marks, self.versions.begun)[several.batch]
        end = np.maximum(np.searchsorted(marks, several.until), start)
        changes += np.bincount(start * width + self.rank, minlength=size)
        changes -= np.bincount(end * width + self.rank, minlength=size)
        standing = np.cumsum(changes.reshape(-1, width), axis=0)[:-1, :-1]
        return [Spread(self.versions.percents, row.astype(np.int64)) for row in standing]

    @cached_property
    def _by_moment(self) -> tuple[Counts, Places, Counts]:
        """When how many datasets with one version came, by rank: many batches come at once."""
        moments, moment_of = np.unique(self.versions.begun, return_inverse=True)
        width = self.versions.unjudged + 1
        if len(moments) * width > MOST_CELLS:
            return self.versions.begun[self._cells.batch], self._cells.rank, self._counts
        key = moment_of[self._cells.batch] * width + self._cells.rank
        counts = np.bincount(key, self._counts, len(moments) * width)
        found = np.flatnonzero(counts)
        return moments[found // width], found % width, counts[found].astype(np.int64)

    def ranks_at(self, at: datetime) -> Places:
        """Return with which rank each dataset of several versions counted at a time."""
        standing = self.several.standing(at)
        return np.append(self.rank, self.versions.unjudged)[standing].astype(np.intp)

    def came(self, since: datetime, until: datetime) -> Counts:
        """Return how many datasets with one version came between two times, by rank."""
        at, rank, counts = self._by_moment
        is_between = (at > microsecond(since)) & (at <= microsecond(until))
        found = np.bincount(rank[is_between], counts[is_between], self.versions.unjudged + 1)
        return found[:-1].astype(np.int64)

    def best_of_those_that_came(self, since: datetime, until: datetime, count: int) -> Places:
        """Return the versions with the highest percents of what ``came`` counts, a few or more."""
        versions = self.versions
        from_top = np.cumsum(self.came(since, until)[::-1])
        if not len(from_top) or not from_top[-1]:
            return np.zeros(0, dtype=np.intp)
        lowest = len(from_top) - 1 - np.searchsorted(from_top, min(count, from_top[-1]))
        is_best = (self._cells.rank >= lowest) & (self._cells.rank < versions.unjudged)
        is_best &= versions.begun_between(since, until)[self._cells.batch]
        found = np.append(is_best, False)[self._cells.of_each]
        return np.flatnonzero(found if self._chosen is None else found & self._chosen)

    @cached_property
    def added(self) -> tuple[Counts, Counts]:
        """What each batch added by datasets with one version: how many, and hundredths."""
        size, rank, batch = len(self.versions.batch_ids), self._cells.rank, self._cells.batch
        counts = np.where(rank < self.versions.unjudged, self._counts, 0)
        cents = np.bincount(batch, counts * self.versions.cents[rank], size)
        return np.bincount(batch, counts, size).astype(np.int64), cents.astype(np.int64)
