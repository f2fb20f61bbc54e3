"""What the edit form is to begin with when it is opened from a dataset's page."""

from collections.abc import Iterable, Mapping

import streamlit as st

from fairdb_core.domain.explanations import SuggestedValue
from pages.ui.filters import rubric_of_address

_KEY = "filled"


def texts_of(values: Iterable[SuggestedValue]) -> dict[str, str]:
    """Return suggested values as the form takes them, mere forms left out."""
    return {value.field: value.text for value in values if value.source}


def open_form(dataset_id: int, texts: Mapping[str, str]) -> None:
    """Open the edit form with some fields filled; nothing is stored before somebody saves."""
    count = st.session_state.get(_KEY, (0,))[0] + 1
    st.session_state[_KEY] = (count, dataset_id, dict(texts))
    # The form begins from what is stored now, not from what an earlier visit saw.
    st.session_state.pop(f"editing_{dataset_id}", None)
    params = {"id": str(dataset_id), _KEY: str(count)}
    if rubric_of_address():
        params["rubric"] = rubric_of_address()
    st.switch_page("pages/record.py", query_params=params)


def filled_fields(dataset_id: int) -> tuple[str, dict[str, str]]:
    """Return what tells this filling from others, and the fields that were filled."""
    asked = st.query_params.get(_KEY, "")
    count, filled_id, texts = st.session_state.get(_KEY, (0, 0, {}))
    if asked == str(count) and filled_id == dataset_id:
        return asked, texts
    return "", {}
