"""Dataset: why this score, what to do about it, and how it became what it is."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core.domain.assessments import Check, CheckState, Points
from fairdb_core.domain.summaries import DatasetSummary, VersionSummary
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from fairdb_core.records import values_of
from pages.ui import charts
from pages.ui.charts import percent_text
from pages.ui.filters import rubric_of_address
from pages.ui.plain import plain
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.session import core, require_user
from pages.ui.show import show_chart
from pages.ui.states import answer

viewer = require_user()

STATES = {
    CheckState.MET: "✓ Met",
    CheckState.PARTLY: "◐ Partly met",
    CheckState.UNMET: "✕ Not met",
    CheckState.NOT_ASSESSED: "– Not assessed",
}


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


def draw_best(summary: DatasetSummary) -> None:
    """Draw the edits worth most."""
    st.header("Three best edits", anchor=False)
    if not summary.best:
        st.success("Every check that could be judged is met.")
    for check in summary.best:
        with st.container(border=True, gap="small"):
            st.markdown(f"**+{check.gain:g} points** · {plain(check.advice)}")
            field = FIELD_BY_NAME[check.fields[0]].title if check.fields else ""
            parts = [f"Field: {field}" if field else "", f"For example: {check.example}"]
            st.markdown(plain(" · ".join(parts if check.example else parts[:1])))
    if summary.may_edit:
        st.page_link(
            "pages/record.py",
            label="Edit this dataset",
            query_params={"id": str(summary.dataset.dataset_id)},
            icon=":material/edit:",
        )


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


def draw_record(summary: DatasetSummary) -> None:
    """Draw what is known of the dataset."""
    st.header("Metadata", anchor=False)
    record = summary.dataset.record
    rows = [
        {"Field": field.title, "Value": plain("; ".join(values_of(record, field.name)))}
        for field in FIELDS
        if values_of(record, field.name)
    ]
    st.table(rows, hide_index=True)
    empty = [field.title for field in FIELDS if not values_of(record, field.name)]
    if empty:
        st.markdown(f"Empty: {', '.join(empty)}.")


def draw_version(version: VersionSummary) -> None:
    """Draw one version with what it changed."""
    count = len(version.changes)
    title = (
        f"{version.at:%d %b %Y %H:%M} UTC · {version.author_name} · {version.origin} · "
        f"{percent_text(version.percent)} · {count} {'field' if count == 1 else 'fields'} changed"
    )
    with st.expander(plain(title)):
        if not version.changes:
            st.markdown("Nothing changed.")
            return
        st.table(
            [
                {
                    "Field": change.title,
                    "Before": plain(change.before) or "–",
                    "After": plain(change.after) or "–",
                }
                for change in version.changes
            ],
            hide_index=True,
        )


asked = st.query_params.get("id", "")
if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):  # noqa: PLR2004
    st.title("Dataset", anchor=False)
    st.info("Choose a dataset on the Explore page.")
    st.page_link("pages/explore.py", label="Explore", icon=":material/search:")
    st.stop()
shown = answer(lambda: core().assessments.dataset(viewer, int(asked), rubric_of_address()))
st.title(plain(shown.title), anchor=False)
st.markdown(plain(f"{shown.collection_name} · {shown.dataset.identity}"))
draw_rubric_choice()
draw_score(shown)
show_chart(charts.of_dataset(shown.assessment.dimensions), level=2)
draw_best(shown)
draw_checks(shown)
draw_record(shown)
st.header("History", anchor=False)
for each in shown.history:
    draw_version(each)
