"""Errors that nobody expected: a reference for the person, the rest in the log."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from fairdb_core.errors import FAIRDatabaseError
from fairdb_core.logs import get_logger
from fairdb_core.web.replies import error_reply

_log = get_logger(__name__)
_TEXT = (
    "Something went wrong, and nothing was changed by this step. Please try again; if it "
    "happens once more, tell your administrator the reference {reference}."
)


def show_script_error(error: Exception) -> bool:
    """Show a screen's error by its reference alone, and return that nothing else is to be shown."""
    import streamlit as st

    if isinstance(error, FAIRDatabaseError):
        reference = new_reference("screen_refused", error)
    else:
        reference = new_reference("screen_failed", error)
    st.error(_TEXT.format(reference=reference))
    return True


async def show_request_error(_: Request, error: Exception) -> Response:
    """Return a request's error by its reference alone."""
    reference = new_reference("request_failed", error)
    return error_reply(500, "internal_error", _TEXT.format(reference=reference))


def new_reference(event: str, error: Exception) -> str:
    """Write an error to the log, and return the reference under which it stands there."""
    reference = secrets.token_hex(4)
    _log.error(event, reference=reference, exc_info=error)
    return reference
