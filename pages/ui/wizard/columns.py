"""Step 2 of the wizard: where each column goes, with samples, certainty and reason."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

import pandas as pd
import streamlit as st

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from pages.ui.plain import plain, unbroken
from pages.ui.wizard.state import Wizard

LEFT_OUT = "— leave out —"
_PARTED = {
    "one value": None,
    "; semicolon": ";",
    ", comma": ",",
    "| pipe": "|",
    "|| two pipes": "||",
    "line break": "\n",
    "list": "json",
}
_ORDERS = {"—": None, "day first": True, "month first": False}
_REQUIRED = ("identifier", "title")
_TITLES = {field.title: field.name for field in FIELDS}


def draw(state: Wizard) -> None:
    """Draw the step."""
    st.subheader("Where each column goes")
    mapped = {column.field for column in state.mapping if column.field}
    _say_what_is_missing(mapped)
    left_out = sum(column.field is None for column in state.mapping)
    st.markdown(
        f"{len(state.mapping) - left_out} of {len(state.mapping)} columns are mapped; "
        f"{left_out} {'is' if left_out == 1 else 'are'} left out. "
        "Change the field where the suggestion is wrong."
    )
    order = _reading_order(state)
    edited = _edited(state, order)
    chosen = _chosen(state.mapping, edited.set_axis(order).sort_index())
    if chosen != state.mapping:
        state.plan = None
    _say_why([chosen[place] for place in order])
    _ask_for_turns(state, chosen)
    back, on = st.columns(2)
    if back.button("Back", width="stretch"):
        state.mapping = chosen
        state.go(0)
        st.rerun()
    if on.button("Next: look for problems", type="primary", width="stretch"):
        state.mapping = chosen
        state.go(2)
        st.rerun()


def why_in_words(column: ColumnMapping) -> str:
    """Return why a column goes where it goes, as a line of a list."""
    where = "left out"
    if column.field:
        where = f"{FIELD_BY_NAME[column.field].title}, {100 * column.confidence:.0f} %"
    return unbroken(f"- **{plain(column.column)}** → {where}: {plain(column.reason)}")


def _edited(state: Wizard, order: Sequence[int]) -> pd.DataFrame:
    """Draw the mapping as a table in which fields, lists and dates can be changed."""
    return st.data_editor(
        _rows([state.mapping[place] for place in order]),
        key=f"mapping_{state.generation}_{len(state.mapping)}",
        hide_index=True,
        width="stretch",
        height=min(38 * (len(state.mapping) + 1) + 3, 620),
        disabled=["Column", "Samples", "Filled", "Sure", "Why"],
        column_config={
            "Field": st.column_config.SelectboxColumn(
                width=130, options=[LEFT_OUT, *_TITLES], required=True
            ),
            "Column": st.column_config.TextColumn(width=110, pinned=True),
            "Sure": st.column_config.NumberColumn(width=60, format="%d %%"),
            "Why": st.column_config.TextColumn(width="medium"),
            "Samples": st.column_config.TextColumn(width="medium"),
            "Filled": st.column_config.NumberColumn(
                width=60, format="%d %%", help="The share of rows that have a value"
            ),
            "Values": st.column_config.SelectboxColumn(
                options=list(_PARTED), required=True, help="What parts several values in a cell"
            ),
            "Dates": st.column_config.SelectboxColumn(
                options=list(_ORDERS), required=True, help="How 03/04/25 is read"
            ),
        },
    )


def _ask_for_turns(state: Wizard, chosen: tuple[ColumnMapping, ...]) -> None:
    """Ask which column counts first where several go to a field that holds one value."""
    for name, columns in state.several(chosen).items():
        title = FIELD_BY_NAME[name].title
        st.markdown(
            f"**{title}** holds one value, and {len(columns)} columns go to it: the first that is "
            "filled counts, in this order."
        )
        rest, turns = list(columns), []
        boxes = st.columns(min(len(columns) - 1, 3))
        for number, box in zip(range(1, len(columns)), cycle(boxes), strict=False):
            turns.append(
                box.selectbox(
                    f"{title}: {number}.",
                    list(rest),
                    key=f"turn_{state.generation}_{name}_{number}_{'|'.join(rest)}",
                )
            )
            rest.remove(turns[-1])
        st.markdown(plain(f"{len(columns)}. {rest[0]} comes last."))
        if (order := (*turns, *rest)) != columns:
            state.turns[name], state.plan = order, None
            st.rerun()


def _reading_order(state: Wizard) -> list[int]:
    """Return the columns as they are shown: required fields, what was suggested, the rest.

    The order follows the suggestion, so that no row moves while somebody chooses.
    """

    def rank(place: int) -> tuple[int, int]:
        field = state.suggested[place].field
        return (0 if field in _REQUIRED else 1 if field else 2, place)

    return sorted(range(len(state.mapping)), key=rank)


def _say_what_is_missing(mapped: set[str | None]) -> None:
    missing = [FIELD_BY_NAME[name].title for name in _REQUIRED if name not in mapped]
    if missing:
        st.warning(
            f"No column is mapped to {' and '.join(missing)}. A dataset needs an identifier or "
            "at least a title to be known by."
        )


def _say_why(mapping: Sequence[ColumnMapping]) -> None:
    """Say in lines why columns go where they go: a narrow screen cuts the table off."""
    with st.expander("Why each column goes there"):
        st.markdown("\n".join(why_in_words(column) for column in mapping))


def _rows(mapping: Sequence[ColumnMapping]) -> pd.DataFrame:
    parted = {mark: name for name, mark in _PARTED.items()}
    orders = {order: name for name, order in _ORDERS.items()}
    return pd.DataFrame(
        {
            "Column": [column.column for column in mapping],
            "Field": [
                FIELD_BY_NAME[column.field].title if column.field else LEFT_OUT
                for column in mapping
            ],
            "Sure": [100 * column.confidence for column in mapping],
            "Why": [column.reason for column in mapping],
            "Samples": [" ⏐ ".join(column.samples) for column in mapping],
            "Filled": [100 * column.filled_share for column in mapping],
            "Values": [parted.get(column.value_separator, "list") for column in mapping],
            "Dates": [orders[column.is_day_first] for column in mapping],
        }
    )


def _chosen(mapping: tuple[ColumnMapping, ...], edited: pd.DataFrame) -> tuple[ColumnMapping, ...]:
    """Return the mapping with what the person changed in the table."""
    changed = []
    rows = zip(mapping, edited["Field"], edited["Values"], edited["Dates"], strict=True)
    for column, title, parted, order in rows:
        field = _TITLES.get(title)
        separator = _PARTED[parted]
        if separator == "json" and column.value_separator is not None:
            separator = column.value_separator
        if field != column.field:
            column = replace(column, field=field, confidence=1.0, reason="chosen")  # noqa: PLW2901
        changed.append(replace(column, value_separator=separator, is_day_first=_ORDERS[order]))
    return tuple(changed)
