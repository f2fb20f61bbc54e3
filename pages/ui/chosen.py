"""Choosing datasets from the list one by one, and what can be done with them or with all."""

from collections.abc import Callable, Sequence

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.summaries import DatasetRow, ExplorePage, Filters
from fairdb_core.exporters.tables import csv_of
from fairdb_core.exporters.workbooks import workbook_of
from fairdb_core.services.exports import MOST_EXPORTED
from pages.ui.filters import address_of, rubric_of_address
from pages.ui.links import link_of
from pages.ui.routes import screen
from pages.ui.rows import draw_title, in_words, title_of
from pages.ui.selection import MOST_IDS, address_of_ids
from pages.ui.session import core

_CHOSEN = "chosen datasets"


def chosen_ids() -> set[int]:
    """Return the datasets that are chosen in this session, on whichever page of the list."""
    found: set[int] = st.session_state.setdefault(_CHOSEN, set())
    return found


def draw_choosable(rows: Sequence[DatasetRow]) -> None:
    """Draw datasets, each with a box by which it is chosen."""
    chosen = chosen_ids()
    for dataset_id in chosen.intersection(row.dataset_id for row in rows):
        st.session_state.setdefault(_key(dataset_id), True)
    with st.container(key="lines"):
        for row in rows:
            # Only screen readers get this label: what is written stands beside the box.
            st.checkbox(
                f"Choose {title_of(row)}",
                key=_key(row.dataset_id),
                on_change=_take_over,
                args=(row.dataset_id,),
                label_visibility="collapsed",
            )
            draw_title(row)
            st.markdown(in_words(row))


def draw_actions(viewer: Viewer, found: ExplorePage, filters: Filters) -> None:
    """Draw what can be done with the chosen datasets, or with all where none is chosen."""
    ids = sorted(chosen_ids())
    count = len(ids) or found.count
    which = f"{count:,} chosen" if ids else ("this one" if count == 1 else f"all {count:,}")
    with st.container(horizontal=True, vertical_alignment="center"):
        page_ids = [row.dataset_id for row in found.rows]
        is_all_on = set(page_ids) <= set(ids)
        st.button(
            "Choose this page",
            icon=":material/select_all:",
            disabled=is_all_on or len(ids) + len(page_ids) > MOST_IDS,
            on_click=_choose,
            args=(page_ids,),
        )
        if ids:
            st.button("Choose none", on_click=_choose_none, type="tertiary")
        if viewer.role in (Role.STEWARD, Role.ADMINISTRATOR):
            st.page_link(
                screen("fix"),
                label=f"Fix {which}" if ids or count == 1 else f"Fix {which} together",
                query_params=address_of_ids(ids) if ids else address_of(filters),
                icon=":material/build:",
            )
        st.page_link(
            screen("compare"),
            label="Compare them" if ids else "Compare groups",
            query_params=_groups_of(ids, found, filters) if ids else address_of(filters),
            icon=":material/compare_arrows:",
        )
        _draw_exports(viewer, filters, frozenset(ids), count)


def _groups_of(ids: list[int], found: ExplorePage, filters: Filters) -> dict[str, str | list[str]]:
    """Return the address that compares the chosen datasets with all that are listed."""
    groups = (
        (f"{len(ids):,} chosen", Filters(ids=tuple(ids))),
        (f"all {found.count:,} listed", filters),
    )
    rubric_id = rubric_of_address()
    return {
        "set": [link_of(name, group) for name, group in groups],
        **({"rubric": rubric_id} if rubric_id else {}),
    }


def _draw_exports(viewer: Viewer, filters: Filters, ids: frozenset[int], count: int) -> None:
    if count > MOST_EXPORTED:
        st.markdown(f"Narrow the list down to {MOST_EXPORTED:,} datasets to export it.")
        return
    rubric_id = rubric_of_address()
    for name, write, mime in (
        ("CSV", csv_of, "text/csv"),
        (
            "XLSX",
            workbook_of,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ):
        st.download_button(
            f"Export {name}",
            _maker(viewer, filters, rubric_id, ids, write),
            file_name=f"datasets.{name.lower()}",
            mime=mime,
            icon=":material/download:",
            key=f"export-{name}",
            on_click="ignore",
        )


def _maker(
    viewer: Viewer,
    filters: Filters,
    rubric_id: str,
    ids: frozenset[int],
    write: Callable[..., bytes],
) -> Callable[[], bytes]:
    """Return what makes the file once it is asked for."""

    def make() -> bytes:
        try:
            # Of those chosen by hand some may not match the filters any more; they count still.
            meant = Filters() if ids else filters
            table = core().exports.table(viewer, meant, rubric_id=rubric_id, only=ids)
        except FAIRDatabaseError as error:
            return str(error).encode()
        return write(table.header, table.rows)

    return make


def _key(dataset_id: int) -> str:
    return f"choose-{dataset_id}"


def _take_over(dataset_id: int) -> None:
    if st.session_state[_key(dataset_id)]:
        chosen_ids().add(dataset_id)
    else:
        chosen_ids().discard(dataset_id)


def _choose(dataset_ids: list[int]) -> None:
    chosen_ids().update(dataset_ids)
    for dataset_id in dataset_ids:
        st.session_state[_key(dataset_id)] = True


def _choose_none() -> None:
    for dataset_id in chosen_ids():
        st.session_state[_key(dataset_id)] = False
    chosen_ids().clear()
