"""Goals on screens: a bullet a goal, and each of them in a line with its icon and word."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from fairdb_core.domain.goals import GoalProgress, GoalState
from fairdb_core.domain.summaries import Facet, Filters
from pages.ui.changes import day_text, signed
from pages.ui.charts import SMALLEST_GROUP, Chart
from pages.ui.figures import (
    MET,
    NEUTRAL,
    PARTLY,
    UNMET,
    finished,
    label_row,
    percent_axis,
    text_for_plotly,
)
from pages.ui.plain import plain, unbroken
from pages.ui.routes import screen
from pages.ui.small_groups import not_drawn

STATES = {
    GoalState.BEHIND: "▼ Behind",
    GoalState.ON_THE_WAY: "▲ On the way",
    GoalState.REACHED: "✓ Reached",
    GoalState.ENDED: "✕ Ended, not reached",
}
_COLOURS = {
    GoalState.BEHIND: UNMET,
    GoalState.ON_THE_WAY: PARTLY,
    GoalState.REACHED: MET,
    GoalState.ENDED: NEUTRAL,
}
_ON_OVERVIEW = 3
_ROW_PIXELS = 124


def goal_name(progress: GoalProgress) -> str:
    """Return what a goal is for and what it measures."""
    return f"{progress.place_name}: {progress.measure}"


def goal_words(progress: GoalProgress) -> str:
    """Return where a goal stands, and what it takes."""
    goal = progress.goal
    value = "nothing judged yet" if progress.value is None else f"{progress.value:.1f} %"
    parts = [f"{value} of {goal.target:g} % by {day_text(goal.due_on)}"]
    if progress.reached_on is not None:
        parts.append(f"reached since {day_text(progress.reached_on)}")
    if progress.needed is not None and progress.expected is not None:
        parts.append(f"today's mark is {progress.expected:.1f} %")
        parts.append(f"needs {signed(progress.needed)} points a month from now on")
    if progress.so_far is not None:
        parts.append(f"{signed(progress.so_far)} a month so far")
    return ", ".join(parts)


def of_goals(found: Sequence[GoalProgress]) -> Chart:
    """Return every goal as a bullet: where it stands, its target and today's mark."""
    counts = {state: sum(each.state is state for each in found) for state in GoalState}
    told = [f"{count:,} {_word(state)}" for state, count in counts.items() if count]
    noun = "goal" if len(found) == 1 else "goals"
    sentence = f"{len(found):,} {noun}: {', '.join(told)}." if found else "There are no goals yet."
    drawn = [each for each in found if each.count >= SMALLEST_GROUP and each.value is not None]
    small = [each for each in found if each.count < SMALLEST_GROUP]
    sentence += not_drawn(
        [(f"{each.measure} in {each.place_name}", f"{each.count}") for each in small]
    )
    return Chart(
        name="goals",
        title="Are we on the way?",
        sentence=sentence,
        alt=f"Bars with a target line and a mark for today, {len(drawn)} goals. {sentence}",
        header=(
            "For",
            "What",
            "State",
            "Datasets",
            "Percent at the start",
            "Percent now",
            "Today's mark",
            "Target",
            "By",
            "Points a month needed",
            "Points a month so far",
        ),
        rows=tuple(
            (
                each.place_name,
                each.measure,
                STATES[each.state],
                each.count,
                each.start,
                each.value,
                each.expected,
                each.goal.target,
                f"{each.goal.due_on:%Y-%m-%d}",
                each.needed,
                each.so_far,
            )
            for each in found
        ),
        figure=_bullets(drawn) if drawn else None,
    )


def draw_goals_in_short(found: Sequence[GoalProgress], filters: Filters) -> None:
    """Draw the goals that want attention first, where there are any.

    Args:
        found: The goals of what is shown.
        filters: Which datasets are shown; goals count whole collections whatever else is filtered.
    """
    if not found:
        return
    st.header("Goals", anchor=False)
    if not filters.without(Facet.COLLECTION).is_empty:
        st.markdown("Goals count every dataset of their collections, whatever else is filtered.")
    st.markdown("\n\n".join(goal_line(each) for each in found[:_ON_OVERVIEW]))
    more = len(found) - _ON_OVERVIEW
    is_all = more > 0 and not filters.values(Facet.COLLECTION)
    label = f"All {len(found):,} goals" if is_all else "To the goals"
    st.page_link(screen("goals"), label=label, icon=":material/flag:")


def goal_line(progress: GoalProgress, *, has_state: bool = True) -> str:
    """Return one goal in words as Markdown, with its state where no heading says it."""
    state = f"**{STATES[progress.state]}** · " if has_state else ""
    words = unbroken(plain(goal_words(progress)))
    return f"{state}**{plain(goal_name(progress))}** · {words}"


def _word(state: GoalState) -> str:
    return STATES[state][2:].lower()


def _bullets(found: Sequence[GoalProgress]) -> go.Figure:
    figure = go.Figure()
    for place, each in enumerate(found):
        figure.add_bar(
            x=[each.value],
            y=[-place],
            orientation="h",
            width=0.3,
            marker={"color": _COLOURS[each.state]},
            hovertemplate=f"{each.value:.1f} %, n = {each.count:,}<extra></extra>",
        )
        _tick(figure, -place, each.goal.target, f"target {each.goal.target:g} %", width=5)
        if each.expected is not None and each.state in (GoalState.BEHIND, GoalState.ON_THE_WAY):
            _tick(figure, -place, each.expected, f"today's mark {each.expected:.1f} %", width=2)
        needed = f", {signed(each.needed)} a month" if each.needed is not None else ""
        note = f"{each.value:.1f} of {each.goal.target:g} % by {each.goal.due_on:%d %b %Y}{needed}"
        name = text_for_plotly(f"{STATES[each.state]} · {goal_name(each)}")
        label_row(figure, -place, f"<b>{name}</b><br>{note}")
    percent_axis(figure)
    figure.update_layout(barmode="overlay")
    return finished(figure, rows=len(found), row_pixels=_ROW_PIXELS)


def _tick(figure: go.Figure, place: float, percent: float, words: str, *, width: int) -> None:
    figure.add_scatter(
        x=[percent, percent],
        y=[place - 0.22, place + 0.22],
        mode="lines",
        line={"color": NEUTRAL, "width": width, "dash": "solid" if width > 2 else "dot"},  # noqa: PLR2004
        hovertemplate=f"{words}<extra></extra>",
    )
