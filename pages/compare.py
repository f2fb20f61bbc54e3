"""Compare: do these groups really differ, and how do two days compare?"""

import streamlit as st

from fairdb_core.domain.comparisons import FEWEST_GROUPS, MOST_GROUPS, Comparison
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.services.comparisons import GroupQuestion
from fairdb_core.services.groups import COMPARABLE
from pages.ui.comparisons import of_funnel, of_groups, of_migration, of_shifts
from pages.ui.days import day_of_address
from pages.ui.filters import address_of, filters_of_address, rubric_of_address
from pages.ui.links import filters_of_link, link_of
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.session import core, require_user
from pages.ui.show import show_chart
from pages.ui.states import answer, draw_no_datasets

viewer = require_user()

MAX_NAME = 60


def question_of_address() -> GroupQuestion:
    """Return the comparison that the address asks for."""
    asked = st.query_params.get("by", "")
    facet = Facet(asked) if asked in list(COMPARABLE) else Facet.COLLECTION
    named = {}
    for link in st.query_params.get_all("set")[:MOST_GROUPS]:
        name, filters = filters_of_link(link)
        named[name[:MAX_NAME]] = filters
    return GroupQuestion(
        facet=facet,
        values=tuple(sorted(set(st.query_params.get_all("group"))))[:MOST_GROUPS],
        named=tuple(named.items()),
        filters=filters_of_address(),
        rubric_id=rubric_of_address(),
    )


def draw_choice(found: Comparison, asked: GroupQuestion) -> None:
    """Draw what parts the datasets, and which groups are compared; both live in the address."""
    labels = {option.value: f"{option.label} ({option.count:,})" for option in found.options}
    on = [value for value in asked.values if value in labels]
    with st.form(f"groups-{asked.facet}-{'-'.join(on)}"):
        parted, groups, apply = st.columns([2, 5, 1], vertical_alignment="bottom")
        facet = parted.selectbox(
            "Compare by",
            COMPARABLE,
            index=COMPARABLE.index(asked.facet),
            format_func=lambda each: each.label,
        )
        picked = groups.multiselect(
            f"{FEWEST_GROUPS} to {MOST_GROUPS} of them, or none for all",
            list(labels),
            default=on,
            format_func=labels.__getitem__,
            max_selections=MOST_GROUPS,
            placeholder="All of them",
        )
        if apply.form_submit_button("Apply", type="primary", width="stretch"):
            st.query_params.pop("group", None)
            st.query_params["by"] = facet.value
            if facet is asked.facet and picked:
                st.query_params["group"] = sorted(picked)
            st.rerun()


def draw_own_groups(asked: GroupQuestion) -> None:
    """Draw groups by filters of their own: saved views, or pasted addresses of Explore."""
    with st.expander("Groups of your own", expanded=bool(asked.named)):
        st.markdown(
            "Save views on the Explore page and add them here, or paste the address that your "
            "browser shows there, with a name. "
            f"{FEWEST_GROUPS} to {MOST_GROUPS} such groups are compared."
        )
        for name, _ in asked.named:
            label, out = st.columns([4, 1], vertical_alignment="center")
            label.markdown(plain(name))
            if out.button("Remove", key=f"out-{name}", width="stretch"):
                kept = [link_of(n, f) for n, f in asked.named if n != name]
                st.query_params.pop("set", None)
                if kept:
                    st.query_params["set"] = kept
                st.rerun()
        if len(asked.named) == MOST_GROUPS:
            return
        draw_saved_groups(asked)
        with st.form("own-group", clear_on_submit=True):
            name = st.text_input("Name of the group", max_chars=MAX_NAME)
            address = st.text_input("Address of the Explore page", max_chars=2_000)
            if st.form_submit_button("Add this group"):
                add_group(asked, name, address)


def draw_saved_groups(asked: GroupQuestion) -> None:
    """Draw the saved views of Explore that can be a group, those not taken yet."""
    taken = {filters for _, filters in asked.named}
    views = {
        view.saved_view_id: view
        for view in core().saved_views.open_to(viewer)
        if not (filters := filters_of_link(view.address)[1]).is_empty and filters not in taken
    }
    if not views:
        return
    with st.form("saved-group", border=False):
        chosen, add = st.columns([4, 1], vertical_alignment="bottom")
        picked = chosen.selectbox(
            "A saved view", list(views), format_func=lambda key: views[key].name
        )
        if add.form_submit_button("Add this view", width="stretch"):
            add_group(asked, views[picked].name[:MAX_NAME], f"?{views[picked].address}")


