"""What stands at an address that names no screen."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from pages.ui.routes import screen

_WAYS = (
    ("overview", "Overview", ":material/monitoring:"),
    ("explore", "Find datasets", ":material/search:"),
)


def leads_nowhere(url: str | None, opened: str, known: Sequence[str]) -> bool:
    """Return whether an address names no screen: the start page, which has no name, opened for it.

    Args:
        url: What the browser shows, as Streamlit tells it; ``None`` before it did.
        opened: The name of the screen that Streamlit opened.
        known: The names of all screens of the visitor.
    """
    name = urlsplit(url or "").path.strip("/").rpartition("/")[2]
    return not opened and name not in {"", *known}


def draw_nowhere() -> None:
    """Say that there is no such page, and lead on."""
    st.title("No such page", anchor=False)
    st.markdown("There is nothing at this address. It may be misspelt, or of another version.")
    for stem, label, icon in _WAYS:
        st.page_link(screen(stem), label=label, icon=icon)
