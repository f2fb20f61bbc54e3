"""Datasets of which there are several versions, or that are no more, version by version.

Most datasets have one version, and all that happened is that it came; whatever else happened,
happened to these.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from fairdb_core.scoring.quantiles import Counts
from fairdb_core.services.standing import Mask, Places
from fairdb_core.services.versions import Versions, microsecond

NOBODY = -1
Moments = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, eq=False)
class Several:
    """Some versions, dataset by dataset and by ascending key.

    Attributes:
        moments: When batches came, each time once.
        places: Where each is among all versions.
        dataset: The number of its dataset among these datasets.
        batch: Of which batch it is.
        begun: At which moment it came.
        until: At which moment it stood no more, one behind the last where it stands still.
        rank: The rank of its percent.
        is_deletion: Whether it says that the dataset is no more.
    """

    moments: Counts
    places: Places
    dataset: Places
    batch: npt.NDArray[np.unsignedinteger]
    begun: Moments
    until: Moments
    rank: npt.NDArray[np.uint16]
    is_deletion: Mask

    @cached_property
    def count(self) -> int:
        """How many datasets these are."""
        return int(self.dataset[-1]) + 1 if len(self.dataset) else 0

    @cached_property
    def follows(self) -> Mask:
        """Which version is of the same dataset as the one before it."""
        return np.append(False, self.dataset[1:] == self.dataset[:-1])[: len(self.dataset)]

    @cached_property
    def stood(self) -> tuple[Places, Places]:
        """Which versions ever stood, and which one of its dataset each came after, -1 for none."""
        stood = np.flatnonzero(self.until > self.begun)
        before, dataset = np.append(NOBODY, stood[:-1])[: len(stood)], self.dataset[stood]
        is_next = np.append(False, dataset[1:] == dataset[:-1])[: len(stood)]
        return stood, np.where(is_next, before, NOBODY)

    @cached_property
    def last(self) -> Places:
        """The last version of each dataset."""
        return np.flatnonzero(~np.append(self.follows[1:], False))[: self.count]

    def standing(self, at: datetime) -> Places:
        """Return which version of each dataset stood at a time, -1 where none did."""
        come = int(np.searchsorted(self.moments, microsecond(at), side="right"))
        stood = np.flatnonzero((self.begun < come) & (self.until >= come) & ~self.is_deletion)
        found = np.full(self.count, NOBODY, dtype=np.intp)
        found[self.dataset[stood]] = stood
        return found


def several_of(versions: Versions, places: Places) -> Several:
    """Return some of the versions dataset by dataset.

    Args:
        versions: All versions.
        places: Where these are, by ascending key in each dataset.
    """
    ids = versions.dataset_ids[places]
    order = np.argsort(ids, kind="stable")
    places, ids = places[order], ids[order]
    moments = versions.moments
    # The fewer bytes a moment has, the sooner many are compared.
    small = np.min_scalar_type(len(moments) + 1)
    until = np.full(len(versions.batch), len(moments), dtype=small)
    until[versions.ended] = np.searchsorted(moments, versions.until)
    batch = versions.batch[places]
    begun = np.searchsorted(moments, versions.begun).astype(small)[batch]
    return Several(
        moments,
        places,
        np.cumsum(np.append(False, ids[1:] != ids[:-1]))[: len(ids)],
        batch,
        begun,
        np.maximum(until[places], begun),
        versions.rank[places],
        versions.is_deletion[places],
    )
