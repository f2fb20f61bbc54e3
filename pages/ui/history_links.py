"""Ways from other screens to the history of what they show."""

from datetime import datetime

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.summaries import Filters
from pages.ui.filters import address_of
from pages.ui.routes import screen


def draw_way_to_history(viewer: Viewer, filters: Filters, since: datetime | None) -> None:
    """Draw the way to why the score moved; the public has no history screen."""
    if viewer.user is None:
        return
    params = address_of(filters)
    if since is not None:
        params["from"] = f"{since:%Y-%m-%d}"
    st.page_link(
        screen("history"),
        label="Why did it change?",
        query_params=params,
        icon=":material/timeline:",
    )
