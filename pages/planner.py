"""What to fix first: in which order, what each fix brings, and which datasets belong together."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core.domain.accounts import Role
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
from pages.ui.plain import plain
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.session import core, require_user
from pages.ui.show import show_chart
from pages.ui.states import answer, draw_no_datasets

viewer = require_user()

MAY_FIX = viewer.role in (Role.STEWARD, Role.ADMINISTRATOR)
SHOWN = 5
QUESTIONS_SHOWN = 4


def target_of_address() -> float:
    """Return the percent to reach that the address asks for, else the usual one."""
    asked = st.query_params.get("target", "")
    is_percent = asked.isascii() and asked.isdecimal() and 0 < int(asked[:4]) <= 100  # noqa: PLR2004
    return float(asked) if is_percent and len(asked) <= 3 else TARGET_PERCENT  # noqa: PLR2004


def draw_target(target: float) -> None:
    """Draw the choice of the percent to reach; it lives in the address."""
    picked = st.number_input(
        "Percent to reach", 1, 100, int(target), 5, key=f"target-{target:g}", width=180
    )
    if picked != target:
        st.query_params["target"] = str(picked)
        st.rerun()


def draw_links(filters: Filters, gaps: Sequence[str], *, count: int, field: str) -> None:
    """Draw the way to the datasets that fail some checks, and to their bulk fix."""
    params = address_of(with_gaps(filters, gaps))
    label = "Show the dataset" if count == 1 else f"Show the {count:,} datasets"
    with st.container(horizontal=True):
        st.page_link("pages/explore.py", label=label, query_params=params, icon=":material/search:")
        if MAY_FIX and field:
            st.page_link(
                "pages/fix.py",
                label="Fix them together",
                query_params={**params, "field": field},
                icon=":material/build:",
            )


def draw_step(place: int, step: FixStep, filters: Filters) -> None:
    """Draw one fix of the order."""
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{place}. +{step.gain:.2f} points** → {step.mean:.1f} % · {plain(step.question)}"
        )
        example = f" For example: {step.example}" if step.example else ""
        st.markdown(plain(f"{step.advice}{example}"))
        if not step.field:
            st.markdown("What a dataset is known by is changed one at a time, in the form.")
        draw_links(filters, [step.check_id], count=step.count, field=step.field)


def draw_signature(group: FailureSignature, filters: Filters) -> None:
    """Draw the datasets that fail the same checks."""
    with st.container(border=True, gap="small"):
        noun = "dataset" if group.count == 1 else "datasets"
        st.markdown(
            f"**+{group.gain:.2f} points** · {group.count:,} {noun}, mean {group.mean:.1f} %"
        )
        st.markdown(_as_list(group.questions))
        draw_links(filters, [exactly(group.check_ids)], count=group.count, field=group.field)


def draw_crossing(found: Crossing, order: FixOrder, filters: Filters) -> None:
    """Draw which few checks take most datasets to the target."""
    with st.container(border=True, gap="small"):
        many = len(found.check_ids)
        how = "exact" if found.is_exact else "an estimate: not every choice was tried"
        st.markdown(
            f"**{found.count:,} of {order.below_count:,}** reach {order.target:g} % "
            f"with {many} {'check' if many == 1 else 'checks'} met ({how})"
        )
        st.markdown(_as_list(found.questions))
        params = address_of(with_gaps(filters, found.check_ids))
        st.page_link(
            "pages/explore.py",
            label="Show the datasets that fail it"
            if many == 1
            else "Show all that fail one of them",
            query_params=params,
            icon=":material/search:",
        )


def draw_crossings(order: FixOrder, filters: Filters) -> None:
    """Draw how few checks take how many datasets to the target."""
    st.header(plain(f"Datasets that cross {order.target:g} %"), anchor=False)
    if not order.below_count:
        st.markdown(plain(f"Every dataset has reached {order.target:g} % already."))
        return
    st.markdown(
        plain(
            f"{order.below_count:,} of {order.judged_count:,} datasets are below "
            f"{order.target:g} %. Two fixes may bring over what neither does alone, so sets of "
            "checks were tried: all of them up to 12 checks, else the most promising."
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
        "Each is the one that raises the mean most after those before it; together they close "
        "the gap exactly."
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


def _as_list(questions: Sequence[str]) -> str:
    lines = [f"- {plain(question)}" for question in questions[:QUESTIONS_SHOWN]]
    more = len(questions) - QUESTIONS_SHOWN
    return "\n".join([*lines, f"- and {more} more"] if more > 0 else lines)


st.title("What to fix first", anchor=False)
chosen, goal = filters_of_address(), target_of_address()
planned = answer(
    lambda: core().fix_orders.order(viewer, chosen, rubric_id=rubric_of_address(), target=goal)
)
if not planned.total_count:
    draw_no_datasets(viewer)
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom"):
    draw_rubric_choice()
    draw_target(goal)
draw_active(chosen, sort_of_address(), planned.reliefs)
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
