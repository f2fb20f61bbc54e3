"""The few expressions that indicators are made of."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import polars as pl

from fairdb_core.cache import MEANINGS_KEPT
from fairdb_core.indicators.registry import State
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import VALUE_SEPARATOR

Judge = Callable[[str], bool] | str

# How a pattern for a whole value is rewritten for a cell that holds several of them.
_IN_A_CELL = (
    (r"^\s*", r"(?:^|\x1f)\s*"),
    (r"\s*$", r"\s*(?:\x1f|$)"),
    (r"\S", r"[^\s\x1f]"),
    (r"[^\s/?#]", r"[^\s\x1f/?#]"),
    (r"[^/\s]", r"[^/\s\x1f]"),
)
SHARED: dict[str, pl.Expr] = {}
SHARED_PREFIX = "shared:"
_LONGEST_KNOWN = 200
_STATES = {state: pl.lit(state.value, pl.UInt8) for state in State}


def filled(*fields: str) -> pl.Expr:
    """Return whether any of the fields holds a value."""
    return pl.any_horizontal(pl.col(field).is_not_null() for field in fields)


def all_filled(*fields: str) -> pl.Expr:
    """Return whether each of the fields holds a value."""
    return pl.all_horizontal(pl.col(field).is_not_null() for field in fields)


def shared(name: str, expression: pl.Expr) -> pl.Expr:
    """Return a column that several indicators rest on and that is worked out once for all of them.

    Args:
        name: Its name, of which there may be one only.
        expression: How it is worked out, of fields or of other shared columns.

    Raises:
        KeyError: There is another one of that name.
    """
    name = SHARED_PREFIX + name
    if name in SHARED:
        raise KeyError(f"{name} is shared twice")
    SHARED[name] = expression.alias(name)
    return pl.col(name)


def holds(field: str, pattern: str, *, where: pl.Expr | None = None) -> pl.Expr:
    """Return whether a field's text matches a pattern; an empty one does not.

    Args:
        field: The field.
        pattern: A pattern in Rust's syntax.
        where: In which rows to look at all, to be told faster than by the pattern.
    """
    cells = pl.col(field) if where is None else pl.when(where).then(pl.col(field))
    return cells.str.contains(pattern).fill_null(value=False)


def matches(field: str, pattern: str, *, where: pl.Expr | None = None) -> pl.Expr:
    """Return whether any of a field's values matches a pattern for a whole value.

    Args:
        field: The field.
        pattern: A pattern in Rust's syntax.
        where: In which rows to look at all, to be told faster than by the pattern.
    """
    is_many = FIELD_BY_NAME[field].is_many
    return holds(field, of_any_value(pattern) if is_many else pattern, where=where)


def of_any_value(pattern: str) -> str:
    """Return the pattern that a cell of several values matches where one of them does."""
    for part, in_a_cell in _IN_A_CELL:
        pattern = pattern.replace(part, in_a_cell)
    return pattern


class JudgedCells:
    """What functions and patterns say of a text column, asked once for each distinct cell.

    This is for columns in which few texts stand in many rows. An empty cell passes nothing.
    """

    def __init__(self, name: str, cells: pl.Expr, judges: Mapping[str, Judge]) -> None:
        """Name what is asked.

        Args:
            name: By which the column is shared.
            cells: The text column.
            judges: By its name a function that judges one value, of which any has to pass, or a
                pattern for the whole cell.
        """
        self._judges = dict(judges)
        self._known: dict[str, int] = {}
        self._marks = shared(name, cells.map_batches(self.marks, return_dtype=pl.UInt16))

    def passing(self, name: str) -> pl.Expr:
        """Return whether each cell passes one of the judges."""
        return (self._marks & pl.lit(1 << list(self._judges).index(name), pl.UInt16)) != 0

    def marks(self, cells: pl.Series) -> pl.Series:
        """Return a number for each cell, in which the judges it passes are the bits."""
        if cells.len() == 1:
            return pl.Series(cells.name, self._marks_of(cells.to_list()), pl.UInt16)
        # Arrow tells cells and places at once, in half the time that Polars takes for them.
        coded = cells.to_arrow(compat_level=pl.CompatLevel.oldest()).dictionary_encode("encode")
        marks = np.array(self._marks_of(coded.dictionary.to_pylist()), np.uint16)
        return pl.Series(cells.name, marks[coded.indices.to_numpy()])

    def _marks_of(self, cells: list[str | None]) -> list[int]:
        found = {cell: self._known.get(cell) for cell in cells if cell is not None}
        new = [text for text, mark in found.items() if mark is None]
        if new:
            told = dict(zip(new, self._worked_out(new), strict=True))
            if len(self._known) > MEANINGS_KEPT:
                self._known.clear()
            self._known.update((t, mark) for t, mark in told.items() if len(t) <= _LONGEST_KNOWN)
            found.update(told)
        return [found[cell] or 0 if cell is not None else 0 for cell in cells]

    def _worked_out(self, texts: list[str]) -> list[int]:
        parted = [text.split(VALUE_SEPARATOR) for text in texts]
        marks = [0] * len(parted)
        for place, judge in enumerate(self._judges.values()):
            passing: Iterable[bool] = (
                pl.Series(texts).str.contains(judge)
                if isinstance(judge, str)
                else (any(map(judge, values)) for values in parted)
            )
            marks = [mark | passes << place for mark, passes in zip(marks, passing, strict=True)]
        return marks


def met_if(condition: pl.Expr) -> pl.Expr:
    """Return met where the condition holds, unmet elsewhere."""
    return pl.when(condition).then(_STATES[State.MET]).otherwise(_STATES[State.UNMET])


def met_if_given(given: pl.Expr, condition: pl.Expr) -> pl.Expr:
    """Return met or unmet where there is something to judge, and not assessed elsewhere."""
    return pl.when(given.not_()).then(_STATES[State.NOT_ASSESSED]).otherwise(met_if(condition))


def met_unless(excused: pl.Expr, condition: pl.Expr) -> pl.Expr:
    """Return met where the condition holds, not assessed where it need not, unmet elsewhere."""
    return _met_or(State.NOT_ASSESSED, excused, condition)


def met_or_partly_if(condition: pl.Expr, partly: pl.Expr) -> pl.Expr:
    """Return met where the condition holds, partly where only the other does, unmet elsewhere."""
    return _met_or(State.PARTLY, partly, condition)


def _met_or(state: State, where: pl.Expr, condition: pl.Expr) -> pl.Expr:
    otherwise = pl.when(where).then(_STATES[state]).otherwise(_STATES[State.UNMET])
    return pl.when(condition).then(_STATES[State.MET]).otherwise(otherwise)


def not_assessed() -> pl.Expr:
    """Return not assessed for every row."""
    return pl.repeat(State.NOT_ASSESSED, pl.len(), dtype=pl.UInt8)
