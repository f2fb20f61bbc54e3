"""The edits of one dataset that are worth most."""

import streamlit as st

from fairdb_core.domain.explanations import Edit, SuggestedValue
from fairdb_core.domain.summaries import DatasetSummary
from fairdb_core.metadata import FIELD_BY_NAME
from pages.ui.changes import signed
from pages.ui.dataset.prefill import open_form, texts_of
from pages.ui.filters import rubric_of_address
from pages.ui.plain import label, plain
from pages.ui.routes import screen

EDITS_SHOWN = 3
_CAUTIONS = {
    ("download_url", "Landing page"): "put it in only if the data themselves are there",
    ("download_url", "Identifier"): "put it in only if it leads to the data themselves",
}
_SUPPOSED = {("resource_type", "Title"): "supposed, as nothing says otherwise"}


def told_value(value: SuggestedValue) -> str:
    """Return a suggested value with its field, and where it comes from."""
    title = FIELD_BY_NAME[value.field].title
    if value.source:
        place = (value.field, value.source)
        found = _SUPPOSED.get(place, f"found in {plain(value.source)}")
        caution = _CAUTIONS.get(place, "put it in only if it is true")
        return f"**{plain(title)}**: {plain(value.value)} ({found}; {caution})"
    return (
        f"**{plain(title)}**: for example {label(value.value)} "
        "(an example; put what is true of this dataset)"
    )


def told_gain(edit: Edit, *, has_percent: bool) -> str:
    """Return how much an edit brings: points, or checks where the rubric has no percentage."""
    noun = "point" if has_percent else "check"
    return f"+{edit.points:g} {noun}" + ("s" if edit.points != 1 else "")


def draw_best(summary: DatasetSummary) -> None:
    """Draw the edits worth most; each gain is that of the changed record, scored anew."""
    st.header("Three best edits", anchor=False)
    edits = summary.advice.edits[:EDITS_SHOWN]
    if not (edits or summary.advice.together):
        st.success("No edit of this record would raise the score: all that can be judged is met.")
    for number, edit in enumerate(edits):
        _draw_edit(summary, edit, f"edit-{number}")
    more = summary.advice.edits[EDITS_SHOWN:]
    if more:
        count = f"{len(more)} more edit" + ("s" if len(more) > 1 else "")
        with st.expander(f"{count}, worth less or as much"):
            for number, edit in enumerate(more, EDITS_SHOWN):
                _draw_edit(summary, edit, f"edit-{number}")
    if summary.advice.together is not None:
        st.markdown("Only together, because one check asks for all of them:")
        _draw_edit(summary, summary.advice.together, "edit-together")
    if summary.may_edit:
        params = {"id": str(summary.dataset.dataset_id)}
        if rubric_of_address():
            params["rubric"] = rubric_of_address()
        st.page_link(
            screen("record"),
            label="Edit this dataset",
            query_params=params,
            icon=":material/edit:",
        )


def _draw_edit(summary: DatasetSummary, edit: Edit, key: str) -> None:
    with st.container(border=True, gap="small"):
        has_percent = summary.assessment.total.has_percent
        gain = f"**{told_gain(edit, has_percent=has_percent)}**"
        if has_percent:
            gain += f", {signed(edit.percent_points)} percentage points"
        moved = len(edit.check_ids)
        st.markdown(f"{gain} · {moved} {'check' if moved == 1 else 'checks'} better")
        st.markdown("  \n".join(told_value(value) for value in edit.values))
        st.caption(plain("Checks: " + ", ".join(edit.check_ids)))
        texts = texts_of(edit.values)
        is_whole = all(value.source for value in edit.values)
        label = "Take this into the form" if is_whole else "Take what was found into the form"
        if summary.may_edit and texts and st.button(label, key=key):
            open_form(summary.dataset.dataset_id, texts)
