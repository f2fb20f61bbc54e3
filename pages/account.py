"""Account: name, password, and the browsers that are signed in."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import User, Viewer
from pages.ui.browsers import browser_in_words
from pages.ui.plain import plain
from pages.ui.session import core, require_user, token

viewer = require_user()


def draw_profile(who: Viewer, user: User) -> None:
    """Draw what others see of the person."""
    st.header("Profile", anchor=False)
    role, since = user.role.value.capitalize(), f"since {user.created_at:%d %b %Y}"
    st.markdown(plain(f"{user.username} · {user.email} · {role} · {since}"))
    with st.form("profile"):
        full_name = st.text_input("Full name", user.full_name, max_chars=100)
        orcid = st.text_input(
            "ORCID iD", user.orcid or "", help="For example 0000\\-0002\\-1825\\-0097"
        )
        if st.form_submit_button("Save the profile", type="primary"):
            try:
                core().accounts.update_profile(who, full_name, orcid)
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                st.success("Saved.")


def draw_password(who: Viewer) -> None:
    """Draw the form that changes the password."""
    st.header("Password", anchor=False)
    with st.form("password", clear_on_submit=True):
        current = st.text_input("Current password", type="password")
        new = st.text_input(
            "New password", type="password", help="15 to 128 characters of any kind."
        )
        again = st.text_input("New password, again", type="password")
        if st.form_submit_button("Change the password"):
            if new != again:
                st.error("The two new passwords differ.")
                return
            try:
                core().accounts.change_password(who, current, new)
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                st.success("Changed. You are signed out everywhere; please sign in again.")
                st.link_button("Sign in", "/login")


def draw_sessions(who: Viewer) -> None:
    """Draw the browsers that are signed in."""
    st.header("Signed-in browsers", anchor=False)
    held = token() or ""
    entries = core().sessions.of_viewer(who, held)
    for entry in entries:
        with st.container(horizontal=True, vertical_alignment="center"):
            this_one = "**This browser** · " if entry.is_asking else ""
            st.markdown(
                this_one
                + plain(f"{browser_in_words(entry.user_agent)} · {entry.address}")
                + f"  \nSince {entry.created_at:%d %b %Y %H:%M}, last seen "
                f"{entry.last_seen_at:%d %b %Y %H:%M} UTC",
                width="stretch",
            )
            # The way out of this one is the button in the menu, which empties its cookie too.
            if not entry.is_asking and st.button("Sign it out", key=f"end_{entry.session_id}"):
                core().sessions.end(who, entry.session_id)
                st.rerun()
    if len(entries) > 1 and st.button("Sign out all others"):
        core().sessions.end_others(who, held)
        st.rerun()


st.title("Account", anchor=False)
if viewer.user is not None:
    draw_profile(viewer, viewer.user)
    draw_password(viewer)
    draw_sessions(viewer)
