"""Corrections of step 3: in place, by one rule for a group, and all of them taken back."""

from dataclasses import replace

import pandas as pd
import polars as pl
import streamlit as st

from fairdb_core.domain.uploads import Correction, Problem
from fairdb_core.importers.corrections import correct
from pages.ui.plain import plain
from pages.ui.wizard.state import Wizard

_MOST_CELLS = 200
_MOST_SHOWN = 20
_FIRST_ROW = 2
_KNOWN_BY = ("identifier", "title")
_ORDERS = {"Read the day first": True, "Read the month first": False}


def offer_corrections(state: Wizard, problem: Problem) -> None:
    """Draw what can be done about one group of problems."""
    if state.table is None or not problem.rows:
        return
    # What was typed belongs to this group as it stands, and to no later one in its place.
    made = f"{state.generation}_{len(state.corrections)}_{problem.count}"
    key = f"{problem.code}_{problem.column}_{made}"
    if problem.code == "ambiguous_date":
        _offer_orders(state, problem, key)
    if problem.column is None:
        _offer_rows(state, problem, key)
    else:
        _offer_values(state, problem, problem.column, key)


def show_corrections(state: Wizard) -> None:
    """Draw what was corrected so far."""
    if not state.corrections:
        return
    st.markdown(f"#### Corrections: {len(state.corrections)}")
    for correction in state.corrections[-_MOST_SHOWN:]:
        found = f"“{shortened(correction.found)}”"
        if correction.rows:
            count = len(correction.rows)
            where, found = "1 row" if count == 1 else f"{count:,} rows", "what they hold"
        else:
            where = f"row {correction.row}" if correction.row else "every row"
        becomes = f"“{shortened(correction.replacement)}”" if correction.replacement else "empty"
        st.markdown(plain(f"{correction.column}, {where}: {found} → {becomes}"))
    if len(state.corrections) > _MOST_SHOWN:
        st.markdown(f"and {len(state.corrections) - _MOST_SHOWN:,} before these")
    if st.button("Take back all corrections"):
        state.corrections.clear()
        _again(state)


def shortened(text: str, most: int = 60) -> str:
    """Return a text that is cut where it is too long for a line."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _offer_orders(state: Wizard, problem: Problem, key: str) -> None:
    st.markdown("One rule for the whole column:")
    with st.container(horizontal=True):
        for label, is_day_first in _ORDERS.items():
            if st.button(label, key=f"{key}_{label}"):
                state.mapping = tuple(
                    replace(column, is_day_first=is_day_first)
                    if column.column == problem.column
                    else column
                    for column in state.mapping
                )
                _again(state)


def _offer_values(state: Wizard, problem: Problem, column: str, key: str) -> None:
    """Draw the different values of a group, each to be corrected wherever it stands."""
    found = _cells(state, problem, [column])
    counted = found.group_by(column, maintain_order=True).agg(
        pl.col("row").len().alias("count"), pl.col("row").first()
    )
    shown = counted.head(_MOST_CELLS)
    edited = _edited(
        pd.DataFrame(
            {
                "First row": shown["row"].to_list(),
                "Rows": shown["count"].to_list(),
                "Found": shown[column].to_list(),
                "Becomes": shown[column].to_list(),
            }
        ),
        ["Becomes"],
        key,
    )
    _say_how_many(counted.height, "different values")
    with st.container(horizontal=True):
        if st.button("Correct", key=f"{key}_correct"):
            _take(
                state,
                [
                    Correction(column, before, after or "")
                    for before, after in zip(shown[column], edited["Becomes"], strict=True)
                    if before != (after or "")
                ],
            )
        cells = "this cell" if found.height == 1 else f"all {found.height:,} cells"
        if st.button(f"Leave {cells} empty", key=f"{key}_empty"):
            state.corrections.append(Correction(column, "", "", rows=problem.rows))
            _again(state)


def _offer_rows(state: Wizard, problem: Problem, key: str) -> None:
    """Draw the rows of a group with what they are known by, each to be corrected by itself."""
    columns = [each.column for each in state.mapping if each.field in _KNOWN_BY]
    if not columns:
        return
    found = _cells(state, problem, columns)
    shown = found.head(_MOST_CELLS).to_pandas().rename(columns={"row": "Row"})
    edited = _edited(shown, columns, key)
    _say_how_many(found.height, "rows")
    if st.button("Correct", key=f"{key}_correct"):
        _take(
            state,
            [
                Correction(column, before, after or "", row=int(row))
                for column in columns
                for row, before, after in zip(
                    shown["Row"], shown[column], edited[column], strict=True
                )
                if before != (after or "")
            ],
        )


def _cells(state: Wizard, problem: Problem, columns: list[str]) -> pl.DataFrame:
    """Return the cells of a group as they stand after the corrections so far, with their rows."""
    if state.table is None:
        return pl.DataFrame()
    rows = pl.Series("row", problem.rows, dtype=pl.Int64)
    cells = correct(state.table.frame.select(columns), state.corrections)
    return cells[rows - _FIRST_ROW].insert_column(0, rows)


def _edited(cells: pd.DataFrame, editable: list[str], key: str) -> pd.DataFrame:
    st.markdown("Type over what is wrong, then press Correct.")
    return st.data_editor(
        cells,
        key=f"{key}_cells",
        hide_index=True,
        width="stretch",
        height=min(36 * (len(cells) + 1) + 3, 300),
        disabled=[name for name in cells.columns if name not in editable],
    )


def _say_how_many(count: int, what: str) -> None:
    if count > _MOST_CELLS:
        st.markdown(f"These are the first {_MOST_CELLS} of {count:,} {what}.")


def _take(state: Wizard, corrections: list[Correction]) -> None:
    if not corrections:
        st.warning("Nothing was typed yet: type over a cell above, then press Correct.")
        return
    state.corrections += corrections
    _again(state)


def _again(state: Wizard) -> None:
    state.plan = None
    st.rerun()
