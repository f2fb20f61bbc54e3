"""Who is signed in, derived from the cookie in every rerun and from nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from fairdb_core import Core, running_core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.web.cookies import session_cookie_of

_OWNER = "session_belongs_to"
_VIEWER: ContextVar[Viewer | None] = ContextVar("viewer", default=None)
PUBLIC = Viewer(None)


def core() -> Core:
    """Return what every screen works with."""
    return running_core()


def address() -> str:
    """Return the address from which the browser asks."""
    found = st.context.ip_address
    return found if isinstance(found, str) else "127.0.0.1"


def token() -> str | None:
    """Return what the session cookie holds."""
    return session_cookie_of(st.context.cookies)


def current_viewer() -> Viewer:
    """Return who asks, the public where nobody is signed in.

    Streamlit's session ids can be replayed, so they prove nothing: a browser session whose
    person changes is emptied here before anything is drawn.
    """
    known = _VIEWER.get()
    if known is not None:
        return known
    held = token()
    viewer = (core().sessions.resolve(held, address=address()) if held else None) or PUBLIC
    if st.session_state.get(_OWNER, viewer.user_id) != viewer.user_id:
        st.session_state.clear()
    st.session_state[_OWNER] = viewer.user_id
    return viewer


@contextmanager
def known_as(viewer: Viewer) -> Iterator[None]:
    """Spare what is drawn within this block from finding out again who asks."""
    before = _VIEWER.set(viewer)
    try:
        yield
    finally:
        _VIEWER.reset(before)


def is_signed_in() -> bool:
    """Return whether somebody is signed in; a download belongs to a session and needs one."""
    return st.session_state.get(_OWNER) is not None


def require_user(*roles: Role) -> Viewer:
    """Return who is signed in, or say what is missing and stop.

    Every page but the sign-in begins with this: Streamlit can be asked for a page directly,
    without the navigation that ``app.py`` builds.

    Args:
        roles: Who may see the page; every signed-in person where none is named.
    """
    viewer = current_viewer()
    if viewer.user is None:
        st.title("Please sign in", anchor=False)
        st.markdown("This page is for people with an account.")
        st.link_button("Sign in", "/login", type="primary")
        st.stop()
    if roles and viewer.user.role not in roles:
        st.title("Not permitted", anchor=False)
        st.markdown(f"This page is for {_in_words(roles)}. Your role is {viewer.user.role}.")
        st.link_button("Go to the overview", "/")
        st.stop()
    return viewer


def require_reader() -> Viewer:
    """Return who asks for aggregates: a signed-in person, or the public where that is allowed."""
    if core().settings.public_view:
        return current_viewer()
    return require_user()


def _in_words(roles: tuple[Role, ...]) -> str:
    return " and ".join(f"{role.value}s" for role in roles)
