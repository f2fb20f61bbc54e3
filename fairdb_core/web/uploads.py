"""Files too large for the form: streamed to disk, known by an id of ours, kept for an hour."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fairdb_core.bootstrap import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, is_allowed
from fairdb_core.web.replies import error_reply
from fairdb_core.web.requests import address_of, header, is_same_origin, token_of

_MEGABYTE = 1 << 20
_KEPT_SECONDS = 3_600
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class SpooledFile:
    """A file on its way, which belongs to one person."""

    path: Path
    file_name: str
    user_id: int
    expires_at: float


class Spool:
    """Files that were streamed in and not yet read.

    Args:
        folder: Where they are kept, under names of our own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, SpooledFile] = {}

    def new_path(self) -> tuple[str, Path]:
        """Return an id and the file it stands for."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        upload_id = secrets.token_urlsafe(16)
        return upload_id, self._folder / f"{upload_id}.part"

    def keep(self, upload_id: str, path: Path, file_name: str, user_id: int) -> None:
        """Remember a file that has arrived, and forget those that nobody came for."""
        now = time.monotonic()
        for key in [key for key, file in self._files.items() if file.expires_at < now]:
            self._files.pop(key).path.unlink(missing_ok=True)
        self._files[upload_id] = SpooledFile(path, file_name, user_id, now + _KEPT_SECONDS)

    def find(self, upload_id: str, viewer: Viewer) -> SpooledFile | None:
        """Return a person's own file, ``None`` where there is none or it is somebody else's."""
        file = self._files.get(upload_id)
        return file if file is not None and file.user_id == viewer.user_id else None

    def latest(self, viewer: Viewer) -> SpooledFile | None:
        """Return the last file that a person has streamed in."""
        own = [file for file in self._files.values() if file.user_id == viewer.user_id]
        return max(own, key=lambda file: file.expires_at, default=None)

    def clear(self) -> None:
        """Remove what earlier processes left behind."""
        if self._folder.is_dir():
            for path in self._folder.glob("*.part"):
                path.unlink(missing_ok=True)


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

    async def take(request: Request) -> Response:
        viewer = await _viewer(core, request)
        refusal = _refusal(core, request, viewer)
        if refusal is not None or viewer is None or viewer.user_id is None:
            return refusal or error_reply(401, "authentication_required", "Please sign in first.")
        upload_id, path = spool.new_path()
        limit = core.settings.max_upload_megabytes * _MEGABYTE
        count = await _write(request, path, limit)
        if count is None:
            return error_reply(413, "file_too_large", f"At most {limit:,} bytes are accepted.")
        name = str(request.path_params["name"])[:_LONGEST_NAME]
        spool.keep(upload_id, path, name, viewer.user_id)
        return JSONResponse({"upload_id": upload_id, "byte_count": count})

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


def _refusal(core: Core, request: Request, viewer: Viewer | None) -> Response | None:
    if viewer is None:
        return error_reply(401, "authentication_required", "Please sign in first.")
    if not header(request.scope, "x-requested-with") or not is_same_origin(request.scope):
        return error_reply(403, "cross_site_request", "This request came from another site.")
    if not is_allowed(viewer, Action.CREATE_COLLECTION):
        return error_reply(403, "access_denied", "Your role does not permit you to upload.")
    length = header(request.scope, "content-length")
    limit = core.settings.max_upload_megabytes * _MEGABYTE
    if length.isdecimal() and int(length) > limit:
        return error_reply(413, "file_too_large", f"At most {limit:,} bytes are accepted.")
    return None
