"""Sign in, ask for an account, and set a password by a one-time link."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.errors import AuthenticationError
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.session import address, core, current_viewer
from pages.ui.sign_in import draw_sign_in
from pages.ui.tickets import exchange_ticket

HINT = "15 to 128 characters of any kind; several words are easy to keep in mind."


def draw_signed_in(viewer: Viewer) -> None:
    """Say who is signed in; the way out stands beside every screen."""
    st.title("You are signed in", anchor=False)
    if viewer.user is not None:
        st.markdown(plain(f"As {viewer.user.username}, {viewer.user.role.value}."))
    st.page_link(screen("overview"), label="Go to the overview", icon=":material/monitoring:")


def draw_request() -> None:
    """Draw the form that asks for an account."""
    with st.form("request", border=True):
        st.subheader("Request an account", anchor=False)
        st.markdown("An administrator looks at each request and gives the role.")
        username = st.text_input("Username", help="3 to 50 letters, digits, hyphens, underscores.")
        email = st.text_input("E-mail")
        full_name = st.text_input("Full name (optional)")
        password = st.text_input("New password", type="password", help=HINT)
        note = st.text_area("What do you need it for? (optional)", height=80)
        if st.form_submit_button("Request an account"):
            try:
                core().accounts.request(username, email, full_name, password, note, address())
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                st.success("Thank you. You can sign in as soon as an administrator has approved.")


def draw_used_link(reason: str) -> None:
    """Say why a link does not work any more, before anything is typed."""
    st.title("This link does not work", anchor=False)
    st.info(plain(reason))
    st.page_link(screen("overview"), label="Go to the start", icon=":material/home:")


def draw_setup(token: str) -> None:
    """Draw the form that makes the first administrator."""
    try:
        core().accounts.check_setup(token)
    except AuthenticationError as error:
        draw_used_link(str(error))
        return
    st.title("Welcome to FAIRDatabase", anchor=False)
    st.markdown("Make the first administrator of this installation. This link works once.")
    with st.form("setup"):
        username = st.text_input("Username", help="3 to 50 letters, digits, hyphens, underscores.")
        email = st.text_input("E-mail")
        full_name = st.text_input("Full name (optional)")
        password = st.text_input("New password", type="password", help=HINT)
        if not st.form_submit_button("Create the administrator", type="primary"):
            return
        try:
            core().accounts.redeem_setup(token, username, email, full_name, password, address())
            ticket = core().sessions.sign_in(username, password, address=address())
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
            return
    exchange_ticket(ticket)


def draw_reset(token: str) -> None:
    """Draw the form that sets a password by a link."""
    try:
        core().accounts.check_reset(token)
    except AuthenticationError as error:
        draw_used_link(str(error))
        return
    st.title("Set your password", anchor=False)
    with st.form("reset"):
        password = st.text_input("New password", type="password", help=HINT)
        again = st.text_input("New password, again", type="password")
        if not st.form_submit_button("Set the password", type="primary"):
            return
        if password != again:
            st.error("The two passwords differ.")
            return
        try:
            user = core().accounts.redeem_reset(token, password, address())
            ticket = core().sessions.sign_in(user.username, password, address=address())
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
            return
    exchange_ticket(ticket)


def draw_entrance() -> None:
    """Draw the sign-in form with what a newcomer wants to know."""
    st.title("FAIRDatabase", anchor=False)
    st.markdown(
        "How FAIR are your datasets, why, and what to fix first: every record is scored against "
        "published rubrics, with the evidence for each point."
    )
    if core().accounts.awaits_administrator():
        st.info(
            "There is no administrator yet: open the one-time link that the program printed when "
            "it started."
        )
    enter, ask = st.tabs(["Sign in", "Request an account"])
    with enter:
        ticket, problem = draw_sign_in()
        if problem:
            st.error(plain(problem))
        if ticket:
            exchange_ticket(ticket)
        st.markdown("Forgotten your password? An administrator can send you a one-time link.")
    with ask:
        draw_request()


who = current_viewer()
setup, reset = st.query_params.get("setup"), st.query_params.get("reset")
if who.user is not None and not setup and not reset:
    draw_signed_in(who)
else:
    _, middle, _ = st.columns([1, 3, 1])
    with middle:
        if setup:
            draw_setup(setup)
        elif reset:
            draw_reset(reset)
        else:
            draw_entrance()
