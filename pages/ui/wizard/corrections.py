"""Corrections of step 3: in place, by one rule for a group, rows left out, all taken back."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import polars as pl
import streamlit as st

from fairdb_core.domain.uploads import Correction, LeftOut, Problem
from fairdb_core.importers.corrections import all_but_last, correct
from pages.ui.plain import plain
from pages.ui.wizard.state import Wizard

_MOST_CELLS = 200
_MOST_SHOWN = 20
_ROWS_NAMED = 12
_FIRST_ROW = 2
_KNOWN_BY = ("identifier", "title")
# Names of columns are stripped, so that no column of a file is called like these.
_ROW, _COUNT, _GROUP, _LEAVE_OUT = " row", " count", " group", " leave out"
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
        if isinstance(correction, LeftOut):
            st.markdown(plain(f"{rows_in_words(correction.rows)}: left out"))
        else:
            st.markdown(plain(_in_words(correction)))
    if len(state.corrections) > _MOST_SHOWN:
        st.markdown(f"and {len(state.corrections) - _MOST_SHOWN:,} before these")
    if st.button("Take back all corrections"):
        state.corrections.clear()
        _again(state, "All corrections are taken back.")


def rows_in_words(rows: Sequence[int], count: int = 0) -> str:
    """Return which rows are meant, the first of them by their numbers.

    Args:
        rows: As a spreadsheet numbers them.
        count: How many there are, where not all are given.
    """
    if not rows:
        return ""
    count = max(count, len(rows))
    shown = [str(row) for row in rows[:_ROWS_NAMED]]
    if count > len(shown):
        return f"Rows {', '.join(shown)} and {count - len(shown):,} more"
    *others, last = shown
    return f"Rows {', '.join(others)} and {last}" if others else f"Row {last}"


def _in_words(correction: Correction) -> str:
    found = f"“{shortened(correction.found)}”"
    where = f"row {correction.row}" if correction.row else "wherever it stands"
    if correction.rows:
        count = len(correction.rows)
        where, found = "1 row" if count == 1 else f"{count:,} rows", "what stands there"
    becomes = f"“{shortened(correction.replacement)}”" if correction.replacement else "empty"
    return f"{correction.column}, {where}: {found} → {becomes}"


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
                _again(state, f"The dates of {problem.column} are read anew.")


def _offer_values(state: Wizard, problem: Problem, column: str, key: str) -> None:
    """Draw the different values of a group, each to be corrected wherever it stands."""
    found = _cells(state, problem.rows, [column])
    counted = found.group_by(column, maintain_order=True).agg(
        pl.col(_ROW).len().alias(_COUNT), pl.col(_ROW).first()
    )
    shown = counted.head(_MOST_CELLS)
    edited = _edited(
        pd.DataFrame(
            {
                "First row": shown[_ROW].to_list(),
                "Rows": shown[_COUNT].to_list(),
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
            _take(state, [Correction(column, "", "", rows=problem.rows)])


def _offer_rows(state: Wizard, problem: Problem, key: str) -> None:
    """Draw the rows of a group, each to be corrected by itself or left out."""
    cells = _rows_of(state, problem)
    _say_how_many(cells.height, "rows")
    shown = cells.head(_MOST_CELLS)
    columns = shown.columns[1:]
    frame = shown.to_pandas().set_index(_ROW).rename_axis("Row")
    frame.insert(0, _LEAVE_OUT, value=False)
    edited = _edited(frame, [_LEAVE_OUT, *columns], key)
    with st.container(horizontal=True):
        if st.button("Correct", key=f"{key}_correct"):
            left_out = edited.index[edited[_LEAVE_OUT]].to_list()
            typed = [
                Correction(column, before, after or "", row=row)
                for column in columns
                for row, before, after in zip(
                    shown[_ROW], shown[column], edited[column], strict=True
                )
                if before != (after or "")
            ]
            _take(state, [*typed, *([LeftOut(left_out)] if left_out else [])])
        for label, rows in _ways_to_leave_out(problem).items():
            if st.button(label, key=f"{key}_{label}"):
                _take(state, [LeftOut(rows)])


def _ways_to_leave_out(problem: Problem) -> dict[str, Sequence[int]]:
    """Return what one press can leave out of a group, by what the button says."""
    if problem.repeats:
        return {
            "Keep the first of each": problem.rows,
            "Keep the last of each": all_but_last(problem),
        }
    return {"Leave this row out" if problem.count == 1 else "Leave these rows out": problem.rows}


def _rows_of(state: Wizard, problem: Problem) -> pl.DataFrame:
    """Return the rows of a group by what they are known by, and repeated ones by what differs."""
    known_by = [each.column for each in state.mapping if each.field in _KNOWN_BY]
    if not problem.repeats:
        return _cells(state, problem.rows, known_by)
    first_of = dict(zip(problem.rows, problem.repeats, strict=True))
    rows = sorted({*problem.rows, *problem.repeats}, key=lambda row: (first_of.get(row, row), row))
    cells = _cells(state, rows, [each.column for each in state.mapping if each.field])
    firsts = pl.Series([first_of.get(row, row) for row in rows])
    differs = cells.group_by(firsts.alias(_GROUP)).agg(pl.all().n_unique() > 1)
    others = [name for name in cells.columns[1:] if differs[name].any() and name not in known_by]
    return cells.select(_ROW, *known_by, *others)


def _cells(state: Wizard, rows: Sequence[int], columns: list[str]) -> pl.DataFrame:
    """Return some cells as they stand after the corrections so far, with their rows."""
    if state.table is None:
        return pl.DataFrame()
    numbers = pl.Series(_ROW, rows, dtype=pl.Int64)
    cells = correct(state.table.frame.select(columns), state.corrections)
    return cells[numbers - _FIRST_ROW].insert_column(0, numbers)


def _edited(cells: pd.DataFrame, editable: list[str], key: str) -> pd.DataFrame:
    can_leave_out = _LEAVE_OUT in cells.columns
    st.markdown(
        "Type over what is wrong, or tick rows to leave out; then press Correct."
        if can_leave_out
        else "Type over what is wrong, then press Correct."
    )
    return st.data_editor(
        cells,
        key=f"{key}_cells",
        hide_index=not can_leave_out,
        width="stretch",
        height=min(36 * (len(cells) + 1) + 3, 300),
        disabled=[name for name in cells.columns if name not in editable],
        column_config={_LEAVE_OUT: st.column_config.CheckboxColumn("Leave out", width=115)},
    )


def _say_how_many(count: int, what: str) -> None:
    if count > _MOST_CELLS:
        st.markdown(f"These are the first {_MOST_CELLS} of {count:,} {what}.")


def _take(state: Wizard, corrections: Sequence[Correction | LeftOut]) -> None:
    if not corrections:
        st.warning("Nothing was typed or ticked yet: change a cell above, then press Correct.")
        return
    state.corrections += corrections
    count = len(corrections)
    _again(state, "1 correction is made." if count == 1 else f"{count:,} corrections are made.")


def _again(state: Wizard, said: str) -> None:
    """Make the plan anew, and let the next run say what was done."""
    state.plan, state.said = None, said
    st.rerun()
