"""How far a batch is, while it is stored."""

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import BatchState
from pages.ui.session import core


@st.fragment(run_every=0.7)
def draw_progress(viewer: Viewer, batch_id: int) -> None:
    """Draw how far a batch is, again and again until its end."""
    batch = core().batches.get(viewer, batch_id)
    share = batch.rows_done / batch.rows_total if batch.rows_total else 0.0
    st.progress(min(share, 1.0), f"{batch.rows_done:,} of {batch.rows_total:,} rows")
    st.markdown("You can leave this page: the work goes on, and “My uploads” shows its end.")
    if batch.state is not BatchState.RUNNING:
        st.rerun()
