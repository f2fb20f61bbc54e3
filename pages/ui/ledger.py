"""What was gained: by whom, and with which batch, as tables to read and to download."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import ONLY_TOGETHER
from fairdb_core.domain.ledgers import LedgerLine
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.exporters.tables import csv_of
from pages.ui.charts import Cell
from pages.ui.parts import means_in_words
from pages.ui.plain import plain
from pages.ui.session import core
from pages.ui.undoing import draw_way_back, draw_way_to_receipt

LINES_SHOWN = 200
KINDS = {
    BatchKind.UPLOAD: "Upload",
    BatchKind.FORM: "Single dataset",
    BatchKind.FIX: "Bulk fix",
    BatchKind.UNDO: "Undo",
}
GAINED, CHANGED, EACH = "Points gained", "Scores changed", "Points each"
PEOPLE_HEADER = ("Person", GAINED, CHANGED, EACH, "Batches")
WHAT, COUNTS = "What", "Counts"
LINES_HEADER = (
    WHAT,
    COUNTS,
    GAINED,
    CHANGED,
    EACH,
    "Mean before",
    "Mean after",
    "When",
    "Collection",
    "By",
    "Batch",
)


def draw_ledger(who: Viewer) -> None:
    """Draw who gained how much, and with which batch."""
    ledger = core().ledgers.ledger(who)
    if not ledger.lines:
        st.info("Nothing was stored yet.")
        return
    if ledger.people:
        first = ledger.people[0]
        total = sum(person.points for person in ledger.people)
        st.markdown(
            f"**{total:,.2f} points** gained in all, most of them by "
            f"{plain(first.author_name)} ({first.points:,.2f})."
        )
    st.markdown(
        "A dataset whose score rises from 60 % to 65 % gains 5 points; what all datasets gained is "
        "added up, as often as the score of each changed. New datasets gain nothing, and what was "
        "undone does not count."
    )
    people: list[tuple[Cell, ...]] = [
        (
            person.author_name,
            person.points,
            person.dataset_count,
            _each(person.points, person.dataset_count),
            person.batch_count,
        )
        for person in ledger.people
    ]
    st.subheader("By person", anchor=False)
    _draw_table("gains-by-person", PEOPLE_HEADER, people[:LINES_SHOWN], lambda: people)
    _draw_lines(who, ledger.lines)


def _draw_lines(who: Viewer, told: Sequence[LedgerLine]) -> None:
    """Draw what each batch gained, and of the one that is chosen the ways on."""
    st.subheader("By batch", anchor=False)
    if len(told) > LINES_SHOWN:
        st.markdown(f"The last {LINES_SHOWN} of {len(told):,}; the file holds all.")
    st.markdown("Choose a line to see its receipt or to undo it.")
    # A key that follows the lines lets go of what was chosen when others take their places.
    mark = hash(tuple(line.batch_id for line in told))
    shown = [_cells(line) for line in told[:LINES_SHOWN]]
    at = _draw_table(
        "gains-by-batch",
        LINES_HEADER,
        shown,
        lambda: [_cells(line) for line in told],
        chosen_from=f"lines-{mark}",
    )
    if at is not None:
        _draw_chosen(who, told[at])


def _cells(line: LedgerLine) -> tuple[Cell, ...]:
    return (
        _what(line),
        "undone" if line.is_undone else "yes",
        line.points,
        line.dataset_count,
        _each(line.points, line.dataset_count),
        line.mean_before,
        line.mean_after,
        f"{line.at:%Y-%m-%d %H:%M}",
        line.collection_name,
        line.author_name,
        line.batch_id,
    )


def _draw_chosen(who: Viewer, line: LedgerLine) -> None:
    """Draw the way to the receipt of a batch, and the way back."""
    where = "" if line.parts else f" in {line.collection_name}"
    name = plain(f"{_what(line)}{where}, batch {line.batch_id}")
    if line.parts:
        _draw_parts(line)
    batch = core().undo_plans.possible(who, [line.batch_id]).get(line.batch_id)
    if batch is not None:
        draw_way_back(who, batch, name, "ledger-")
        return
    draw_way_to_receipt(line.batch_id, name)
    if line.is_undone:
        st.markdown("This was undone.")
    else:
        st.markdown(ONLY_TOGETHER)


def _draw_parts(line: LedgerLine) -> None:
    """Draw what an act gained in each of its collections."""
    rows = [
        (
            part.collection_name,
            part.points,
            part.dataset_count,
            means_in_words(part.mean_before, part.mean_after),
        )
        for part in line.parts
    ]
    st.markdown(f"One act in {len(rows):,} collections:")
    st.dataframe(
        pd.DataFrame(rows, columns=["Collection", GAINED, CHANGED, "Mean score"]),
        hide_index=True,
        width="stretch",
        column_config={GAINED: st.column_config.NumberColumn(format="localized")},
    )


def _what(line: LedgerLine) -> str:
    if line.kind is BatchKind.FIX and line.name:
        return line.name
    return f"{KINDS[line.kind]} of {line.name}" if line.name else KINDS[line.kind]


def _each(points: float, count: int) -> float | None:
    """Return the points that a dataset gained on average, ``None`` where none has another score."""
    return round(points / count, 2) if count else None


def _draw_table(
    name: str,
    header: tuple[str, ...],
    rows: list[tuple[Cell, ...]],
    all_rows: Callable[[], list[tuple[Cell, ...]]],
    *,
    chosen_from: str = "",
) -> int | None:
    """Draw a table with its file, and return which line is chosen.

    Args:
        name: Of the file.
        header: What stands above the columns.
        rows: The lines that are shown.
        all_rows: Gives the lines of the file, once it is asked for.
        chosen_from: The key of the choice, empty where there is none.
    """
    points = st.column_config.NumberColumn(format="localized")
    percent = st.column_config.NumberColumn(format="%.1f %%")
    event = st.dataframe(
        pd.DataFrame(rows, columns=list(header)),
        hide_index=True,
        width="stretch",
        placeholder="–",
        column_config={
            WHAT: st.column_config.TextColumn(width=230),
            COUNTS: st.column_config.TextColumn(help="What was undone does not count"),
            GAINED: points,
            EACH: points,
            "Mean before": percent,
            "Mean after": percent,
        },
        key=chosen_from or f"table-{name}",
        on_select="rerun" if chosen_from else "ignore",
        selection_mode="single-row",
    )
    st.download_button(
        "Download as CSV",
        lambda: csv_of(header, all_rows()),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"csv-{name}",
        on_click="ignore",
    )
    chosen = event["selection"]["rows"] if chosen_from else ()
    return chosen[0] if chosen else None
