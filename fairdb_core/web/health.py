"""Whether the program lives and can work, and why not; nothing else is said to strangers."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from fairdb_core.bootstrap import Core
from fairdb_core.repositories.schema import unready_because
from fairdb_core.web.replies import NO_STORE


def health_routes(core: Core) -> list[Route]:
    """Return the routes for probes: alive, and ready with its database."""

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=NO_STORE)

    async def ready(_: Request) -> Response:
        reason = await run_in_threadpool(unready_because, core.storage)
        return JSONResponse(
            {"status": "unavailable", "message": reason} if reason else {"status": "ok"},
            status_code=503 if reason else 200,
            headers=NO_STORE,
        )

    return [
        Route("/health", ready),
        Route("/health/live", live),
        Route("/health/ready", ready),
    ]
