"""The few expressions that indicators are made of."""

from collections.abc import Callable

import polars as pl

from fairdb_core.indicators.registry import State
from fairdb_core.records import VALUE_SEPARATOR


def filled(*fields: str) -> pl.Expr:
    """Return whether any of the fields holds a value."""
    return pl.any_horizontal(pl.col(field).is_not_null() for field in fields)


def all_filled(*fields: str) -> pl.Expr:
    """Return whether each of the fields holds a value."""
    return pl.all_horizontal(pl.col(field).is_not_null() for field in fields)


def holds(field: str, pattern: str) -> pl.Expr:
    """Return whether a field's text matches a pattern; an empty one does not."""
    return pl.col(field).str.contains(pattern).fill_null(value=False)


def distinct(expression: pl.Expr, decide: Callable[[str], bool]) -> pl.Expr:
    """Return what a function says of any of the values in each cell.

    The function is asked once for each distinct cell, so this is for columns in which few texts
    stand in many rows. An empty cell is ``False``.

    Args:
        expression: The text column.
        decide: Judges one value.
    """

    def judge(cells: pl.Series) -> pl.Series:
        known = cells.drop_nulls().unique()
        met = [cell for cell in known if any(map(decide, cell.split(VALUE_SEPARATOR)))]
        return cells.is_in(met).fill_null(value=False)

    return expression.map_batches(judge, return_dtype=pl.Boolean)


def met_if(condition: pl.Expr) -> pl.Expr:
    """Return met where the condition holds, unmet elsewhere."""
    return _state(pl.when(condition).then(State.MET).otherwise(State.UNMET))


def met_if_given(given: pl.Expr, condition: pl.Expr) -> pl.Expr:
    """Return met or unmet where there is something to judge, and not assessed elsewhere."""
    return _state(
        pl.when(given.not_())
        .then(State.NOT_ASSESSED)
        .when(condition)
        .then(State.MET)
        .otherwise(State.UNMET)
    )


def not_assessed() -> pl.Expr:
    """Return not assessed for every row."""
    return pl.lit(State.NOT_ASSESSED, pl.UInt8)


def _state(expression: pl.Expr) -> pl.Expr:
    return expression.cast(pl.UInt8)
