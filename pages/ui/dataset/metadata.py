"""What is known of one dataset."""

import streamlit as st

from fairdb_core.domain.summaries import DatasetSummary
from fairdb_core.metadata import FIELDS
from fairdb_core.records import values_of
from pages.ui.plain import plain


def draw_record(summary: DatasetSummary) -> None:
    """Draw what is known of the dataset."""
    st.header("Metadata", anchor=False)
    record = summary.dataset.record
    rows = [
        {"Field": field.title, "Value": plain("; ".join(values_of(record, field.name)))}
        for field in FIELDS
        if values_of(record, field.name)
    ]
    st.table(rows, hide_index=True, alt="Values of the dataset")
    empty = [field.title for field in FIELDS if not values_of(record, field.name)]
    if empty:
        st.markdown(f"Empty: {', '.join(empty)}.")
