"""The routes that set and clear the session cookie, which a script in the browser cannot do."""

import json

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from fairdb_core.bootstrap import Core
from fairdb_core.errors import AuthenticationError
from fairdb_core.web.cookies import clearing_header, cookie_header
from fairdb_core.web.replies import NO_STORE, error_reply
from fairdb_core.web.requests import address_of, header, is_same_origin, is_secure, token_of

_LONGEST_BODY = 2_000


def auth_routes(core: Core) -> list[Route]:
    """Return the routes that begin and end a session."""

    async def exchange(request: Request) -> Response:
        refusal = _refusal(request)
        if refusal is not None:
            return refusal
        ticket = await _ticket_of(request)
        try:
            token = await run_in_threadpool(
                core.sessions.exchange,
                ticket,
                address=address_of(request.scope),
                user_agent=header(request.scope, "user-agent"),
            )
        except AuthenticationError as error:
            return error_reply(400, "invalid_ticket", str(error))
        return _reply(cookie_header(token, is_secure=is_secure(request.scope)))

    async def sign_out(request: Request) -> Response:
        refusal = _refusal(request)
        if refusal is not None:
            return refusal
        token = token_of(request.scope)
        if token is not None:
            await run_in_threadpool(core.sessions.sign_out, token)
        return _reply(clearing_header(is_secure=is_secure(request.scope)))

    return [
        Route("/auth/exchange", exchange, methods=["POST"]),
        Route("/auth/sign-out", sign_out, methods=["POST"]),
    ]


def _refusal(request: Request) -> Response | None:
    """Return why a request did not come from our own pages, ``None`` where it did."""
    if not header(request.scope, "x-requested-with") or not is_same_origin(request.scope):
        return error_reply(403, "cross_site_request", "This request came from another site.")
    return None


async def _ticket_of(request: Request) -> str:
    """Return the ticket in a JSON body, empty where there is none; a long body is not read."""
    content = b""
    async for block in request.stream():
        content += block
        if len(content) > _LONGEST_BODY:
            return ""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    ticket = body.get("ticket") if isinstance(body, dict) else None
    return ticket if isinstance(ticket, str) else ""


def _reply(cookie: str) -> Response:
    return Response(status_code=204, headers={"Set-Cookie": cookie, **NO_STORE})
