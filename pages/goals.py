"""Goals: what is to be reached by when, and who is on the way."""

from datetime import UTC, date, datetime, timedelta

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Role
from fairdb_core.domain.goals import GoalPlace, GoalProgress
from pages.ui.filters import rubric_of_address
from pages.ui.goals import STATES, goal_line, goal_name, of_goals
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.session import core, require_user
from pages.ui.show import show_chart

viewer = require_user()

USUAL_TARGET = 80.0
HALF_A_YEAR = timedelta(days=182)
TOMORROW = datetime.now(UTC).date() + timedelta(days=1)


def draw_change(progress: GoalProgress) -> None:
    """Draw how to change a goal, or to let go of it."""
    goal = progress.goal
    key = str(goal.goal_id)
    with st.expander(f"Change: {plain(goal_name(progress))}"), st.form(f"goal-{key}", border=False):
        target = st.number_input(
            "Target in percent", 1.0, 100.0, goal.target, step=1.0, format="%g", key=f"target-{key}"
        )
        due_on = draw_day(max(goal.due_on, TOMORROW), f"due-{key}")
        save, drop = st.columns(2)
        if save.form_submit_button("Save", width="stretch"):
            try:
                core().goals.change(viewer, goal.goal_id, target=target, due_on=due_on)
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                st.rerun()
        if drop.form_submit_button("Withdraw this goal", width="stretch"):
            core().goals.withdraw(viewer, goal.goal_id)
            st.rerun()


def draw_day(usual: date, key: str) -> date:
    """Draw the choice of a day to come."""
    return st.date_input(
        "To be reached by the end of", usual, min_value=TOMORROW, format="YYYY-MM-DD", key=key
    )


def draw_new(places: tuple[tuple[GoalPlace, str], ...]) -> None:
    """Draw the form for a new goal."""
    st.header("Set a goal", anchor=False)
    draw_rubric_choice()
    asked = rubric_of_address()
    methods = core().assessments.methods()
    method = next((each for each in methods if each.rubric_id == asked), methods[0])
    measures = {"": "The mean score"} | {
        check.check_id: f"{check.question} Share met"
        for check in method.checks
        if check.points and check.decided_by in ("record", "record*")
    }
    names = dict(places)
    with st.form(f"new-goal-{method.rubric_id}"):
        place = st.selectbox("For", list(names), format_func=names.__getitem__)
        check_id = st.selectbox("What", list(measures), format_func=measures.__getitem__)
        left, right = st.columns(2)
        with left:
            target = st.number_input(
                "Target in percent", 1.0, 100.0, USUAL_TARGET, step=1.0, format="%g"
            )
        with right:
            due_on = draw_day(TOMORROW + HALF_A_YEAR, "due-new")
        if st.form_submit_button("Set the goal", type="primary"):
            try:
                core().goals.set_goal(
                    viewer,
                    place,
                    target=target,
                    due_on=due_on,
                    check_id=check_id,
                    rubric_id=method.rubric_id,
                )
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                st.rerun()


st.title("Goals", anchor=False)
found = core().goals.of_viewer(viewer)
if found:
    show_chart(of_goals, found, level=2)
    st.markdown(
        "A goal is on the way while it stands at or above the straight line from where it was when "
        "it was set to its target; the dotted mark shows where that line is today."
    )
    for state in STATES:
        of_state = [each for each in found if each.state is state]
        if of_state:
            st.subheader(STATES[state], anchor=False)
        for shown in of_state:
            st.markdown(goal_line(shown, has_state=False))
            if shown.may_change:
                draw_change(shown)
else:
    st.info("There are no goals yet that you may see.")
may_set = core().goals.places(viewer)
if may_set:
    draw_new(may_set)
elif not found:
    st.markdown("Data stewards set goals for the collections that they look after.")
    if viewer.role in (Role.STEWARD, Role.ADMINISTRATOR):
        st.page_link(screen("upload"), label="Make a collection", icon=":material/upload:")
