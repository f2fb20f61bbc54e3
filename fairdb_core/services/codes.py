"""Columns of datasets by numbers, that are counted in place of texts."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl


@dataclass(frozen=True, slots=True)
class Codes:
    """One property of datasets, by numbers.

    Attributes:
        values: The different values; ``None`` is the last, whether it occurs or not.
        of_each: The place of each dataset's value among them.
    """

    values: tuple[str | int | None, ...]
    of_each: npt.NDArray[np.unsignedinteger[Any]]


def codes_of(column: pl.Series) -> Codes:
    """Return a column by numbers."""
    if column.dtype == pl.String:
        column = column.cast(pl.Categorical)
    numbers = column.to_physical()
    lowest, highest = (int(each or 0) for each in (numbers.min(), numbers.max()))  # type: ignore[arg-type]
    shifted = (numbers.cast(pl.Int64) - lowest).fill_null(highest - lowest + 1).to_numpy()
    used = np.flatnonzero(np.bincount(shifted, minlength=highest - lowest + 2)[:-1])
    # The fewer bytes a number has, the more of them are near at hand.
    places = np.full(highest - lowest + 2, len(used), dtype=np.min_scalar_type(len(used)))
    places[used] = np.arange(len(used))
    of_each = places[shifted]
    firsts = np.zeros(len(used) + 1, dtype=np.int64)
    firsts[of_each[::-1]] = np.arange(len(of_each))[::-1]
    values = column[firsts[:-1]].cast(pl.String if column.dtype == pl.Categorical else pl.Int64)
    return Codes((*values.to_list(), None), of_each)
