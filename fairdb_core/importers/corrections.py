"""Cells that a person corrects in the wizard, before anything is judged."""

from collections.abc import Iterable

import polars as pl

from fairdb_core.domain.uploads import Correction

FIRST_ROW = 2


def correct(frame: pl.DataFrame, corrections: Iterable[Correction]) -> pl.DataFrame:
    """Return raw cells with the corrections made, in their order.

    Args:
        frame: Raw cells, one text column a header.
        corrections: What to replace; a column that is not there is passed over.
    """
    rows = pl.int_range(FIRST_ROW, frame.height + FIRST_ROW, dtype=pl.Int64)
    for correction in corrections:
        if correction.column not in frame.columns:
            continue
        if correction.rows:
            is_meant = rows.is_in(pl.Series(correction.rows, dtype=pl.Int64).implode())
        else:
            is_meant = pl.col(correction.column) == correction.found
        if correction.row is not None:
            is_meant &= rows == correction.row
        frame = frame.with_columns(
            pl.when(is_meant)
            .then(pl.lit(correction.replacement))
            .otherwise(pl.col(correction.column))
            .alias(correction.column)
        )
    return frame
