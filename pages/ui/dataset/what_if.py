"""Trying out a change of one dataset: every check and score it would move, and nothing stored."""

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.assessments import Points
from fairdb_core.domain.explanations import MovedCheck, WhatIf
from fairdb_core.domain.summaries import DatasetSummary
from fairdb_core.domain.uploads import Severity
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from pages.ui.changes import signed
from pages.ui.charts import percent_text
from pages.ui.dataset.checks import STATES
from pages.ui.dataset.prefill import open_form
from pages.ui.plain import plain, unbroken
from pages.ui.session import core
from pages.ui.states import answer

_SUGGESTED = 4


@st.fragment
def draw_what_if(viewer: Viewer, summary: DatasetSummary) -> None:
    """Draw the editor and what its text would do."""
    st.header("What if?", anchor=False)
    st.markdown("Choose a field and change it: the scores below follow. Nothing is stored.")
    typed = core().datasets.typed(summary.dataset)
    names = [field.name for field in FIELDS]
    edits = summary.advice.edits
    first = edits[0].values[0].field if edits else "title"
    mark = f"{summary.dataset.dataset_id}-{summary.dataset.row_version}"
    chosen = st.multiselect(
        "Fields to change",
        names,
        default=[first],
        format_func=lambda name: FIELD_BY_NAME[name].title,
        key=f"what-if-fields-{mark}",
        placeholder="Choose fields",
    )
    changes = {}
    for name in chosen:
        text = _draw_field(summary, name, typed[name], f"what-if-{mark}-{name}")
        if text != typed[name]:
            changes[name] = text
    if not changes:
        st.markdown("Nothing is changed yet.")
        return
    dataset_id = summary.dataset.dataset_id
    found = answer(
        lambda: core().what_ifs.try_out(
            viewer, dataset_id, changes, rubric_id=summary.assessment.rubric_id
        )
    )
    _draw_effect(found)
    if summary.may_edit and st.button("Take this into the form", key="what-if-take"):
        open_form(dataset_id, changes)


def _draw_field(summary: DatasetSummary, name: str, stored: str, key: str) -> str:
    field = FIELD_BY_NAME[name]
    if key not in st.session_state:
        st.session_state[key] = stored
    label = f"{field.title}, one value to a line" if field.is_many else field.title
    text: str = st.text_area(label, key=key, height=80, help=plain(field.help))
    ways: dict[str, str] = {}
    for edit in summary.advice.edits:
        ways |= {v.text: v.value for v in edit.values if v.field == name}
    for suggestion in summary.advice.suggestions.values():
        ways |= {v.text: v.value for v in suggestion.values if v.field == name}
    if ways:
        with st.container(horizontal=True):
            for number, (whole, value) in enumerate(list(ways.items())[:_SUGGESTED]):
                st.button(
                    plain(f"Try {_short(value)}"),
                    key=f"{key}-try-{number}",
                    on_click=_fill,
                    args=(key, whole),
                )
    return text


def _fill(key: str, text: str) -> None:
    st.session_state[key] = text


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:59]}…"  # noqa: PLR2004 - fits a button


def _draw_effect(found: WhatIf) -> None:
    for problem in found.problems:
        show = st.error if problem.severity is Severity.ERROR else st.warning
        show(plain(f"expected {problem.expected}. {problem.remedy}"))
    st.table([_row("Total", found.before.total, found.after.total)] + [
        _row(old.title, old, new)
        for old, new in zip(found.before.dimensions, found.after.dimensions, strict=True)
    ], hide_index=True)  # fmt: skip
    if found.moved:
        st.markdown(f"**{len(found.moved)} checks move**")
        st.table([_moved_row(moved) for moved in found.moved], hide_index=True)
    else:
        st.markdown("No check would change.")
    st.markdown("**By every rubric**")
    st.table([_row(move.title, move.before, move.after) for move in found.rubrics], hide_index=True)


def _row(title: str, before: Points, after: Points) -> dict[str, str]:
    return {
        "Part": plain(title),
        "Now": _told(before),
        "Then": _told(after),
        "Points": signed(after.earned - before.earned, decimals=None),
        "Percentage points": _moved_percent(before, after),
    }


def _told(points: Points) -> str:
    shown = f"{points.earned:g} of {points.judged:g}"
    parts = [shown, percent_text(points.percent) if points.percent is not None else ""]
    told = [*(part for part in parts if part), *([points.level] * bool(points.level))]
    return unbroken(" · ".join(told))


def _moved_percent(before: Points, after: Points) -> str:
    if before.percent is None or after.percent is None:
        return "–"
    return signed(after.percent - before.percent)


def _moved_row(moved: MovedCheck) -> dict[str, str]:
    return {
        "Check": plain(moved.after.check_id),
        "Question": plain(moved.after.question),
        "Now": unbroken(STATES[moved.before.state]),
        "Then": unbroken(STATES[moved.after.state]),
        "Points": signed(moved.after.earned - moved.before.earned, decimals=None),
    }
