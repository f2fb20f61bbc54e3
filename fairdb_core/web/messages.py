"""Messages over the websocket: what browsers may ask of Streamlit, and how often strangers may."""

import asyncio
import threading
import time
from collections import Counter

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from fairdb_core.bootstrap import Core
from fairdb_core.web.gates import MediaOwners, session_key
from fairdb_core.web.requests import address_of, token_of

MOST_CONNECTIONS = 20
RERUNS_PER_SECOND = 5.0
_BURST = 5.0
_MOST_REMEMBERED = 1_000
LARGEST_OF_STRANGERS = 1 << 16
# These act on all sessions, or tell of the machine: nobody needs them here.
DROPPED = frozenset(
    {
        "clear_cache",
        "set_run_on_save",
        "load_git_info",
        "debug_disconnect_websocket",
        "debug_shutdown_runtime",
    }
)


class Strangers:
    """Connections and reruns of those who are not signed in, by address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()
        self._allowance: dict[str, tuple[float, float]] = {}

    def enter(self, address: str) -> bool:
        """Return whether one connection more is let in, and count it."""
        with self._lock:
            if self._open[address] >= MOST_CONNECTIONS:
                return False
            self._open[address] += 1
            return True

    def leave(self, address: str) -> None:
        """Count a connection that ended."""
        with self._lock:
            self._open[address] -= 1
            if self._open[address] <= 0:
                del self._open[address]
            if len(self._allowance) > _MOST_REMEMBERED:
                self._forget_idle()

    def wait_of(self, address: str) -> float:
        """Return how many seconds the next rerun has to wait, and count it."""
        now = time.monotonic()
        with self._lock:
            left, at = self._allowance.get(address, (_BURST, now))
            left = min(_BURST, left + (now - at) * RERUNS_PER_SECOND) - 1
            self._allowance[address] = (left, now)
            return max(0.0, -left / RERUNS_PER_SECOND)

    def _forget_idle(self) -> None:
        """Forget addresses that have their whole allowance again, never sooner."""
        full_before = time.monotonic() - _BURST / RERUNS_PER_SECOND
        for address, (left, at) in list(self._allowance.items()):
            if address not in self._open and at + max(0.0, -left) / RERUNS_PER_SECOND < full_before:
                del self._allowance[address]


class MessageFilter:
    """Drops messages that no browser of ours sends, and slows strangers down."""

    def __init__(self, app: ASGIApp, *, core: Core, media: MediaOwners) -> None:
        self._app = app
        self._core = core
        self._media = media
        self._strangers = Strangers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a websocket; anything else passes."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        token, address = token_of(scope), address_of(scope)
        viewer = (
            await run_in_threadpool(self._core.sessions.resolve, token, address=address)
            if token
            else None
        )
        if viewer is not None:
            await self._app(scope, self._receiving(receive), self._sending(send, token))
            return
        if not self._strangers.enter(address):
            await receive()
            await send({"type": "websocket.close", "code": 4429, "reason": "too many connections"})
            return
        try:
            slow = self._receiving_slowly(receive, send, address)
            await self._app(scope, self._receiving(slow), self._sending(send, None))
        finally:
            self._strangers.leave(address)

    def _sending(self, send: Send, token: str | None) -> Send:
        session = session_key(token)

        async def sending(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                self._media.note(message["bytes"], session)
            await send(message)

        return sending

    def _receiving(self, receive: Receive) -> Receive:
        async def receiving() -> Message:
            while True:
                message = await receive()
                if _kind_of(message) not in DROPPED:
                    return message

        return receiving

    def _receiving_slowly(self, receive: Receive, send: Send, address: str) -> Receive:
        async def receiving() -> Message:
            message = await receive()
            if _size_of(message) > LARGEST_OF_STRANGERS:
                await send({"type": "websocket.close", "code": 1009, "reason": "message too big"})
                return {"type": "websocket.disconnect", "code": 1009}
            if _kind_of(message) == "rerun_script":
                await asyncio.sleep(self._strangers.wait_of(address))
            return message

        return receiving


def _size_of(message: Message) -> int:
    return len(message.get("bytes") or message.get("text") or "")


def _kind_of(message: Message) -> str | None:
    """Return what a message asks for; all of it is read, or padding would hide the kind."""
    frame = message.get("bytes")
    if not frame:
        return None
    parsed = BackMsg()
    try:
        parsed.ParseFromString(frame)
    except DecodeError:
        return None
    kind = parsed.WhichOneof("type")
    return str(kind) if kind else None
