"""The choice of the rubric by which a screen judges; it lives in the address."""

import streamlit as st

from fairdb_core.domain.summaries import Facet
from pages.ui.filters import rubric_of_address
from pages.ui.session import core


def draw_rubric_choice() -> None:
    """Draw the choice of rubric; another choice changes the address."""
    titles = {method.rubric_id: method.title for method in core().assessments.methods()}
    usual = next(iter(titles))
    now = rubric_of_address() or usual
    if now not in titles:
        return
    picked = st.selectbox(
        "Judged by",
        list(titles),
        index=list(titles).index(now),
        format_func=titles.__getitem__,
        key=f"rubric-{now}",
    )
    if picked == now:
        return
    for lost in (Facet.GAP.value, "page", "rubric"):
        if lost in st.query_params:
            del st.query_params[lost]
    if picked != usual:
        st.query_params["rubric"] = picked
    st.rerun()
