"""Ways between the screens that show the same datasets; what is filtered stays filtered."""

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.summaries import Facet, Filters
from pages.ui.filters import address_of
from pages.ui.routes import screen
from pages.ui.session import core

_WAYS = {
    "overview": ("Overview of these", ":material/monitoring:"),
    "explore": ("List these", ":material/search:"),
    "planner": ("What to fix first in these", ":material/checklist:"),
}


def draw_ways_on(filters: Filters, here: str) -> None:
    """Draw the ways to the other screens with the filters that are on, if any are.

    Args:
        filters: Which datasets are shown.
        here: The screen on which the ways begin.
    """
    if filters.is_empty:
        return
    with st.container(horizontal=True):
        for stem, (label, icon) in _WAYS.items():
            if stem != here:
                st.page_link(screen(stem), label=label, query_params=address_of(filters), icon=icon)


def draw_ways_to_add(viewer: Viewer, filters: Filters) -> None:
    """Draw the ways to add to the one collection that is shown, where the visitor may."""
    shown = filters.values(Facet.COLLECTION)
    if len(shown) != 1:
        return
    ours = {str(each.collection_id) for each in core().collections.open_to_uploads(viewer)}
    if shown[0] not in ours:
        return
    params = {Facet.COLLECTION.value: shown[0]}
    with st.container(horizontal=True):
        for stem, label, icon in (
            ("upload", "Upload to this collection", ":material/upload:"),
            ("record", "New dataset in this collection", ":material/add:"),
        ):
            st.page_link(screen(stem), label=label, query_params=params, icon=icon)
