"""Whether what was stored and what is computed now are the same to the bit."""

import numpy as np
import polars as pl


def differing(stored: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Return where two frames of the same records differ.

    Args:
        stored: Facts, scores and facets as they were kept.
        now: The same as they are computed now, in the same order.

    Returns:
        One boolean column a column that differs anywhere, in the order of ``stored``; a column
        that only one of them has differs everywhere.
    """
    names = [*stored.columns, *(name for name in now.columns if name not in stored.columns)]
    found = {}
    for name in names:
        is_different = (
            _is_different(stored[name], now[name])
            if name in stored.columns and name in now.columns
            else np.ones(stored.height, dtype=bool)
        )
        if is_different.any():
            found[name] = is_different
    return pl.DataFrame(found)


def _is_different(stored: pl.Series, now: pl.Series) -> np.ndarray:
    if stored.dtype != now.dtype:
        return np.ones(len(stored), dtype=bool)
    if stored.dtype == pl.Float64:
        # By their bits: 0.0 and -0.0 are equal numbers, and not the same result.
        bits = [each.fill_null(0.0).to_numpy().view(np.uint64) for each in (stored, now)]
        is_different = bits[0] != bits[1]
        return np.asarray(is_different | (stored.is_null() != now.is_null()).to_numpy())
    return stored.ne_missing(now).to_numpy()
