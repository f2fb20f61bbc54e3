"""Which datasets count otherwise at one time than at another."""

from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fairdb_core.domain.histories import ChangeKind
from fairdb_core.scoring.quantiles import Counts
from fairdb_core.services.counted import Counted
from fairdb_core.services.standing import Places

_KINDS = (ChangeKind.FIXED, ChangeKind.WORSENED, ChangeKind.NEW, ChangeKind.REMOVED)


class Moved(NamedTuple):
    """One dataset that moved.

    Attributes:
        place: Its last version.
        before: The percent that counted then, ``None`` where none did.
        after: The percent that counts now, ``None`` where none does.
    """

    kind: ChangeKind
    dataset_id: int
    place: int
    before: float | None
    after: float | None


class Moves:
    """The datasets that differ between two times.

    Args:
        counted: The versions that count.
        since: The one time.
        until: The other, not before it.

    Attributes:
        before: The rank of each dataset of several versions that differs, then.
        after: The same now.
        new: How many other datasets came, by rank.
    """

    def __init__(self, counted: Counted, since: datetime, until: datetime) -> None:
        self.counted, self.times = counted, (since, until)
        before, after = counted.ranks_at(since), counted.ranks_at(until)
        self._dataset = np.flatnonzero(before != after)
        self.before, self.after = before[self._dataset], after[self._dataset]
        self.new = counted.singles.came(since, until)

    def sums(self) -> dict[ChangeKind, tuple[int, int]]:
        """Return of each kind how many datasets moved, and the hundredths gained."""
        cents = self.counted.versions.cents
        gained = cents[self.after] - cents[self.before]
        kinds = self._kinds
        found = {
            kind: (int((kinds == number).sum()), int(gained[kinds == number].sum()))
            for number, kind in enumerate(_KINDS)
        }
        count, total = found[ChangeKind.NEW]
        found[ChangeKind.NEW] = (count + int(self.new.sum()), total + int(self.new @ cents[:-1]))
        return found

    def most(self, count: int) -> list[Moved]:
        """Return so many of each kind that moved most, the first ones where none moved more."""
        versions, several = self.counted.versions, self.counted.several
        singles = self.counted.singles.best(*self.times, count)
        places = np.concatenate([several.places[several.last[self._dataset]], singles])
        before = np.append(self.before, np.full(len(singles), versions.unjudged))
        after = np.append(self.after, versions.rank[singles]).astype(np.intp)
        gap = np.abs(versions.cents[after] - versions.cents[before])
        ids = versions.dataset_ids[places]
        kinds = np.append(self._kinds, np.full(len(singles), _KINDS.index(ChangeKind.NEW)))
        percents = (*versions.percents.tolist(), None)
        return [
            Moved(kind, int(ids[at]), int(places[at]), percents[before[at]], percents[after[at]])
            for number, kind in enumerate(_KINDS)
            for at in largest(np.flatnonzero(kinds == number), gap, ids, count)
        ]

    @cached_property
    def _kinds(self) -> npt.NDArray[np.int8]:
        """Which of the kinds each move of a dataset of several versions is."""
        unjudged = self.counted.versions.unjudged
        kinds = np.where(self.after > self.before, np.int8(0), np.int8(1))
        kinds[self.before == unjudged] = _KINDS.index(ChangeKind.NEW)
        kinds[self.after == unjudged] = _KINDS.index(ChangeKind.REMOVED)
        return kinds


def largest(some: Places, gap: Counts, ids: Counts, count: int) -> Places:
    """Return which of some moves have the largest gaps, by ascending dataset among equals."""
    gaps = gap[some]
    if len(some) > count:
        least = np.partition(gaps, -count)[-count]
        above, equal = some[gaps > least], some[gaps == least]
        if len(above) + len(equal) > count:
            # Where many are alike, a few of them are found without sorting all.
            keys, wanted = ids[equal], count - len(above)
            equal = equal[keys <= np.partition(keys, wanted - 1)[wanted - 1]]
        some = np.concatenate([above, equal])
    return some[np.lexsort((ids[some], -gap[some]))[:count]]
