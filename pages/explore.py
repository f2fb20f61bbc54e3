"""Explore: which datasets, found by words and properties, every view a link."""

import streamlit as st

from fairdb_core.domain.accounts import Role
from fairdb_core.domain.summaries import ExplorePage, Filters, Sort
from pages.ui.charts import percent_text
from pages.ui.filters import (
    address_of,
    draw_active,
    draw_filters,
    filters_of_address,
    go_to,
    page_of_address,
    rubric_of_address,
    sort_of_address,
)
from pages.ui.rows import draw_row
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.session import core, require_user
from pages.ui.states import answer, draw_no_datasets

viewer = require_user()


def draw_pages(found: ExplorePage, filters: Filters, sort: Sort) -> None:
    """Draw the way to the other pages."""
    if found.page_count == 1:
        return
    before, place, after = st.columns([1, 2, 1], vertical_alignment="center")
    if before.button("Previous", width="stretch", disabled=found.page == 1):
        go_to(filters, sort=sort, page=found.page - 1)
    place.markdown(f"Page {found.page:,} of {found.page_count:,}", text_alignment="center")
    if after.button("Next", width="stretch", disabled=found.page == found.page_count):
        go_to(filters, sort=sort, page=found.page + 1)


def draw_nothing_found(found: ExplorePage) -> None:
    """Say which filter to drop."""
    st.info("No dataset matches all filters at once.")
    for relief in found.reliefs:
        if relief.count:
            st.markdown(f"Without this filter there would be **{relief.count:,}**:")
            break


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
st.header("Datasets", anchor=False)
if not listed.count:
    draw_nothing_found(listed)
else:
    st.markdown(
        f"**{listed.count:,}** of {listed.total_count:,} datasets · "
        f"median {percent_text(listed.median)} · mean {percent_text(listed.mean)}"
    )
    if viewer.role in (Role.STEWARD, Role.ADMINISTRATOR):
        st.page_link(
            "pages/fix.py",
            label=f"Fix these {listed.count:,} together",
            query_params=address_of(chosen),
            icon=":material/build:",
        )
    for shown in listed.rows:
        draw_row(shown)
    draw_pages(listed, chosen, order)
