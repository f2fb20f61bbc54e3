"""The sign-in form of streamlit-authenticator, over our own users and sessions.

The library draws the form; the two parts that it would decide with are replaced. Its cookie would
survive a sign-out and its lockout would never fire.
"""

import streamlit as st
import streamlit_authenticator as stauth

from fairdb_core.errors import AuthenticationError
from pages.ui.session import address, core

_TICKET = "sign_in_ticket"
_ERROR = "sign_in_error"
_FIELDS = {"Form name": "Sign in", "Username": "Username", "Password": "Password"}


class _Controller:
    """Decides about a sign-in as the form's controller, by asking the core."""

    def login(self, username: str, password: str, *_: object, **__: object) -> bool:
        """Return whether the pair is right; what follows stands in the session state."""
        st.session_state.pop(_ERROR, None)
        try:
            st.session_state[_TICKET] = core().sessions.sign_in(
                username, password, address=address()
            )
        except AuthenticationError as error:
            st.session_state[_ERROR] = str(error)
            return False
        return True


class _NoCookie:
    """Stands where the library keeps its own cookie; ours is set by a route."""

    def get_cookie(self) -> None:
        """Return no token: who is signed in is known before the form is drawn."""

    def set_cookie(self) -> None:
        """Set nothing: the ticket is exchanged for the cookie."""


class SignInForm(stauth.Authenticate):  # type: ignore[misc]
    """The library's form; its constructor would set up its cookie and user list."""

    def __init__(self) -> None:
        self.path = None
        self.secret_key = None
        self.attrs = {"login_sleep_time": 0}
        self.cookie_controller = _NoCookie()
        self.authentication_controller = _Controller()


def draw_sign_in() -> tuple[str | None, str | None]:
    """Draw the form, and return the ticket of a right sign-in and the sentence of a wrong one."""
    SignInForm().login(fields={**_FIELDS, "Login": "Sign in"}, key="sign_in")
    return st.session_state.pop(_TICKET, None), st.session_state.pop(_ERROR, None)
