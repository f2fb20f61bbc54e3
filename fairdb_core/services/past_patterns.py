"""How datasets stood that are told from others by their patterns, without going through all.

There are a few thousand patterns, and most datasets have one version: it is enough to know at
which moment how many of each pattern came.
"""

import numpy as np
import numpy.typing as npt

from fairdb_core.services.counted import Stood
from fairdb_core.services.several import NOBODY, Several
from fairdb_core.services.singles import summed
from fairdb_core.services.standing import MOST_CELLS, Mask, Places
from fairdb_core.services.versions import Versions


class PastPatterns:
    """The patterns of datasets with one version by moment, and those of each other dataset.

    Args:
        versions: All versions.
        numbers: The number of the pattern of each.
        is_single: Which are the only one of a dataset that stands.
        several: The versions of the other datasets.
        heirs: Which live version each of those was followed by in the end that stand no more.
    """

    def __init__(
        self,
        versions: Versions,
        numbers: npt.NDArray[np.uint32],
        is_single: Mask,
        several: Several,
        heirs: Places,
    ) -> None:
        self._versions, self._several = versions, several
        self._size = size = int(numbers.max(initial=0)) + 1
        singles = np.flatnonzero(is_single)
        moment = np.searchsorted(versions.moments, versions.begun)[versions.batch[singles]]
        key = moment * np.int64(size) + numbers[singles]
        if len(versions.moments) * size <= MOST_CELLS:
            counts = np.bincount(key)
            found = np.flatnonzero(counts)
            self._count = counts[found]
        else:
            found, self._count = np.unique(key, return_counts=True)
        self._moment, self._pattern = found // size, found % size
        rank_of = np.zeros(size, dtype=np.intp)
        rank_of[numbers[singles]] = versions.rank[singles]
        self._rank = rank_of[self._pattern]
        # Of a dataset that is no more there is none.
        live = np.append(numbers[versions.first_live :], size)
        heir = np.append(heirs, NOBODY)[np.minimum(several.places, len(heirs))]
        stands = several.places >= versions.first_live
        self._of_several = live[np.where(stands, several.places - versions.first_live, heir)]

    def stood(self, patterns: Mask) -> Stood:
        """Return the versions of those datasets that have some of the patterns as they stand."""
        meant = np.append(patterns[: self._size], False)
        some = np.flatnonzero(meant[self._pattern])
        came = (self._moment[some], self._rank[some], self._count[some])
        return Stood(
            self._versions,
            lambda: summed(self._versions, *came),
            self._several,
            meant[self._of_several],
        )
