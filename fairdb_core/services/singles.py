"""Datasets with one version, which most have: all that ever happened is that they came."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt

from fairdb_core.scoring.quantiles import Counts
from fairdb_core.services.standing import MOST_CELLS, Mask, Places, left_by
from fairdb_core.services.versions import Versions, microsecond

BEST_KEPT = 10_000
# Moments, ranks and counts.
Changes = tuple[Places, Places, Counts]


@dataclass(frozen=True, eq=False)
class Cells:
    """Datasets with one version, by batch and by the rank of their percent.

    Attributes:
        batch: The batch of each cell.
        rank: The rank of each cell.
        of_each: The cell of each version; one behind the last for those of other datasets.
        best: The versions with the highest percents, many of them.
        best_rank: The lowest rank of which all are among these.
    """

    batch: Places
    rank: Places
    of_each: npt.NDArray[np.uint32]
    best: Places
    best_rank: int


def cells_of(versions: Versions, is_single: Mask) -> Cells:
    """Return datasets with one version by batch and rank.

    Args:
        versions: All versions.
        is_single: Which of them are the only one of their dataset.
    """
    places, width = np.flatnonzero(is_single), versions.unjudged + 1
    ranks = versions.rank[places]
    key = versions.batch[places] * np.int64(width) + ranks
    if len(versions.batch_ids) * width <= MOST_CELLS:
        found = np.flatnonzero(np.bincount(key))
        number_of = np.zeros(len(versions.batch_ids) * width, dtype=np.uint32)
        number_of[found] = np.arange(len(found))
        numbers = number_of[key]
    else:
        found, numbers = np.unique(key, return_inverse=True)
    of_each = np.full(len(versions.batch), len(found), dtype=np.uint32)
    of_each[places] = numbers
    from_top = np.cumsum(np.bincount(ranks, minlength=width)[: versions.unjudged][::-1])
    best_rank = max(0, versions.unjudged - 1 - int(np.searchsorted(from_top, BEST_KEPT)))
    best = places[(ranks >= best_rank) & (ranks < versions.unjudged)]
    return Cells(found // width, found % width, of_each, best, best_rank)


class Singles:
    """Those datasets with one version that are meant.

    Args:
        versions: All versions.
        cells: All datasets with one.
        chosen: Which versions are meant, every one where nothing is said.
    """

    def __init__(self, versions: Versions, cells: Cells, chosen: Mask | None) -> None:
        self._versions, self._cells, self._chosen = versions, cells, chosen
        each = cells.of_each if chosen is None else left_by(chosen, cells.of_each)
        self._counts = np.bincount(each, minlength=len(cells.batch) + 1)[:-1]

    @cached_property
    def coming(self) -> Changes:
        """At which moment how many came, by rank."""
        moment = np.searchsorted(self._versions.moments, self._versions.begun)[self._cells.batch]
        return summed(self._versions, moment, self._cells.rank, self._counts)

    def came(self, since: datetime, until: datetime) -> Counts:
        """Return how many judged ones came between two times, by rank."""
        moment, rank, counts = self.coming
        at = self._versions.moments[moment]
        is_between = (at > microsecond(since)) & (at <= microsecond(until))
        found = np.bincount(rank[is_between], counts[is_between], self._versions.unjudged + 1)
        return found[:-1].astype(np.int64)

    def best(self, since: datetime, until: datetime, count: int) -> Places:
        """Return the versions with the highest percents of what ``came``, a few or more."""
        versions, cells = self._versions, self._cells
        from_top = np.cumsum(self.came(since, until)[::-1])
        if not len(from_top) or not from_top[-1]:
            return np.zeros(0, dtype=np.intp)
        lowest = len(from_top) - 1 - np.searchsorted(from_top, min(count, from_top[-1]))
        is_best = (cells.rank >= lowest) & (cells.rank < versions.unjudged)
        is_best &= versions.begun_between(since, until)[cells.batch]
        near = cells.best if lowest >= cells.best_rank else np.arange(len(versions.batch))
        near = near if self._chosen is None else near[self._chosen[near]]
        found: Places = near[np.append(is_best, False)[cells.of_each[near]]]
        return found

    @cached_property
    def added(self) -> tuple[Counts, Counts]:
        """How many judged ones came with each batch, and the sum of their percents."""
        size, rank, batch = len(self._versions.batch_ids), self._cells.rank, self._cells.batch
        counts = np.where(rank < self._versions.unjudged, self._counts, 0)
        cents = np.bincount(batch, counts * self._versions.cents[rank], size)
        return np.bincount(batch, counts, size).astype(np.int64), cents.astype(np.int64)


def summed(
    versions: Versions, moment: Places, rank: Places, count: Counts | None = None
) -> Changes:
    """Return how many there are of each moment and rank, as long as that is less to go through.

    Args:
        versions: All versions.
        moment: When each came.
        rank: The rank of each.
        count: How many each stands for, one where nothing is said.
    """
    width = versions.unjudged + 1
    size = (len(versions.moments) + 1) * width
    if size > MOST_CELLS:
        return moment, rank, np.ones(len(rank), np.int64) if count is None else count
    counts = np.bincount(moment * width + rank, count, size).astype(np.int64)
    found = np.flatnonzero(counts)
    return found // width, found % width, counts[found]
