"""The views of Explore beside the list: which is on, and the failure signatures."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.fix_orders import FailureSignature, FixOrder
from fairdb_core.domain.gaps import exactly, with_gaps
from fairdb_core.domain.summaries import Facet, FacetCounts, Filters
from fairdb_core.services.heatmaps import GROUPED_BY
from pages.ui.charts import SMALLEST_GROUP
from pages.ui.filters import address_of, rubric_of_address
from pages.ui.heatmap import draw_heatmap
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.session import core
from pages.ui.states import answer

LIST, HEATMAP, SIGNATURES = "list", "heatmap", "signatures"
_NAMES = {LIST: "List", HEATMAP: "Heatmap", SIGNATURES: "Same failed checks"}
_QUESTIONS_SHOWN = 6


def view_of_address() -> str:
    """Return the view that the address asks for."""
    asked = st.query_params.get("view", LIST)
    return asked if asked in _NAMES else LIST


def draw_view_choice() -> str:
    """Draw the choice of view, which lives in the address, and return what is on."""
    now = view_of_address()
    picked = st.radio(
        "View",
        list(_NAMES),
        index=list(_NAMES).index(now),
        format_func=_NAMES.__getitem__,
        horizontal=True,
        key=f"view-{now}",
    )
    if picked != now:
        for lost in ("view", "page"):
            st.query_params.pop(lost, None)
        if picked != LIST:
            st.query_params["view"] = picked
        st.rerun()
    return now


def usual_groups(facets: Sequence[FacetCounts], filters: Filters) -> Facet:
    """Return what makes the groups while nobody chose: collections, else what parts the datasets.

    Args:
        facets: The values of each property.
        filters: What is chosen of them; of the others nothing is drawn.
    """
    large = {
        each.facet: sum(
            value.count >= SMALLEST_GROUP
            for value in each.values
            if not filters.values(each.facet) or value.value in filters.values(each.facet)
        )
        for each in facets
    }
    parting = (facet for facet in GROUPED_BY if large.get(facet, 0) > 1)
    return next(parting, Facet.COLLECTION)


def draw_heatmap_view(viewer: Viewer, filters: Filters, facets: Sequence[FacetCounts]) -> None:
    """Draw checks by groups, with the choice of what makes the groups."""
    asked = st.query_params.get("by", "")
    facet = Facet(asked) if asked in list(GROUPED_BY) else usual_groups(facets, filters)
    picked = st.selectbox(
        "Groups",
        GROUPED_BY,
        index=GROUPED_BY.index(facet),
        format_func=lambda each: each.label,
        key=f"by-{facet}",
        width=260,
    )
    if picked is not facet:
        st.query_params["by"] = picked.value
        st.rerun()
    found = answer(
        lambda: core().views.heatmap(viewer, filters, facet, rubric_id=rubric_of_address())
    )
    draw_heatmap(found, filters)


def draw_signatures_view(viewer: Viewer, filters: Filters) -> None:
    """Draw the groups of datasets that fail the same checks."""
    order = answer(lambda: core().fix_orders.order(viewer, filters, rubric_id=rubric_of_address()))
    st.header("Datasets that fail the same checks", anchor=False)
    if not order.signatures:
        st.markdown("None of these datasets fails a check that a record could decide.")
        return
    st.markdown(_told(order))
    may_fix = viewer.role in (Role.STEWARD, Role.ADMINISTRATOR)
    for group in order.signatures:
        _draw_signature(group, filters, may_fix=may_fix)
    st.page_link(
        screen("planner"),
        label="In which order to fix them",
        query_params=address_of(filters),
        icon=":material/checklist:",
    )


def _told(order: FixOrder) -> str:
    shown, every = len(order.signatures), order.signature_count
    which = f"the {shown} of {every:,} groups" if shown < every else f"all {every:,} groups"
    return f"Shown are {which} that gain most, with the points of the mean of all datasets."


def _draw_signature(group: FailureSignature, filters: Filters, *, may_fix: bool) -> None:
    params = address_of(with_gaps(filters, [exactly(group.check_ids)]))
    with st.container(border=True, gap="small"):
        noun = "dataset" if group.count == 1 else "datasets"
        st.markdown(
            f"**+{group.gain:.2f} points** · {group.count:,} {noun}, mean {group.mean:.1f} %"
        )
        lines = [f"- {plain(question)}" for question in group.questions[:_QUESTIONS_SHOWN]]
        hidden = len(group.questions) - _QUESTIONS_SHOWN
        st.markdown("\n".join([*lines, *([f"- and {hidden} more"] if hidden > 0 else [])]))
        with st.container(horizontal=True):
            st.page_link(
                screen("explore"),
                label="Show the dataset" if group.count == 1 else f"Show the {group.count:,}",
                query_params=params,
                icon=":material/search:",
            )
            if may_fix and group.field:
                st.page_link(
                    screen("fix"),
                    label="Fix them together",
                    query_params={**params, "field": group.field},
                    icon=":material/build:",
                )
