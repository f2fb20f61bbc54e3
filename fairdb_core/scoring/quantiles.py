"""Mean and quantiles of numbers that come with the count of each."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spread:
    """How some numbers are spread; those that are not known are left out.

    Attributes:
        values: The different ones, ascending.
        counts: How often each is there.
    """

    values: Values
    counts: Counts

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.counts.sum())

    @property
    def mean(self) -> float | None:
        """Their mean, ``None`` where there is none."""
        count = self.count
        return float(self.values @ self.counts) / count if count else None

    def quantile(self, share: float) -> float | None:
        """Return the number below which a share of them lies, between two where it falls so."""
        return self.quantiles(share)[0]

    def quantiles(self, *shares: float) -> tuple[float | None, ...]:
        """Return the same for several shares at once."""
        upto = np.cumsum(self.counts)
        count = int(upto[-1]) if len(upto) else 0
        if not count:
            return (None,) * len(shares)
        places = [(count - 1) * share for share in shares]
        around = [(int(place), min(int(place) + 1, count - 1)) for place in places]
        found = self.values[np.searchsorted(upto, around, side="right")].tolist()
        return tuple(
            float(low + (high - low) * (place - int(place)))
            for place, (low, high) in zip(places, found, strict=True)
        )

    @property
    def median(self) -> float | None:
        """The middle one."""
        return self.quantile(0.5)


@dataclass(frozen=True, slots=True)
class Ranks:
    """Numbers by their place among the different ones.

    Attributes:
        values: The different ones, ascending.
        of_each: The place of each number that was given; one behind the last if it is not known.
    """

    values: Values
    of_each: npt.NDArray[np.uint16]

    def at(self, places: npt.NDArray[np.uint32]) -> "Ranks":
        """Return the ranks of the numbers at some places."""
        return Ranks(self.values, self.of_each[places])

    def spread(self, counts: Counts) -> Spread:
        """Return the spread of the numbers given, each as often as is said."""
        size = len(self.values)
        return Spread(
            self.values,
            np.bincount(self.of_each, weights=counts, minlength=size + 1)[:size].astype(np.int64),
        )


def ranks_of(numbers: Values) -> Ranks:
    """Return the ranks of numbers; those that are not a number come behind all others."""
    values = np.unique(numbers[~np.isnan(numbers)])
    return Ranks(values, np.searchsorted(values, numbers).astype(np.uint16))
