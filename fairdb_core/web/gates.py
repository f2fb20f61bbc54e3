"""What is let in: known hosts, own origins, signed-in stewards' uploads, one's own media."""

import hashlib
import re
import threading
import time
from collections import OrderedDict, deque

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from fairdb_core.bootstrap import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.web.cookies import SESSION_COOKIE
from fairdb_core.web.replies import error_reply
from fairdb_core.web.requests import (
    address_of,
    header,
    host_of,
    is_same_origin,
    is_secure,
    token_of,
)

_MEGABYTE = 1 << 20
_OWN_HEADERS = b"x-fairdb-"
_PLAIN_COOKIE = SESSION_COOKIE.encode() + b"="
SESSION_HEADER = b"x-fairdb-sid"
_CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/message-proxy")
_UPLOAD = "/_stcore/upload_file"
_MEDIA = re.compile(rb"/media/([0-9a-f]{16,128})")
_MOST_MEDIA = 20_000
_HELD_SECONDS = 600
_HELD_FILES = 10
_STEWARDS = frozenset({Role.STEWARD, Role.ADMINISTRATOR})


class MediaOwners:
    """Which session was given which file to download."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, set[str]] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, frame: bytes, session: str) -> None:
        """Remember the files that a message to a browser speaks of."""
        if b"/media/" not in frame:
            return
        with self._lock:
            for match in _MEDIA.finditer(frame):
                key = match.group(1).decode()
                self._owners.setdefault(key, set()).add(session)
                self._owners.move_to_end(key)
            while len(self._owners) > _MOST_MEDIA:
                self._owners.popitem(last=False)

    def is_owner(self, path: str, session: str) -> bool:
        """Return whether a session was given the file at a path."""
        match = _MEDIA.search(path.encode())
        with self._lock:
            return match is not None and session in self._owners.get(match.group(1).decode(), ())


def session_key(token: str | None) -> str:
    """Return the name under which a browser's session is known to Streamlit, never its token."""
    return hashlib.sha256(token.encode()).hexdigest() if token else "public"


class Gates:
    """Refuses what has no business here before anything else looks at it.

    Args:
        app: What stands behind the gates.
        core: Knows who is signed in.
        media: Which session was given which file.
    """

    def __init__(self, app: ASGIApp, *, core: Core, media: MediaOwners) -> None:
        self._app = app
        self._core = core
        self._media = media
        self._hosts = {name.lower() for name in core.settings.host_names}
        self._held: dict[str, deque[tuple[float, int]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a websocket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(scope)
        if refusal is None:
            await self._app({**scope, "headers": _inner_headers(scope)}, receive, send)
        elif scope["type"] == "http":
            await refusal(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 4403, "reason": "refused"})

    async def _refusal(self, scope: Scope) -> Response | None:
        if host_of(scope) not in self._hosts:
            return error_reply(
                400, "unknown_host", "Unknown host name. See FAIRDB_ALLOWED_HOSTS in the settings."
            )
        if scope["type"] == "websocket":
            is_own = is_same_origin(scope)
            return None if is_own else error_reply(403, "cross_site_request", "Another origin.")
        path = scope["path"]
        if path.startswith(_CLOSED):
            return error_reply(404, "not_found", "Not found.")
        if path.startswith(_UPLOAD):
            return await self._upload_refusal(scope)
        if path.startswith("/media/"):
            return await self._media_refusal(scope)
        return None

    async def _upload_refusal(self, scope: Scope) -> Response | None:
        if scope["method"] == "OPTIONS":
            return None
        viewer = await self._viewer(scope)
        if viewer is None:
            return error_reply(401, "authentication_required", "Please sign in first.")
        if viewer.role not in _STEWARDS:
            return error_reply(403, "access_denied", "Your role does not permit you to upload.")
        return self._size_refusal(scope) if scope["method"] == "PUT" else None

    def _size_refusal(self, scope: Scope) -> Response | None:
        limit = self._core.settings.max_widget_megabytes * _MEGABYTE
        # The form around the file needs some bytes of its own.
        size = _content_length(scope)
        if size is None or size > limit + _MEGABYTE:
            return error_reply(413, "file_too_large", f"At most {limit:,} bytes are accepted here.")
        if not self._may_hold(session_key(token_of(scope)), size, _HELD_FILES * limit):
            return error_reply(429, "too_many_uploads", "Too many uploads. Wait ten minutes.")
        return None

    def _may_hold(self, session: str, size: int, limit: int) -> bool:
        """Return whether a session may have so many bytes more in memory."""
        now = time.monotonic()
        held = self._held.setdefault(session, deque())
        while held and held[0][0] < now - _HELD_SECONDS:
            held.popleft()
        if sum(bytes_held for _, bytes_held in held) + size > limit:
            return False
        held.append((now, size))
        return True

    async def _media_refusal(self, scope: Scope) -> Response | None:
        token = token_of(scope) if await self._viewer(scope) else None
        if self._media.is_owner(scope["path"], session_key(token)):
            return None
        return error_reply(404, "not_found", "Not found.")

    async def _viewer(self, scope: Scope) -> Viewer | None:
        token = token_of(scope)
        if token is None:
            return None
        return await run_in_threadpool(
            self._core.sessions.resolve, token, address=address_of(scope)
        )


def _inner_headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Return the headers as screens get them, with who asks as nobody can claim it.

    Under https the plain cookie is left out: a page on a sister host could have set it.
    """
    token = token_of(scope)
    whose = session_key(token) if token else f"public {address_of(scope)}"
    headers = [(SESSION_HEADER, whose.encode())]
    for name, value in scope["headers"]:
        if name.lower() == b"cookie" and is_secure(scope):
            cookies = (pair.strip() for pair in value.split(b";"))
            kept = b"; ".join(pair for pair in cookies if not pair.startswith(_PLAIN_COOKIE))
            headers.append((name, kept))
        elif not name.lower().startswith(_OWN_HEADERS):
            headers.append((name, value))
    return headers


def _content_length(scope: Scope) -> int | None:
    text = header(scope, "content-length")
    return int(text) if text.isdecimal() else None
