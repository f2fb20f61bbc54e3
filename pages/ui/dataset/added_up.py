"""How one dataset's score was added up, on screen and on paper."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from fairdb_core.domain.assessments import CheckState, Points
from fairdb_core.domain.explanations import MetricSum
from fairdb_core.domain.summaries import DatasetSummary
from fairdb_core.exporters.score_sheets import score_sheet
from pages.ui.charts import percent_text
from pages.ui.plain import plain, unbroken

_MARKS = {
    CheckState.MET: "✓",
    CheckState.PARTLY: "◐",
    CheckState.UNMET: "✕",
    CheckState.NOT_ASSESSED: "–",
}


def draw_added_up(summary: DatasetSummary) -> None:
    """Draw the way from checks to metrics, principles, dimensions and the total."""
    st.header("How the score was added up", anchor=False)
    with st.expander("Checks, metrics, principles, dimensions, total"):
        for sentence in summary.added_up.sentences:
            st.markdown(unbroken(plain(sentence)))
        for dimension in summary.assessment.dimensions:
            st.markdown(unbroken("\n".join(_told_dimension(summary, dimension))))
    now = datetime.now(UTC)
    st.download_button(
        "Download as a page to print",
        partial(score_sheet, summary, now),
        file_name=f"score-{summary.dataset.dataset_id}-{summary.assessment.rubric_id}.html",
        mime="text/html",
        on_click="ignore",
        icon=":material/print:",
    )


def _told_dimension(summary: DatasetSummary, dimension: Points) -> list[str]:
    """Return a dimension with its principles, metrics and checks, as a list in a list."""
    metrics = [m for m in summary.added_up.metrics if m.dimension == dimension.name]
    lines = [f"**{plain(dimension.title)}: {_told_points(dimension)}**", ""]
    for principle in summary.assessment.principles:
        within = [metric for metric in metrics if metric.principle == principle.name]
        if not within:
            continue
        lines.append(f"- Principle {plain(principle.name)}: {_told_points(principle)}")
        lines += [f"    - {_told_metric(metric)}" for metric in within]
    return lines


def _told_points(points: Points) -> str:
    share = "" if points.percent is None else f", {percent_text(points.percent)}"
    level = "" if points.maturity is None else f", maturity {points.maturity:g} of 3"
    return (
        f"{points.earned:g} of {points.judged:g} judged ({points.possible:g} possible)"
        f"{share}{level}"
    )


def _told_metric(metric: MetricSum) -> str:
    joined = " or " if metric.is_alternative else " + "
    made_of = joined.join(
        f"{_MARKS[state]} {check_id} {earned:g}" for check_id, state, earned in metric.checks
    )
    how = " (the last one met counts)" if metric.is_alternative else ""
    told = f"{metric.title}: {made_of} = {metric.earned:g} of {metric.judged:g}{how}"
    return plain(told if metric.maturity is None else f"{told}, maturity {metric.maturity}")
