"""The screens that a visitor may open, found on the disk once in a browser session."""

from collections.abc import Callable, Sequence

import streamlit as st

from fairdb_core.domain.accounts import Viewer

_ROUTES = "routes"
_START = "overview"


def routes_of(viewer: Viewer, make: Callable[[], Sequence[st.Page]]) -> list[st.Page]:
    """Return the pages of a visitor, made anew where their role is another one."""
    known_for, pages, _ = st.session_state.get(_ROUTES, (None, [], {}))
    if not pages or known_for != viewer.role:
        pages = list(make())
        # Of two with one name the first counts: the start page also has the name of its screen.
        by_name = {page.url_path or _START: page for page in reversed(pages)}
        st.session_state[_ROUTES] = viewer.role, pages, by_name
    return pages


def screen(stem: str) -> st.Page | str:
    """Return a screen as a link names it: a known page costs a fifth of a path."""
    *_, by_name = st.session_state.get(_ROUTES, (None, [], {}))
    return by_name.get(stem, f"pages/{stem}.py")
