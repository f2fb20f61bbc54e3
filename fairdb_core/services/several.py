"""Datasets of which there are several versions, or that are no more, version by version.

Most datasets have one version, and all that happened is that it came; whatever else happened,
happened to these.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt

from fairdb_core.scoring.quantiles import Counts
from fairdb_core.services.standing import Mask, Places
from fairdb_core.services.versions import Versions, microsecond

NOBODY = -1
FOREVER = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Several:
    """Some versions, dataset by dataset and by ascending key.

    Attributes:
        places: Where each is among all versions.
        dataset: The number of its dataset among these datasets.
        batch: Of which batch it is.
        begun: When it came.
        until: When another followed.
        is_deletion: Whether it says that the dataset is no more.
    """

    places: Places
    dataset: Places
    batch: npt.NDArray[np.unsignedinteger]
    begun: Counts
    until: Counts
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
    def stood(self) -> tuple[Places, Mask]:
        """Which versions ever stood, and which of them follows another of its dataset."""
        stood = np.flatnonzero(self.until > self.begun)
        dataset = self.dataset[stood]
        return stood, np.append(False, dataset[1:] == dataset[:-1])[: len(stood)]

    @cached_property
    def last(self) -> Places:
        """The last version of each dataset."""
        return np.flatnonzero(~np.append(self.follows[1:], False))[: self.count]

    def standing(self, at: datetime) -> Places:
        """Return which version of each dataset stood at a time, -1 where none did."""
        moment = microsecond(at)
        stood = np.flatnonzero((self.begun <= moment) & (self.until > moment) & ~self.is_deletion)
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
    until = np.full(len(versions.batch), FOREVER)
    until[versions.ended] = versions.until
    batch = versions.batch[places]
    return Several(
        places,
        np.cumsum(np.append(False, ids[1:] != ids[:-1]))[: len(ids)],
        batch,
        versions.begun[batch],
        until[places],
        versions.rows["is_deleted"].to_numpy()[places],
    )
