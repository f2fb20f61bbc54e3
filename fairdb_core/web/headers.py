"""Security headers on every reply."""

import re
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fairdb_core.web.requests import header, is_secure
from fairdb_core.web.scripts import script_hashes

_FIXED = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_HOST = re.compile(r"[a-zA-Z0-9.-]+(:[0-9]+)?|\[[0-9a-fA-F:.]+\](:[0-9]+)?")


def content_policy(host: str, *, is_secure: bool) -> str:
    """Return the content security policy of a reply.

    Args:
        host: Name and port under which we are asked; the websocket may go nowhere else, and
            nowhere at all where this is no name.
        is_secure: Whether it is https.
    """
    sockets = [f"{'wss' if is_secure else 'ws'}://{host}"] if _HOST.fullmatch(host) else []
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {' '.join(script_hashes())}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            " ".join(("connect-src 'self'", *sockets)),
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Adds security headers to every HTTP reply."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = content_policy(header(scope, "host"), is_secure=is_secure(scope)).encode()

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = _with_headers(message, policy, is_secure=is_secure(scope))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _with_headers(message: Message, policy: bytes, *, is_secure: bool) -> Message:
    added = {**_FIXED, b"content-security-policy": policy}
    if is_secure:
        added[b"strict-transport-security"] = b"max-age=31536000"
    kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in added]
    return {**message, "headers": [*kept, *added.items()]}
