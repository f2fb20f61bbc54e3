"""The few expressions that indicators are made of."""

from collections.abc import Callable

import polars as pl

from fairdb_core.indicators.registry import State
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import VALUE_SEPARATOR

# How a pattern for a whole value is rewritten for a cell that holds several of them.
_IN_A_CELL = (
    (r"^\s*", r"(?:^|\x1f)\s*"),
    (r"\s*$", r"\s*(?:\x1f|$)"),
    (r"\S", r"[^\s\x1f]"),
    (r"[^\s/?#]", r"[^\s\x1f/?#]"),
    (r"[^/\s]", r"[^/\s\x1f]"),
)


def filled(*fields: str) -> pl.Expr:
    """Return whether any of the fields holds a value."""
    return pl.any_horizontal(pl.col(field).is_not_null() for field in fields)


def all_filled(*fields: str) -> pl.Expr:
    """Return whether each of the fields holds a value."""
    return pl.all_horizontal(pl.col(field).is_not_null() for field in fields)


def holds(field: str, pattern: str) -> pl.Expr:
    """Return whether a field's text matches a pattern; an empty one does not."""
    return pl.col(field).str.contains(pattern).fill_null(value=False)


def matches(field: str, pattern: str) -> pl.Expr:
    """Return whether any of a field's values matches a pattern for a whole value."""
    return holds(field, of_any_value(pattern) if FIELD_BY_NAME[field].is_many else pattern)


def of_any_value(pattern: str) -> str:
    """Return the pattern that a cell of several values matches where one of them does."""
    for part, in_a_cell in _IN_A_CELL:
        pattern = pattern.replace(part, in_a_cell)
    return pattern


def distinct(expression: pl.Expr, decide: Callable[[str], bool]) -> pl.Expr:
    """Return what a function says of any of the values in each cell.

    The function is asked once for each distinct cell, so this is for columns in which few texts
    stand in many rows. An empty cell is ``False``.

    Args:
        expression: The text column.
        decide: Judges one value.
    """

    def judge(cells: pl.Series) -> pl.Series:
        if cells.len() == 1:
            cell = cells[0]
            met = cell is not None and any(map(decide, cell.split(VALUE_SEPARATOR)))
            return pl.Series(cells.name, [met], pl.Boolean)
        known = cells.drop_nulls().unique()
        passing = [cell for cell in known if any(map(decide, cell.split(VALUE_SEPARATOR)))]
        return cells.is_in(passing).fill_null(value=False)

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
    return pl.repeat(State.NOT_ASSESSED, pl.len(), dtype=pl.UInt8)


def _state(expression: pl.Expr) -> pl.Expr:
    return expression.cast(pl.UInt8)
