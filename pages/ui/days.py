"""Days that live in the address."""

from datetime import date

import streamlit as st


def day_of_address(name: str) -> date | None:
    """Return the day that the address names, ``None`` where it names none."""
    text = st.query_params.get(name, "")
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None
