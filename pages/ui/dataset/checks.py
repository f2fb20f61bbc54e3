"""Every check of one dataset: state, value judged, rule and source, and the gain."""

import streamlit as st

from fairdb_core.domain.assessments import Check, CheckState
from fairdb_core.domain.summaries import DatasetSummary
from pages.ui.charts import percent_text
from pages.ui.plain import plain

STATES = {
    CheckState.MET: "✓ Met",
    CheckState.PARTLY: "◐ Partly met",
    CheckState.UNMET: "✕ Not met",
    CheckState.NOT_ASSESSED: "– Not assessed",
}


def draw_checks(summary: DatasetSummary) -> None:
    """Draw all checks by principle."""
    st.header("Every check", anchor=False)
    for points in summary.assessment.dimensions:
        checks = [c for c in summary.assessment.checks if c.dimension == points.name]
        failed = sum(c.state in (CheckState.UNMET, CheckState.PARTLY) for c in checks)
        label = f"{points.title}, {percent_text(points.percent)}, {failed} not met"
        with st.expander(label, expanded=False):
            for number, check in enumerate(checks):
                if number:
                    st.divider()
                draw_check(check)


def draw_check(check: Check) -> None:
    """Draw one check: state, value judged, rule and source, and the gain."""
    points = f"{check.earned:g} of {check.possible:g} points" if check.possible else "not scored"
    st.markdown(f"**{STATES[check.state]}** · {plain(check.question)} · {points}")
    lines = [f"Judged: {check.evidence}"] if check.evidence else []
    if check.state in (CheckState.UNMET, CheckState.PARTLY):
        lines.append(f"To do: {check.advice}")
        if check.gain:
            lines.append(f"Gain: +{check.gain:g} points")
    grade = ", ".join(part for part in (check.principle, check.priority) if part)
    lines.append(f"Rule {check.check_id} ({grade}): {check.rule}. {check.source}")
    st.markdown("  \n".join(plain(line) for line in lines))
