"""A real core with three people, and the program's routes and gates around a small app."""

import asyncio
import warnings
from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from fairdb_core import Core, Settings, build_core
from fairdb_core.domain.accounts import Role
from fairdb_core.web import Web, build_web

with warnings.catch_warnings():
    # It asks for httpx2, which is not needed for anything else.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

PASSWORD = "seven lamps hum at dusk"
NAMES = {"rita": Role.RESEARCHER, "stefan": Role.STEWARD, "anna": Role.ADMINISTRATOR}
SignIn = Callable[[str], str]
Client = Callable[..., TestClient]


@pytest.fixture(scope="session")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    """A core over an embedded store with a researcher, a steward and an administrator."""
    made = build_core(
        Settings(
            data_dir=tmp_path_factory.mktemp("data"),
            bcrypt_cost=4,
            allowed_hosts="fair.example.org, localhost,[::1]",
            max_widget_megabytes=1,
            max_upload_megabytes=1,
        )
    )
    for name, role in NAMES.items():
        made.accounts.add_account(name, f"{name}@example.org", name, role, PASSWORD)
    yield made
    made.close()


@pytest.fixture(scope="session")
def ticket_of(core: Core) -> SignIn:
    """What a right password gives: a ticket for one session."""

    def sign_in(name: str) -> str:
        return core.sessions.sign_in(name, PASSWORD, address="192.0.2.1")

    return sign_in


@pytest.fixture(scope="session")
def token_of(core: Core, ticket_of: SignIn) -> SignIn:
    """The token of a fresh session."""

    def open_session(name: str) -> str:
        return core.sessions.exchange(ticket_of(name), address="192.0.2.1", user_agent="Fox")

    return open_session


async def _streamlit_stand_in(request: Request) -> PlainTextResponse:
    if request.url.path == "/broken":
        raise RuntimeError("the secret of the house")
    body = await request.body()
    return PlainTextResponse(
        f"{len(body)} bytes",
        headers={
            "X-Seen-Sid": ", ".join(request.headers.getlist("x-fairdb-sid")),
            "X-Seen-Cookie": request.headers.get("cookie", ""),
        },
    )


async def _streamlit_socket_stand_in(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        while True:
            frame = await websocket.receive_bytes()
            await websocket.send_bytes(frame)
    except WebSocketDisconnect:
        return


@pytest.fixture
def web(core: Core) -> Web:
    """The program's HTTP side, with counters of its own."""
    return build_web(core)


@pytest.fixture
def app(web: Web) -> Starlette:
    """The program with a stand-in for Streamlit's own routes."""
    methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS"]
    screens = ["GET", "HEAD"]
    return Starlette(
        routes=[
            *web.routes,
            WebSocketRoute("/_stcore/stream", _streamlit_socket_stand_in),
            Route("/_stcore/upload_file/{rest:path}", _streamlit_stand_in, methods=methods),
            Route("/{rest:path}", _streamlit_stand_in, methods=screens),
        ],
        middleware=list(web.middleware),
        exception_handlers=dict(web.exception_handlers),
    )


@pytest.fixture
def client(app: Starlette) -> Client:
    """Browsers of the program: ``client(token, scheme=…, host=…, address=…)``."""

    def browser(
        token: str | None = None,
        *,
        scheme: str = "http",
        host: str = "localhost",
        address: str = "192.0.2.9",
    ) -> TestClient:
        made = TestClient(
            app,
            base_url=f"{scheme}://{host}",
            client=(address, 50_000),
            raise_server_exceptions=False,
        )
        if token is not None:
            name = "__Host-fairdb_session" if scheme == "https" else "fairdb_session"
            made.headers["cookie"] = f"{name}={token}"
        return made

    return browser


@pytest.fixture
def blocks_read(app: Starlette) -> Callable[..., tuple[int, int]]:
    """How a request with an endless body ends: its status, and how many blocks were taken."""

    def run(method: str, path: str, headers: dict[str, str]) -> tuple[int, int]:
        taken, statuses = 0, []

        async def receive() -> Message:
            nonlocal taken
            taken += 1
            return {"type": "http.request", "body": b" " * 1_000, "more_body": taken < 5_000}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        sent = {"Host": "localhost", **headers}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "headers": [(key.lower().encode(), value.encode()) for key, value in sent.items()],
            "client": ("192.0.2.9", 50_000),
            "scheme": "http",
        }
        asyncio.run(app(scope, receive, send))
        return statuses[0], taken

    return run
