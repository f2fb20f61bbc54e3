"""Changing the session cookie, which only an HTTP route can do: a script of ours asks for it."""

import streamlit as st

from fairdb_core.web.scripts import sign_out_markup, ticket_markup


def exchange_ticket(ticket: str) -> None:
    """Have the browser exchange a one-time ticket for the session cookie, and load anew."""
    st.info("Signing you in …")
    # The markup is ours and holds nothing but the ticket, which is URL-safe text.
    st.html(ticket_markup(ticket), unsafe_allow_javascript=True)


def sign_out_button() -> None:
    """Draw the button that ends this session."""
    if st.button("Sign out", icon=":material/logout:", key="sign_out"):
        st.html(sign_out_markup(), unsafe_allow_javascript=True)
