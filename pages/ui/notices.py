"""What an act that draws the screen anew says of itself, shown by the run that follows."""

import streamlit as st

_LEFT = "notice"


def leave_notice(text: str) -> None:
    """Leave a word for the next run, which has to follow.

    Args:
        text: As Markdown.
    """
    st.session_state[_LEFT] = text


def draw_notice() -> None:
    """Draw the word that the run before left, if it did."""
    left = st.session_state.pop(_LEFT, "")
    if left:
        st.toast(left, duration="long")
