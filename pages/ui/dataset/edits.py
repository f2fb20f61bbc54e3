"""The edits of one dataset that are worth most."""

import streamlit as st

from fairdb_core.domain.summaries import DatasetSummary
from fairdb_core.metadata import FIELD_BY_NAME
from pages.ui.plain import plain


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
