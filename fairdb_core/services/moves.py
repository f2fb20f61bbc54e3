"""Which datasets count otherwise at one time than at another."""

from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fairdb_core.domain.histories import ChangeKind
from fairdb_core.scoring.quantiles import Counts
from fairdb_core.services.counted import Counted
from fairdb_core.services.standing import MOST_CELLS, Places

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
        cents, pairs = self.counted.versions.cents, self._pairs
        gained = (cents[pairs.after] - cents[pairs.before]) * pairs.counts
        found = {
            kind: (
                int(pairs.counts[pairs.kinds == number].sum()),
                int(gained[pairs.kinds == number].sum()),
            )
            for number, kind in enumerate(_KINDS)
        }
        count, total = found[ChangeKind.NEW]
        found[ChangeKind.NEW] = (count + int(self.new.sum()), total + int(self.new @ cents[:-1]))
        return found

    def most(self, count: int) -> list[Moved]:
        """Return so many of each kind that moved most, the first ones where none moved more."""
        versions, several = self.counted.versions, self.counted.several
        singles = self.counted.singles.best(*self.times, count)
        near = self._near(count)
        places = np.concatenate([several.places[several.last[self._dataset[near]]], singles])
        before = np.append(self.before[near], np.full(len(singles), versions.unjudged))
        after = np.append(self.after[near], versions.rank[singles]).astype(np.intp)
        gap = np.abs(versions.cents[after] - versions.cents[before])
        ids = versions.dataset_ids[places]
        kinds = _kinds_of(before, after, versions.unjudged)
        percents = (*versions.percents.tolist(), None)
        return [
            Moved(kind, int(ids[at]), int(places[at]), percents[before[at]], percents[after[at]])
            for number, kind in enumerate(_KINDS)
            for at in largest(np.flatnonzero(kinds == number), gap, ids, count)
        ]

    def _near(self, count: int) -> Places:
        """Return those moves among which so many of each kind are that moved most."""
        pairs, cents = self._pairs, self.counted.versions.cents
        gap = np.abs(cents[pairs.after] - cents[pairs.before])
        is_near = np.zeros(len(gap), dtype=bool)
        for number in range(len(_KINDS)):
            falling = np.flatnonzero(pairs.kinds == number)
            falling = falling[np.argsort(-gap[falling], kind="stable")]
            if len(falling):
                enough = int(np.searchsorted(np.cumsum(pairs.counts[falling]), count))
                least = gap[falling[min(enough, len(falling) - 1)]]
                is_near[falling[gap[falling] >= least]] = True
        return np.flatnonzero(is_near[pairs.of_each])

    @cached_property
    def _pairs(self) -> "_Pairs":
        """The moves by the ranks then and now, of which there are few pairs."""
        unjudged = self.counted.versions.unjudged
        width = unjudged + 1
        key = self.before * width + self.after
        if width**2 > MOST_CELLS:
            found, of_each, counts = np.unique(key, return_inverse=True, return_counts=True)
        else:
            every = np.bincount(key, minlength=width**2)
            found = np.flatnonzero(every)
            number_of = np.zeros(width**2, dtype=np.intp)
            number_of[found] = np.arange(len(found))
            of_each, counts = number_of[key], every[found]
        before, after = found // width, found % width
        return _Pairs(before, after, counts, of_each, _kinds_of(before, after, unjudged))


class _Pairs(NamedTuple):
    """Ranks then and now, the number of moves between them and their kind, and each move's."""

    before: Places
    after: Places
    counts: Counts
    of_each: Places
    kinds: npt.NDArray[np.int8]


def _kinds_of(before: Places, after: Places, unjudged: int) -> npt.NDArray[np.int8]:
    """Return which of the kinds moves are, by the ranks then and now."""
    kinds = np.where(after > before, np.int8(0), np.int8(1))
    kinds[before == unjudged] = _KINDS.index(ChangeKind.NEW)
    kinds[after == unjudged] = _KINDS.index(ChangeKind.REMOVED)
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
