"""Step 3 of the wizard: what is wrong, by cause, with a remedy and a place to correct it."""

from functools import partial

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import Outcome, Problem, Severity
from fairdb_core.importers.findings import count_rows
from pages.ui.plain import label, plain
from pages.ui.session import core
from pages.ui.wizard.corrections import (
    offer_corrections,
    rows_in_words,
    shortened,
    show_corrections,
)
from pages.ui.wizard.state import Wizard


def draw(viewer: Viewer, state: Wizard) -> None:
    """Draw the step."""
    st.subheader("What is wrong")
    if not make_plan(viewer, state) or state.plan is None:
        return
    plan = state.plan
    if state.said:
        st.toast(plain(f"{state.said} {_refused_in_words(plan.counts.refused)}"))
        state.said = ""
    errors = [problem for problem in plan.problems if problem.severity is Severity.ERROR]
    warnings = [problem for problem in plan.problems if problem.severity is Severity.WARNING]
    if plan.outcome is Outcome.REJECT:
        st.error(plain(plan.message))
    elif not plan.problems:
        st.success("No problems were found.")
    _list(state, errors, "Errors", "These rows are refused until they are corrected.")
    _list(state, warnings, "Warnings", "These rows are stored; correcting them raises the score.")
    show_corrections(state)
    if plan.problems and isinstance(state.source, bytes):
        st.download_button(
            "Download your file with problems and suggestions",
            partial(core().plan_views.annotated, state.source, plan),
            file_name=_annotated_name(state.file_name),
            mime="text/csv",
            help="Your own rows, unchanged, with two columns added at the end.",
            on_click="ignore",
        )
    back, on = st.columns(2)
    if back.button("Back", width="stretch"):
        state.go(1)
        st.rerun()
    can_go_on = plan.outcome is not Outcome.REJECT
    if on.button("Next: see the effect", type="primary", width="stretch", disabled=not can_go_on):
        state.go(3)
        st.rerun()


def make_plan(viewer: Viewer, state: Wizard) -> bool:
    """Make the plan where there is none yet, and return whether that went well."""
    if state.plan is not None:
        return True
    if state.table is None or state.collection_id is None:
        st.info("Choose a collection and a file first.")
        return False
    try:
        with st.spinner("Working out what the file will do …"):
            state.plan = core().previews.plan(
                viewer,
                state.collection_id,
                state.table,
                state.mapping_in_turn(),
                state.corrections,
            )
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
        return False
    return True


def _list(state: Wizard, problems: list[Problem], title: str, meaning: str) -> None:
    if not problems:
        return
    causes = "1 cause" if len(problems) == 1 else f"{len(problems)} causes"
    st.markdown(f"#### {title}: {causes}, {_rows(count_rows(problems))}")
    st.markdown(meaning)
    for problem in sorted(problems, key=lambda each: -each.count):
        rows = _rows(problem.count)
        where = f" in column {problem.column}" if problem.column else ""
        found = f"found “{shortened(problem.value)}”, " if problem.value else ""
        with st.expander(label(f"{rows}{where}: {found}expected {problem.expected}")):
            _explain(problem)
            offer_corrections(state, problem)


def _explain(problem: Problem) -> None:
    kind, _, numbers = rows_in_words(problem.rows, problem.count).partition(" ")
    lines = [
        f"**{kind}** {numbers}" if numbers else "",
        f"**Found** {plain(shortened(problem.value, 300))}" if problem.value else "",
        f"**Expected** {plain(problem.expected)}" if problem.expected else "",
        f"**What to do** {plain(problem.remedy)}" if problem.remedy else "",
    ]
    for line in filter(None, lines):
        st.markdown(line)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _refused_in_words(count: int) -> str:
    if not count:
        return "No row is refused."
    return f"{_rows(count)} {'is' if count == 1 else 'are'} still refused."


def _annotated_name(file_name: str) -> str:
    stem = file_name.rsplit(".", 1)[0] or "upload"
    return f"{stem}-with-problems.csv"
