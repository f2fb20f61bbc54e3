"""What to fix first: in which order, what each fix brings, and which datasets belong together."""

import streamlit as st

from fairdb_core.domain.fix_orders import Crossing, FailureSignature, FixOrder, FixStep
from fairdb_core.domain.gaps import exactly, with_gaps
from fairdb_core.domain.summaries import TARGET_PERCENT, Filters
from pages.ui.filters import (
    address_of,
    draw_active,
    filters_of_address,
    go_to,
    rubric_of_address,
    sort_of_address,
)
from pages.ui.fix_curve import of_fix_order
from pages.ui.fixes import draw_fix, draw_ways, questions_of
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.session import core, require_user
from pages.ui.show import show_chart
from pages.ui.states import answer, draw_no_datasets
from pages.ui.ways import draw_ways_on

viewer = require_user()

SHOWN = 5
QUESTIONS_SHOWN = 4


def target_of_address() -> float:
    """Return the percent to reach that the address asks for, else the usual one."""
    asked = st.query_params.get("target", "")
    is_percent = asked.isascii() and asked.isdecimal() and 0 < int(asked[:4]) <= 100  # noqa: PLR2004
    return float(asked) if is_percent and len(asked) <= 3 else TARGET_PERCENT  # noqa: PLR2004


def draw_target(target: float) -> None:
    """Draw the choice of the percent to reach; it lives in the address."""
    picked = st.number_input("Percent to reach", 1, 100, int(target), 5, key=f"target-{target:g}")
    if picked != target:
        st.query_params["target"] = str(picked)
        st.rerun()


def draw_step(place: int, step: FixStep, filters: Filters) -> None:
    """Draw one fix of the order."""
    draw_fix(
        viewer,
        step.fix,
        filters,
        heading=f"**{place}. {plain(step.fix.title)}** · **+{step.fix.gain:.2f} points** "
        f"→ {step.mean:.1f} %",
    )


def draw_signature(group: FailureSignature, filters: Filters) -> None:
    """Draw the datasets that fail the same checks."""
    with st.container(border=True, gap="small"):
        noun = "dataset" if group.count == 1 else "datasets"
        st.markdown(
            f"**+{group.gain:.2f} points** · {group.count:,} {noun}, mean {group.mean:.1f} %"
        )
        st.markdown(questions_of(group.questions, most=QUESTIONS_SHOWN))
        gaps = [exactly(group.check_ids)]
        draw_ways(viewer, filters, gaps, count=group.count, field=group.field)


def draw_crossing(found: Crossing, order: FixOrder, filters: Filters) -> None:
    """Draw which few fixes take most datasets to the target."""
    with st.container(border=True, gap="small"):
        many = len(found.titles)
        how = "exact" if found.is_exact else "an estimate: not every choice was tried"
        st.markdown(
            f"**{found.count:,} of {order.below_count:,}** reach {order.target:g} % "
            f"with {many} {'fix' if many == 1 else 'fixes'} ({how})"
        )
        st.markdown(questions_of(found.titles))
        params = address_of(with_gaps(filters, found.check_ids))
        st.page_link(
            screen("explore"),
            label="Show the datasets that need it"
            if many == 1
            else "Show all that need one of them",
            query_params=params,
            icon=":material/search:",
        )


def draw_crossings(order: FixOrder, filters: Filters) -> None:
    """Draw how few fixes take how many datasets to the target."""
    st.header(plain(f"Datasets that cross {order.target:g} %"), anchor=False)
    if not order.below_count:
        st.markdown(plain(f"Every dataset has reached {order.target:g} % already."))
        return
    st.markdown(
        plain(
            f"{order.below_count:,} of {order.judged_count:,} datasets are below "
            f"{order.target:g} %. Two fixes may bring over what neither does alone, so sets of "
            "fixes were tried: all of them up to 12 fixes, else the most promising."
        )
    )
    if not order.crossings:
        st.markdown("No set of fixes that a record could decide takes one of them there.")
    for found in order.crossings[:SHOWN]:
        draw_crossing(found, order, filters)
    if len(order.crossings) > SHOWN:
        with st.expander(f"Larger sets ({len(order.crossings) - SHOWN})"):
            for found in order.crossings[SHOWN:]:
                draw_crossing(found, order, filters)


def draw_order(order: FixOrder, filters: Filters) -> None:
    """Draw the order of fixes, the groups and the crossings."""
    show_chart(of_fix_order, order, level=2)
    if not order.steps:
        return
    st.header("The fixes in order", anchor=False)
    st.markdown(
        "Each is one field to fill or correct, with every check that this settles: the one that "
        "raises the mean most after those before it. Together they close the gap exactly. Each "
        "gain is that of values that meet these checks; a value with which other checks no longer "
        "count, such as restricted access, moves scores by more or less: the preview tells how far."
    )
    for place, step in enumerate(order.steps[:SHOWN], 1):
        draw_step(place, step, filters)
    if len(order.steps) > SHOWN:
        with st.expander(f"The other {len(order.steps) - SHOWN} fixes"):
            for place, step in enumerate(order.steps[SHOWN:], SHOWN + 1):
                draw_step(place, step, filters)
    st.header("Datasets that fail the same checks", anchor=False)
    st.markdown(
        f"{order.signature_count:,} groups, those first that gain most once they meet every check."
    )
    for group in order.signatures[:SHOWN]:
        draw_signature(group, filters)
    if len(order.signatures) > SHOWN:
        with st.expander(f"The next {len(order.signatures) - SHOWN} groups"):
            for group in order.signatures[SHOWN:]:
                draw_signature(group, filters)
    draw_crossings(order, filters)


def draw_nothing_matches(order: FixOrder) -> None:
    """Say which filter to drop."""
    st.info("No dataset matches all filters at once.")
    best = order.reliefs[0] if order.reliefs else None
    if best is not None and best.count:
        st.markdown(f"Without “{plain(best.label)}” there would be **{best.count:,}**.")
    if st.button("Plan for all datasets"):
        go_to(Filters())


st.title("What to fix first", anchor=False)
chosen, goal = filters_of_address(), target_of_address()
planned = answer(
    lambda: core().fix_orders.order(viewer, chosen, rubric_id=rubric_of_address(), target=goal)
)
if not planned.total_count:
    draw_no_datasets(viewer)
    st.stop()
judged, reached = st.columns([3, 1], vertical_alignment="bottom")
with judged:
    draw_rubric_choice()
with reached:
    draw_target(goal)
draw_active(chosen, sort_of_address(), planned.reliefs)
draw_ways_on(chosen, "planner")
if not planned.count:
    draw_nothing_matches(planned)
    st.stop()
st.markdown(f"**{plain(planned.sentence)}**")
st.markdown(
    plain(
        f"{planned.count:,} of {planned.total_count:,} datasets, judged by {planned.rubric_title} "
        "from the records alone."
    )
)
draw_order(planned, chosen)
