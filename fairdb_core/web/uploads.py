"""Files too large for the form: streamed to disk, known by an id of ours, kept for an hour."""

import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fairdb_core.bootstrap import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, is_allowed
from fairdb_core.web.replies import NO_STORE, error_reply
from fairdb_core.web.requests import address_of, header, is_same_origin, token_of

_MEGABYTE = 1 << 20
KEPT_SECONDS = 3_600
MOST_ARRIVING = 2
MOST_KEPT = 3
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A file on its way, which belongs to one person."""

    path: Path
    file_name: str
    user_id: int
    expires_at: float


class Spool:
    """Files that were streamed in and not yet read; routes and screens share it between threads.

    Args:
        folder: Where they are kept, under names of our own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, SpooledFile] = {}
        self._arriving: Counter[int] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def place(self, user_id: int) -> Iterator[tuple[str, Path] | None]:
        """Give a new id and the file it stands for, ``None`` where too many arrive already."""
        with self._lock:
            is_free = self._arriving[user_id] < MOST_ARRIVING
            self._arriving[user_id] += is_free
        if not is_free:
            yield None
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            upload_id = secrets.token_urlsafe(16)
            yield upload_id, self._folder / f"{upload_id}.part"
        finally:
            with self._lock:
                self._arriving[user_id] -= 1

    def keep(self, upload_id: str, path: Path, file_name: str, user_id: int) -> None:
        """Remember a file that has arrived; the person's oldest makes room for it."""
        with self._lock:
            self._files[upload_id] = SpooledFile(
                path, file_name, user_id, time.monotonic() + KEPT_SECONDS
            )
            own = [key for key, file in self._files.items() if file.user_id == user_id]
            self._forget(own[:-MOST_KEPT])
            self._forget_expired()

    def find(self, upload_id: str, viewer: Viewer) -> SpooledFile | None:
        """Return a person's own file, ``None`` where there is none or it is somebody else's."""
        with self._lock:
            self._forget_expired()
            file = self._files.get(upload_id)
        return file if file is not None and file.user_id == viewer.user_id else None

    def latest(self, viewer: Viewer) -> SpooledFile | None:
        """Return the last file that a person has streamed in."""
        with self._lock:
            self._forget_expired()
            own = [file for file in self._files.values() if file.user_id == viewer.user_id]
        return own[-1] if own else None

    def clear(self) -> None:
        """Remove what earlier processes left behind."""
        for path in self._folder.glob("*.part"):
            path.unlink(missing_ok=True)

    def _forget_expired(self) -> None:
        now = time.monotonic()
        self._forget([key for key, file in self._files.items() if file.expires_at < now])

    def _forget(self, keys: list[str]) -> None:
        for key in keys:
            self._files.pop(key).path.unlink(missing_ok=True)


_spools: dict[Path, Spool] = {}


def spool_of(core: Core) -> Spool:
    """Return this process's spool."""
    folder = core.settings.data_dir / "spool"
    if folder not in _spools:
        _spools[folder] = Spool(folder)
        _spools[folder].clear()
    return _spools[folder]


def upload_route(core: Core) -> Route:
    """Return the route that takes a large file: ``PUT /uploads/{file name}``."""
    spool = spool_of(core)
    limit = core.settings.max_upload_megabytes * _MEGABYTE

    async def take(request: Request) -> Response:
        viewer = await _viewer(core, request)
        refusal = _refusal(request, viewer, limit)
        if refusal is not None or viewer is None or viewer.user_id is None:
            return refusal or error_reply(401, "authentication_required", "Please sign in first.")
        with spool.place(viewer.user_id) as place:
            if place is None:
                return error_reply(429, "too_many_uploads", "Wait until your others have arrived.")
            upload_id, path = place
            count = await _write(request, path, limit)
            if count is None:
                return _too_large(limit)
            name = str(request.path_params["name"])[:_LONGEST_NAME]
            spool.keep(upload_id, path, name, viewer.user_id)
        return JSONResponse({"upload_id": upload_id, "byte_count": count}, headers=NO_STORE)

    return Route("/uploads/{name}", take, methods=["PUT"])


async def _write(request: Request, path: Path, limit: int) -> int | None:
    """Write a body to a file, and return its size, ``None`` where it is beyond the limit."""
    count = 0
    is_whole = False
    try:
        with path.open("wb") as file:
            async for block in request.stream():
                count += len(block)
                if count > limit:
                    return None
                await run_in_threadpool(file.write, block)
        is_whole = True
    finally:
        if not is_whole:
            path.unlink(missing_ok=True)
    return count


async def _viewer(core: Core, request: Request) -> Viewer | None:
    token = token_of(request.scope)
    if token is None:
        return None
    return await run_in_threadpool(core.sessions.resolve, token, address=address_of(request.scope))


def _refusal(request: Request, viewer: Viewer | None, limit: int) -> Response | None:
    if viewer is None:
        return error_reply(401, "authentication_required", "Please sign in first.")
    if not header(request.scope, "x-requested-with") or not is_same_origin(request.scope):
        return error_reply(403, "cross_site_request", "This request came from another site.")
    if not is_allowed(viewer, Action.CREATE_COLLECTION):
        return error_reply(403, "access_denied", "Your role does not permit you to upload.")
    length = header(request.scope, "content-length")
    return _too_large(limit) if length.isdecimal() and int(length) > limit else None


def _too_large(limit: int) -> Response:
    return error_reply(413, "file_too_large", f"At most {limit:,} bytes are accepted.")