def add_group(asked: GroupQuestion, name: str, address: str) -> None:
    """Add a group to the address, or say what is missing."""
    _, _, query = address.strip().partition("?")
    _, filters = filters_of_link(query)
    if not " ".join(name.split()) or filters.is_empty:
        st.error("Give a name, and the address of an Explore page with at least one filter.")
        return
    links = [link_of(n, f) for n, f in asked.named if n != name]
    st.query_params["set"] = [*links, link_of(" ".join(name.split()), filters)]
    st.rerun()


def draw_groups(found: Comparison) -> None:
    """Draw two to six groups, or many."""
    if found.funnel is not None:
        show_chart(of_funnel, found.funnel, found.verdict, level=2)
        st.markdown(
            "A group stands out when it lies further from the mean of all datasets than chance "
            "explains for its size, by a point or more, and has at least ten datasets. The more "
            "groups there are, the further out one has to lie."
        )
        return
    if len(found.groups) < FEWEST_GROUPS:
        st.info("One group alone cannot be compared; choose another one.")
    show_chart(of_groups, found.groups, found.verdict, level=2)
    for detail in found.details:
        st.markdown(plain(detail))
    with st.container(horizontal=True):
        for group in found.groups:
            st.page_link(
                screen("explore"),
                label=f"Show {plain(group.label)}",
                query_params=address_of(group.filters),
                icon=":material/search:",
            )
    st.markdown(
        "The bars are 95 % intervals: so far a mean could lie off if these datasets are taken as "
        "a sample of what the group makes. Two groups differ when the interval of their difference "
        "leaves out zero, made stricter by the number of pairs, and it is a point or more. Ranks "
        "are those of 95 in 100 draws in which each dimension counts half to twice its points "
        "and chance moves each mean; groups below ten datasets have none."
    )


def draw_two_days(asked: GroupQuestion) -> None:
    """Draw the groups, and all datasets, on two days."""
    st.header("Two days", anchor=False)
    first, last = day_of_address("from"), day_of_address("to")
    found = answer(lambda: core().comparisons.between(viewer, asked, first, last))
    mark = f"{found.since}-{found.until}"
    with st.form(f"days-{mark}"):
        begin, end, apply = st.columns([2, 2, 1], vertical_alignment="bottom")
        limits = {"max_value": "today", "format": "YYYY-MM-DD"}
        since = begin.date_input("The end of", found.since, key=f"from-{mark}", **limits)
        until = end.date_input("And the end of", found.until, key=f"to-{mark}", **limits)
        if apply.form_submit_button("Compare the days", width="stretch"):
            st.query_params["from"], st.query_params["to"] = since.isoformat(), until.isoformat()
            st.rerun()
    st.markdown(f"**{plain(found.verdict)}**")
    for detail in found.details:
        st.markdown(plain(detail))
    if found.hidden_count:
        st.markdown(f"{found.hidden_count:,} further groups changed less and are left out.")
    show_chart(of_shifts, found)
    show_chart(of_migration, found)
    st.page_link(
        screen("history"),
        label="Why did it change?",
        query_params={
            **address_of(asked.filters),
            "from": found.since.isoformat(),
            "to": found.until.isoformat(),
        },
        icon=":material/timeline:",
    )


st.title("Compare", anchor=False)
question = question_of_address()
shown = answer(lambda: core().comparisons.compare(viewer, question))
if not shown.count and question.filters == Filters():
    draw_no_datasets(viewer)
    st.stop()
draw_rubric_choice()
draw_choice(shown, question)
draw_own_groups(question)
if not question.filters.is_empty:
    st.page_link(
        screen("explore"),
        label="Only datasets that match these filters count",
        query_params=address_of(question.filters),
        icon=":material/filter_alt:",
    )
st.markdown(plain(f"Judged by {shown.rubric_title}, {shown.count:,} datasets."))
draw_groups(shown)
draw_two_days(question)
