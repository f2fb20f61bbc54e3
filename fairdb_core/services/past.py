"""How some datasets stood at earlier times, counted from all their versions at once."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from fairdb_core.domain.summaries import TrendPoint
from fairdb_core.scoring.patterns import PATTERN
from fairdb_core.scoring.quantiles import Counts
from fairdb_core.scoring.spans import UNTIL, with_spans
from fairdb_core.services.counted import Counted, Stood
from fairdb_core.services.past_patterns import PastPatterns
from fairdb_core.services.several import NOBODY, Several, several_of
from fairdb_core.services.singles import Cells, cells_of
from fairdb_core.services.standing import Mask, Places
from fairdb_core.services.versions import Versions, microsecond, microseconds

_TIME = pl.Datetime("us", "UTC")


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


class Past(Versions):
    """How datasets stood before."""

    _last_counted: tuple[Mask, Counted] | None = None
    _last_moved: tuple[tuple[datetime, datetime], Places, Counts] | None = None

    def of_live(self, mask: Mask | None) -> Counted:
        """Return all versions of those live datasets that a mask leaves.

        ``None`` means every version, also those of datasets that are no more.
        """
        if mask is None:
            return self.counted()
        gone = np.append(mask, False)[self.heirs]
        return self.counted(np.concatenate([gone, mask]))

    def of_patterns(self, patterns: Mask) -> Stood:
        """Return all versions of those live datasets that have some patterns."""
        return self._patterns.stood(patterns)

    def trend(
        self, times: Sequence[datetime], chosen: Mask | None = None
    ) -> tuple[TrendPoint, ...]:
        """Return the score at some times; those at which nothing could be judged are left out."""
        return tuple(point for point in self.counted(chosen).trend(times) if point.count)

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

    def moved(self, then: datetime, now: datetime) -> tuple[Places, Counts]:
        """Return a version of each dataset that moved between two times, and by how much.

        Those are meant that counted at both; versions are numbered as in ``several``.
        """
        last = self._last_moved
        if last is None or last[0] != (then, now):
            # Most filters leave the times as they are.
            last = self._last_moved = ((then, now), *_moved(self.counted(), then, now))
        return last[1:]

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
    def _patterns(self) -> PastPatterns:
        numbers = self.rows[PATTERN].to_numpy()
        return PastPatterns(self, numbers, self.is_single, self.several, self.heirs)

    @cached_property
    def _cells(self) -> Cells:
        return cells_of(self, self.is_single)

    @cached_property
    def _all_counted(self) -> Counted:
        return Counted(self, self._cells, self.several, None)

    @cached_property
    def heirs(self) -> npt.NDArray[np.intp]:
        """Which live version each other one was followed by in the end, -1 for none."""
        return _heirs(self.dataset_ids[: self.first_live], self.dataset_ids[self.first_live :])


def _heirs(gone: Counts, live: Counts) -> Places:
    order = np.argsort(live, kind="stable")
    heirs = np.append(order, NOBODY)[np.searchsorted(live, gone, sorter=order)]
    heirs[np.append(live, 0)[heirs] != gone] = NOBODY
    return heirs


def _moved(counted: Counted, then: datetime, now: datetime) -> tuple[Places, Counts]:
    versions = counted.versions
    before, after = counted.ranks_at(then), counted.ranks_at(now)
    is_judged = (before < versions.unjudged) & (after < versions.unjudged)
    apart = np.flatnonzero((before != after) & is_judged)
    by = versions.cents[after[apart]] - versions.cents[before[apart]]
    return counted.several.last[apart], by
