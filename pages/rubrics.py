"""Rubrics: what is measured, how it is decided, and where that is published."""

from functools import partial

import streamlit as st

from fairdb_core.domain.summaries import CheckMethod, RubricMethod
from fairdb_core.exporters.tables import csv_of
from fairdb_core.metadata import FIELD_BY_NAME
from pages.ui.plain import plain, source_link
from pages.ui.reference_data import draw_reference_data
from pages.ui.routes import screen
from pages.ui.session import core, is_signed_in, require_reader
from pages.ui.styles import draw_styles_of_lists

viewer = require_reader()

HEADER = ("Check", "Principle", "Question", "Worth", "Decided by", "Rule", "Fields", "Source")


def row_of(check: CheckMethod) -> tuple[str, ...]:
    """Return a check as the file has it."""
    fields = ", ".join(FIELD_BY_NAME[name].title for name in check.fields)
    worth = check.priority or (f"{check.points:g}" if check.points else "not scored")
    return (
        check.check_id,
        check.principle,
        check.question,
        worth,
        check.decided_by,
        check.rule,
        fields,
        check.source,
    )


def shown_row(check: CheckMethod) -> dict[str, str]:
    """Return a check with its source linked behind its rule, where it takes no width."""
    row = dict(zip(HEADER[:-1], map(plain, row_of(check)), strict=False))
    row["Rule"] += f" · {source_link(check.source, 'Source')}"
    return row


def draw_rubric(method: RubricMethod) -> None:
    """Draw one rubric with all its checks."""
    st.header(plain(method.title), anchor=False)
    st.markdown(plain(method.summary))
    parts = ", ".join(f"{title} {points:g}" for _, title, points in method.dimensions)
    noun = "points" if method.has_total else "checks, no overall score"
    st.markdown(
        plain(
            f"Version {method.version} · {len(method.checks)} checks · {method.total:g} {noun} "
            f"({parts}) · source {method.source} · SHA-256 {method.digest[:12]}…"
        )
    )
    for dimension, title, _ in method.dimensions:
        checks = [check for check in method.checks if check.dimension == dimension]
        st.subheader(plain(title), anchor=False)
        st.table(
            [shown_row(check) for check in checks],
            hide_index=True,
            alt=f"List of checks, {method.title}, {title}",
        )
    if not is_signed_in():
        return
    st.download_button(
        "Download the checks as CSV",
        partial(csv_of, HEADER, [row_of(check) for check in method.checks]),
        file_name=f"{method.rubric_id}.csv",
        mime="text/csv",
        key=f"csv-{method.rubric_id}",
        on_click="ignore",
    )


draw_styles_of_lists()
st.title("Rubrics", anchor=False)
st.markdown(
    "A score is the share of the points that could be judged and was earned. What cannot be judged "
    "earns nothing and costs nothing; beside every score stands how many points could be judged."
)
st.markdown(
    "**record**: decided from the metadata record alone. "
    "**record\\***: decided from the record if it has a column that most files lack, else not "
    "assessed. "
    "**network**: needs the landing page or a resolver, so it is not assessed here. "
    "**person**: only a person can say it."
)
if is_signed_in():
    st.page_link(screen("verify"), label="Verify a receipt", icon=":material/verified:")
if viewer.is_administrator:
    st.page_link(
        screen("rubric_draft"),
        label="Draft a rubric of your own, see who moves, and publish it",
        icon=":material/edit_note:",
    )
for shown in core().assessments.methods():
    draw_rubric(shown)
draw_reference_data()
