"""Everything that is HTTP: routes, gates and headers around Streamlit."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fairdb_core.bootstrap import Core
from fairdb_core.web.auth import auth_routes
from fairdb_core.web.errors import CaughtErrors, show_refusal, show_script_error
from fairdb_core.web.gates import Gates, MediaOwners
from fairdb_core.web.headers import SecurityHeaders
from fairdb_core.web.health import health_routes
from fairdb_core.web.lifespan import close_page_discovery, lifespan_of, refuse_base_path
from fairdb_core.web.messages import MessageFilter
from fairdb_core.web.metrics import Measured, Metrics, metrics_route
from fairdb_core.web.replies import error_reply
from fairdb_core.web.uploads import upload_route

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True)
class Web:
    """What Streamlit's ASGI app takes."""

    routes: Sequence[BaseRoute]
    middleware: Sequence[Middleware]
    lifespan: Callable[[Any], AbstractAsyncContextManager[None]]
    exception_handlers: Mapping[Any, Any]
    on_script_error: Callable[[Exception], bool]


def build_web(core: Core) -> Web:
    """Return the HTTP side of a core.

    Raises:
        SettingsError: The server is set up in a way that the gates do not cover.
    """
    refuse_base_path()
    close_page_discovery()
    media, metrics = MediaOwners(), Metrics()
    return Web(
        routes=[
            *health_routes(core),
            *auth_routes(core),
            upload_route(core),
            metrics_route(core, metrics),
            Route("/api/{rest:path}", _nothing_here, methods=list(_METHODS)),
        ],
        middleware=[
            Middleware(Measured, metrics=metrics),
            Middleware(SecurityHeaders),
            Middleware(CaughtErrors),
            Middleware(Gates, core=core, media=media),
            Middleware(MessageFilter, core=core, media=media),
        ],
        lifespan=lifespan_of(core),
        exception_handlers={HTTPException: show_refusal},
        on_script_error=show_script_error,
    )


async def _nothing_here(_: Request) -> Response:
    """Answer for addresses of the interface that do not exist; else the first screen would."""
    return error_reply(404, "not_found", "There is nothing at this address.")
