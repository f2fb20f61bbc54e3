"""Explore: which datasets, found by words and properties, every view a link."""

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.summaries import ExplorePage, Filters, Sort
from pages.ui.charts import percent_text
from pages.ui.chosen import draw_actions, draw_choosable
from pages.ui.explore_views import (
    HEATMAP,
    SIGNATURES,
    draw_heatmap_view,
    draw_signatures_view,
    draw_view_choice,
)
from pages.ui.filters import (
    draw_active,
    draw_filters,
    filters_of_address,
    go_to,
    page_of_address,
    rubric_of_address,
    sort_of_address,
)
from pages.ui.plain import plain
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.saved_views import draw_saved_views
from pages.ui.session import core, require_user
from pages.ui.states import answer, draw_no_datasets
from pages.ui.ways import draw_ways_on

viewer = require_user()


def draw_pages(found: ExplorePage, filters: Filters, sort: Sort) -> None:
    """Draw the way to the other pages."""
    if found.page_count == 1:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Previous", disabled=found.page == 1):
            go_to(filters, sort=sort, page=found.page - 1)
        st.markdown(f"Page {found.page:,} of {found.page_count:,}", width="content")
        if st.button("Next", disabled=found.page == found.page_count):
            go_to(filters, sort=sort, page=found.page + 1)


def draw_nothing_found(found: ExplorePage, sort: Sort) -> None:
    """Say which filter to drop, and offer to drop it."""
    st.info("No dataset matches all filters at once.")
    best = found.reliefs[0] if found.reliefs else None
    if best is None or not best.count:
        st.markdown("Dropping one filter is not enough; clear them all.")
        return
    st.markdown(f"Without “{plain(best.label)}” there would be **{best.count:,}**.")
    label = "Show this one" if best.count == 1 else f"Show these {best.count:,}"
    if st.button(label, type="primary"):
        go_to(best.filters, sort=sort)


def draw_list(who: Viewer, found: ExplorePage, filters: Filters, sort: Sort) -> None:
    """Draw a page of the datasets, and what can be done with all of them."""
    st.header("Datasets", anchor=False)
    st.markdown(
        f"**{found.count:,}** of {found.total_count:,} datasets · "
        f"median {percent_text(found.median)} · mean {percent_text(found.mean)}"
    )
    draw_actions(who, found, filters)
    draw_choosable(found.rows)
    draw_pages(found, filters, sort)


st.title("Explore", anchor=False)
chosen, order = filters_of_address(), sort_of_address()
listed = answer(
    lambda: core().assessments.explore(
        viewer, chosen, rubric_id=rubric_of_address(), sort=order, page=page_of_address()
    )
)
if not listed.total_count:
    draw_no_datasets(viewer)
    st.stop()
draw_rubric_choice()
draw_filters(listed, chosen, order)
draw_active(chosen, order, listed.reliefs)
draw_ways_on(chosen, "explore")
draw_saved_views(viewer)
view = draw_view_choice()
if not listed.count:
    draw_nothing_found(listed, order)
elif view == HEATMAP:
    draw_heatmap_view(viewer, chosen, listed.facets)
elif view == SIGNATURES:
    draw_signatures_view(viewer, chosen)
else:
    draw_list(viewer, listed, chosen, order)
