"""What a person corrects in the wizard before anything is judged: cells, and rows left out."""

from collections.abc import Iterable

import polars as pl

from fairdb_core.domain.uploads import Correction, LeftOut, Problem

FIRST_ROW = 2


def correct(frame: pl.DataFrame, corrections: Iterable[Correction | LeftOut]) -> pl.DataFrame:
    """Return raw cells with the corrections made, in their order; rows left out are empty.

    Args:
        frame: Raw cells, one text column a header.
        corrections: What to replace; a column that is not there is passed over.
    """
    corrections = tuple(corrections)
    rows = pl.int_range(FIRST_ROW, frame.height + FIRST_ROW, dtype=pl.Int64)
    for correction in corrections:
        if isinstance(correction, LeftOut) or correction.column not in frame.columns:
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
    left_out = rows_left_out(frame.height, corrections)
    if left_out is None:
        return frame
    return frame.with_columns(pl.when(left_out).then(pl.lit("")).otherwise(pl.all()).name.keep())


def rows_left_out(height: int, corrections: Iterable[Correction | LeftOut]) -> pl.Series | None:
    """Return whether a person leaves out each row, ``None`` where none is left out.

    Args:
        height: Rows of the file.
        corrections: All that was corrected.
    """
    rows = [row for each in corrections if isinstance(each, LeftOut) for row in each.rows]
    if not rows:
        return None
    return pl.zeros(height, dtype=pl.Boolean, eager=True).scatter(
        pl.Series(rows, dtype=pl.Int64) - FIRST_ROW, values=True
    )


def all_but_last(problem: Problem) -> tuple[int, ...]:
    """Return the rows to leave out so that the last row of each repeated dataset is kept."""
    last = dict(zip(problem.repeats, problem.rows, strict=True))
    return tuple(sorted((set(problem.rows) | set(problem.repeats)) - set(last.values())))
