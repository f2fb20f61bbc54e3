"""Prometheus metrics, for who has the token or sits on this machine."""

import hmac
import ipaddress
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fairdb_core.bootstrap import Core
from fairdb_core.web.replies import error_reply
from fairdb_core.web.requests import address_of, header

_OWN_PATHS = ("/auth", "/uploads", "/health", "/metrics", "/api", "/_stcore", "/media", "/static")

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "app_requests", "HTTP requests", ["method", "path", "status"], registry=self.registry
        )
        self.duration = Histogram(
            "app_request_duration_seconds", "Duration of HTTP requests", registry=self.registry
        )
        self.active = Gauge("app_active_users", "Open browser connections", registry=self.registry)


class Measured:
    """Counts and times what is served."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request or a websocket."""
        if scope["type"] == "websocket":
            with self._metrics.active.track_inprogress():
                await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, start = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._metrics.duration.observe(time.perf_counter() - start)
            self._metrics.requests.labels(*_kind(scope), status).inc()


def metrics_route(core: Core, metrics: Metrics) -> Route:
    """Return the route on which the figures are read."""

    async def show(request: Request) -> Response:
        if not _may_read(core, request):
            return error_reply(403, "access_denied", "Metrics need the token.")
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return Route("/metrics", show)


def _may_read(core: Core, request: Request) -> bool:
    token = core.settings.metrics_token
    if token is not None:
        given = header(request.scope, "authorization").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.get_secret_value().encode())
    if header(request.scope, "x-forwarded-for"):
        return False
    try:
        return ipaddress.ip_address(address_of(request.scope)).is_loopback
    except ValueError:
        return False


def _kind(scope: Scope) -> tuple[str, str]:
    """Return a known method and the first part of a known path: strangers make up no labels."""
    method, path = scope["method"], scope["path"]
    start = next((start for start in _OWN_PATHS if path.startswith(start)), "page")
    return (method if method in _METHODS else "other"), start
