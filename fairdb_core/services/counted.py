"""The versions that count in a mean, held so that what counted at a time is known at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property

import numpy as np
import polars as pl

from fairdb_core.domain.summaries import TrendPoint
from fairdb_core.scoring.quantiles import Spread
from fairdb_core.scoring.spans import CENTS
from fairdb_core.services.several import Several
from fairdb_core.services.singles import Cells, Changes, Singles, summed
from fairdb_core.services.standing import Mask, Places, left_by
from fairdb_core.services.versions import Versions, microseconds

_TIME = pl.Datetime("us", "UTC")


class Stood:
    """The versions that are meant, told by how many of which percent stood at any time.

    Args:
        versions: All versions.
        coming: Gives at which moment how many datasets with one version came, by rank.
        several: The other datasets.
        meant: Which of the versions of these are meant, every one where nothing is said.

    Attributes:
        meant: Which versions of datasets of several are meant, every one where it is ``None``.
        rank: The rank of each of these, that of none where it is not meant.
    """

    def __init__(
        self,
        versions: Versions,
        coming: Callable[[], Changes],
        several: Several,
        meant: Mask | None,
    ) -> None:
        self.versions = versions
        self.several = several
        self.meant = meant
        self.rank = several.rank
        self._coming = coming
        self._begun = several.begun
        if meant is not None:
            self.rank = np.where(meant, self.rank, versions.unjudged)
            self._begun = left_by(meant, several.begun)

    @cached_property
    def times(self) -> pl.Series:
        """When there came a version, judged or not, each time once."""
        moment, _, count = self._coming()
        counts = np.bincount(self._begun, minlength=len(self.versions.moments))
        counts[moment[count > 0]] += 1
        return pl.Series("at", self.versions.moments[counts > 0]).cast(_TIME)

    def states(self, times: Sequence[datetime]) -> list[Spread]:
        """Return how the percents are spread of what stood at some times, in their order."""
        marks, width = microseconds(pl.Series(times, dtype=_TIME)), self.versions.unjudged + 1
        come = np.searchsorted(self.versions.moments, marks, side="right")
        moment, rank, more = self._changes
        key = np.searchsorted(come, moment, side="right") * width + rank
        changes = np.bincount(key, more, (len(marks) + 1) * width).reshape(-1, width)
        standing = np.cumsum(changes, axis=0)[:-1, :-1]
        return [Spread(self.versions.percents, row.astype(np.int64)) for row in standing]

    def trend(self, times: Sequence[datetime]) -> list[TrendPoint]:
        """Return the score at some times, also where nothing could be judged."""
        return [
            TrendPoint(at, spread.mean or 0.0, spread.median or 0.0, spread.count)
            for at, spread in zip(times, self.states(times), strict=True)
        ]

    @cached_property
    def _changes(self) -> Changes:
        """At which moment how many versions more or fewer stood, by rank."""
        ranks = self.rank.astype(np.intp)
        begun, until = (each.astype(np.intp) for each in (self.several.begun, self.several.until))
        begins = summed(self.versions, begun, ranks)
        moment, rank, count = summed(self.versions, until, ranks)
        parts = zip(self._coming(), begins, (moment, rank, -count), strict=True)
        first, second, third = (np.concatenate(columns) for columns in parts)
        return first, second, third

    def ranks_at(self, at: datetime) -> Places:
        """Return with which rank each dataset of several versions counted at a time."""
        standing = self.several.standing(at)
        return np.append(self.rank, self.versions.unjudged)[standing].astype(np.intp)


class Counted(Stood):
    """The versions that are meant; those that are judged count.

    Args:
        versions: All versions.
        cells: Their datasets with one version.
        several: Their other datasets.
        chosen: Which versions are meant, every one where nothing is said.
    """

    def __init__(
        self, versions: Versions, cells: Cells, several: Several, chosen: Mask | None
    ) -> None:
        self.singles = Singles(versions, cells, chosen)
        meant = None if chosen is None else chosen.take(several.places)
        super().__init__(versions, lambda: self.singles.coming, several, meant)

    @cached_property
    def effects(self) -> pl.DataFrame:
        """What each batch added: ``batch_id``, ``count``, ``cents`` and ``datasets``."""
        versions, size = self.versions, len(self.versions.batch_ids)
        added, worth = self.singles.added
        stood, earlier = self.several.stood
        after, before = self.rank[stood], np.append(self.rank, versions.unjudged)[earlier]
        moved = np.flatnonzero(after != before)
        after, before, batch = after[moved], before[moved], self.several.batch[stood[moved]]
        more = (after < versions.unjudged).astype(np.int64) - (before < versions.unjudged)
        gained = versions.cents[after] - versions.cents[before]
        return pl.DataFrame(
            {
                "batch_id": pl.Series(versions.batch_ids, dtype=pl.Int64),
                "count": added + np.bincount(batch, more, size).astype(np.int64),
                CENTS: worth + np.bincount(batch, gained, size).astype(np.int64),
                "datasets": added + np.bincount(batch, minlength=size),
            }
        )
