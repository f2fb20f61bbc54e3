"""The editor of one rubric draft: what each test brings, which are left out, which are added."""

import streamlit as st

from fairdb_core.domain.rubric_drafts import AddedTest, DraftChange, RubricDraft
from fairdb_core.domain.summaries import CheckMethod
from fairdb_core.rubrics import Rubric
from pages.ui.plain import label, plain

MOST_POINTS = 1000.0


def draw_editor(draft: RubricDraft, rubric: Rubric, choices: dict[str, str]) -> DraftChange | None:
    """Draw the draft as a form, and return what is to be saved once somebody says so.

    Args:
        draft: The draft.
        rubric: The rubric that it holds.
        choices: The questions of the indicators that may be added, by their keys.
    """
    mark = f"{draft.rubric_draft_id}-{draft.row_version}"
    with st.form(f"draft-{mark}"):
        left, right = st.columns(2)
        title = left.text_input("Title", rubric.title, max_chars=100, key=f"title-{mark}")
        version = right.text_input("Version", rubric.version, max_chars=20, key=f"version-{mark}")
        summary = st.text_area("Summary", rubric.summary.strip(), key=f"summary-{mark}")
        points = _draw_tests(rubric, mark)
        ratings = {
            rating.title: st.number_input(
                label(f"Points from which it is “{rating.title}”"),
                0.0,
                value=rating.from_points,
                key=f"rating-{number}-{mark}",
            )
            for number, rating in enumerate(rubric.ratings)
        }
        added = _draw_added(rubric, choices, mark)
        is_sent = st.form_submit_button("Save and see who moves", type="primary")
    if not is_sent:
        return None
    return DraftChange(rubric.id, title, version, summary, points, ratings, added)


def _draw_tests(rubric: Rubric, mark: str) -> dict[str, float | None]:
    points: dict[str, float | None] = {}
    for dimension in rubric.dimensions:
        metrics = [metric for metric in rubric.metrics if metric.dimension == dimension.id]
        worth = sum(metric.possible for metric in metrics)
        count = sum(len(metric.tests) for metric in metrics)
        with st.expander(plain(f"{dimension.title}: {count} tests, {worth:g} points")):
            for metric in metrics:
                for test in metric.tests:
                    kept, number = st.columns([4, 1], vertical_alignment="center")
                    is_kept = kept.checkbox(
                        label(f"{test.id}: {test.fact.question}"),
                        value=True,
                        key=f"keep-{test.id}-{mark}",
                    )
                    brings = number.number_input(
                        f"Points of {test.id}",
                        0.0,
                        MOST_POINTS,
                        test.points,
                        step=0.5,
                        key=f"points-{test.id}-{mark}",
                        label_visibility="collapsed",
                    )
                    points[test.id] = brings if is_kept else None
    return points


def _draw_added(rubric: Rubric, choices: dict[str, str], mark: str) -> tuple[AddedTest, ...]:
    titles = {dimension.id: dimension.title for dimension in rubric.dimensions}
    with st.expander("Add tests from the indicators that are not in it"):
        picked = st.multiselect(
            "Indicators",
            list(choices),
            format_func=lambda key: choices[key],
            key=f"added-{mark}",
            placeholder="Choose indicators",
        )
        left, right = st.columns(2)
        dimension = left.selectbox(
            "Under", list(titles), format_func=lambda key: titles[key], key=f"under-{mark}"
        )
        brings = right.number_input(
            "Points of each", 0.0, MOST_POINTS, 1.0, step=0.5, key=f"each-{mark}"
        )
    return tuple(AddedTest(key, dimension, brings) for key in picked)


def choices_of(rubric: Rubric, checks: list[CheckMethod]) -> dict[str, str]:
    """Return the questions of indicators that a rubric does not ask yet, by their keys."""
    asked = set(rubric.indicators)
    return {
        check.indicator: f"{check.question} ({check.decided_by})"
        for check in checks
        if check.indicator not in asked
    }
