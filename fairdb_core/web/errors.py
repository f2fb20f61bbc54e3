"""Errors that nobody expected: a reference for the person, the rest in the log."""

import secrets
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fairdb_core.errors import FAIRDatabaseError
from fairdb_core.logs import get_logger
from fairdb_core.web.replies import error_reply

_log = get_logger(__name__)
_TEXT = (
    "Something went wrong on our side. Please try again; if it happens once more, tell your "
    "administrator the reference {reference}."
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


class CaughtErrors:
    """Answers a request that broke by a reference alone, behind the headers of every reply."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; a websocket passes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_begun = False

        async def noting(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except ClientDisconnect:
            return
        except Exception as error:
            reference = new_reference("request_failed", error)
            if is_begun:
                raise
            reply = error_reply(500, "internal_error", _TEXT.format(reference=reference))
            await reply(scope, receive, send)


async def show_refusal(_: Request, error: HTTPException) -> Response:
    """Return a refusal of the routing in the shape of all others."""
    name = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    reply = error_reply(error.status_code, name, f"{error.detail}.")
    reply.headers.update(error.headers or {})
    return reply


def new_reference(event: str, error: Exception) -> str:
    """Write an error to the log, and return the reference under which it stands there."""
    reference = secrets.token_hex(4)
    _log.error(event, reference=reference, exc_info=error)
    return reference
