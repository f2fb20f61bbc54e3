"""What stands at an address that names no screen."""

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

import streamlit as st

from pages.ui.routes import screen

_WAYS = (
    ("overview", "Overview", ":material/monitoring:"),
    ("explore", "Find datasets", ":material/search:"),
)


def misspelt(url: str | None, known: Iterable[str]) -> str:
    """Return the name in an address that is no screen's, empty where it is one's or names none.

    A path of several parts names none: no page of Streamlit can stand there.

    Args:
        url: What the browser shows, as Streamlit tells it; ``None`` before it did.
        known: The names of all screens of the visitor.
    """
    name = unquote(urlsplit(url or "").path).strip("/ ")
    return "" if "/" in name or name in known else name


def draw_nowhere() -> None:
    """Say that there is no such page, and lead on."""
    st.title("No such page", anchor=False)
    st.markdown("There is nothing at this address. It may be misspelt, or of another version.")
    for stem, label, icon in _WAYS:
        st.page_link(screen(stem), label=label, icon=icon)
