"""The score of one dataset: what it counts, and its levels."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core.domain.assessments import CheckState, Points
from fairdb_core.domain.summaries import DatasetSummary
from pages.ui.charts import percent_text
from pages.ui.plain import plain


def draw_score(summary: DatasetSummary) -> None:
    """Draw the score and what it counts."""
    total = summary.assessment.total
    noun = "points" if total.has_percent else "checks"
    score, gaps = st.columns(2)
    if total.has_percent:
        score.metric("Score", percent_text(total.percent), border=True)
    else:
        score.metric("Checks met", f"{total.earned:g} of {total.judged:g} judged", border=True)
    failed = sum(
        check.state in (CheckState.UNMET, CheckState.PARTLY) and check.possible > 0
        for check in summary.assessment.checks
    )
    gaps.metric("Failed checks", failed, border=True)
    st.markdown(
        plain(
            f"{total.earned:g} of {total.judged:g} {noun}, judged by {summary.rubric_title}. "
            f"{total.possible - total.judged:g} of {total.possible:g} possible {noun} cannot be "
            "judged from the record and are left out."
        )
    )
    if total.level:
        st.markdown(plain(f"Rating: at least {total.level}, by the points that were earned."))
    draw_levels(summary.assessment.dimensions)


def draw_levels(dimensions: Sequence[Points]) -> None:
    """Draw the level of each area, where the rubric has levels and priorities."""
    if not any(points.priorities for points in dimensions):
        return
    st.table(
        [
            {
                "Area": points.title,
                "Level, 0 to 5": points.level or "–",
                "Met of judged": ", ".join(
                    f"{count.priority} {count.met} of {count.judged}" for count in points.priorities
                ),
            }
            for points in dimensions
        ],
        hide_index=True,
    )
