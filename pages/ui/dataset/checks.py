"""Every check of one dataset: what is asked, judged, possible, reached, and how to meet it."""

from collections.abc import Mapping

import streamlit as st

from fairdb_core.domain.assessments import Check, CheckState
from fairdb_core.domain.explanations import Suggestion
from fairdb_core.domain.summaries import DatasetSummary
from fairdb_core.metadata import FIELD_BY_NAME
from pages.ui.charts import percent_text
from pages.ui.dataset.edits import told_value
from pages.ui.plain import plain, source_link

STATES = {
    CheckState.MET: "✓ Met",
    CheckState.PARTLY: "◐ Partly met",
    CheckState.UNMET: "✕ Not met",
    CheckState.NOT_ASSESSED: "– Not assessed",
}
MATURITIES = ("incomplete", "initial", "moderate", "advanced")


def draw_checks(summary: DatasetSummary, attested: Mapping[str, str]) -> None:
    """Draw all checks by principle.

    Args:
        summary: The dataset with its assessment.
        attested: What people say where no record can tell, by the fact.
    """
    st.header("Every check", anchor=False)
    for points in summary.assessment.dimensions:
        checks = [c for c in summary.assessment.checks if c.dimension == points.name]
        failed = sum(c.state in (CheckState.UNMET, CheckState.PARTLY) for c in checks)
        label = f"{points.title}, {percent_text(points.percent)}, {failed} not met"
        with st.expander(label, expanded=False):
            for number, check in enumerate(checks):
                if number:
                    st.divider()
                suggestion = summary.advice.suggestions.get(check.check_id)
                draw_check(check, suggestion, attested.get(check.indicator, ""))


def draw_check(check: Check, suggestion: Suggestion | None, attested: str) -> None:
    """Draw one check.

    Args:
        check: The check.
        attested: What people say of it where no record can tell, empty where nobody did.
        suggestion: Values that would pass, where it is not met.
    """
    points = f"{check.earned:g} of {check.possible:g} points" if check.possible else "not scored"
    st.markdown(f"**{STATES[check.state]}** · {plain(check.question)} · {points}")
    lines = [plain(f"Judged: {check.evidence}")] if check.evidence else []
    if attested:
        lines.append(plain(f"Not in the score: {attested}"))
    lines.append(_told_levels(check))
    is_open = check.state in (CheckState.UNMET, CheckState.PARTLY)
    if is_open:
        lines.append(plain(f"To do: {check.advice}"))
    if suggestion is not None:
        lines += _told_suggestion(suggestion)
    elif is_open and check.fields:
        lines.append(plain(f"To fill: {FIELD_BY_NAME[check.fields[0]].title}"))
    if check.gain and (is_open or suggestion is not None):
        noun = "point" if check.gain == 1 else "points"
        lines.append(plain(f"Gain: +{check.gain:g} {noun}"))
    grade = ", ".join(part for part in (check.principle, check.priority) if part)
    rule = check.rule.rstrip(".")
    lines.append(
        plain(f"Rule {check.check_id} ({grade}): {rule}.") + " Source: " + source_link(check.source)
    )
    st.markdown("  \n".join(lines))


def _told_levels(check: Check) -> str:
    """Return the outcomes possible with their points, the one reached in bold."""
    levels = [(CheckState.UNMET, "not met", 0.0)]
    if check.partly:
        levels.append((CheckState.PARTLY, "partly met", check.partly))
    levels.append((CheckState.MET, "met", check.possible))
    told = []
    for state, word, points in levels:
        text = f"{word} {points:g}"
        told.append(f"**{text} (reached)**" if state is check.state else text)
    line = "Levels: " + " · ".join(told)
    if check.maturity:
        line += f" · met brings maturity {check.maturity} of 3, {MATURITIES[check.maturity]}"
    return line


def _told_suggestion(suggestion: Suggestion) -> list[str]:
    if len(suggestion.values) == 1:
        return ["To fill, with a value that would pass: " + told_value(suggestion.values[0])]
    return ["To fill, with values that would pass together:"] + [
        "– " + told_value(value) for value in suggestion.values
    ]
