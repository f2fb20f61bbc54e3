"""Ways between the screens that show the same datasets; what is filtered stays filtered."""

import streamlit as st

from fairdb_core.domain.summaries import Filters
from pages.ui.filters import address_of
from pages.ui.routes import screen

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
