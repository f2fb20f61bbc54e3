"""What happens before the first request and after the last."""

import asyncio
import gc
import socket
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.server.app_discovery import discover_asgi_app

from fairdb_core import Core, Settings, build_core
from fairdb_core.errors import SettingsError
from fairdb_core.web import build_web
from fairdb_core.web.lifespan import options_kept, send_at_once

ROOT = Path(__file__).resolve().parents[2]


def test_app_is_found_by_the_server() -> None:
    found = discover_asgi_app(ROOT / "app.py")
    assert found.is_asgi_app
    assert found.import_string == "app:app"


def test_path_prefix_that_the_gates_do_not_cover_is_refused(
    core: Core, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "get_option", lambda name: "/fair")
    with pytest.raises(SettingsError, match=r"server\.baseUrlPath"):
        build_web(core)


def test_store_is_let_go_even_when_serving_breaks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    core = build_core(Settings(data_dir=tmp_path))
    web = build_web(core)
    PagesManager.uses_pages_directory = True

    async def serve() -> None:
        async with web.lifespan(None):
            assert not PagesManager.uses_pages_directory
            raise RuntimeError("broken")

    try:
        with pytest.raises(RuntimeError, match="broken"):
            asyncio.run(serve())
    finally:
        gc.unfreeze()
    assert "/login?setup=" in capsys.readouterr().out
    build_core(Settings(data_dir=tmp_path)).close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server.enableXsrfProtection", True),
        ("server.fileWatcherType", "none"),
        ("server.enableAgentApi", False),
        ("server.enableStaticServing", False),
        ("browser.gatherUsageStats", False),
        ("browser.serverAddress", "localhost"),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("client.disableDataExport", True),
        ("runner.postScriptGC", False),
    ],
)
def test_server_is_set_up_as_the_requirements_ask(name: str, value: object) -> None:
    assert config.get_option(name) == value


def test_connections_do_not_hold_back_what_is_written() -> None:
    options: list[int] = []

    class Connection(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            accepted = transport.get_extra_info("socket")
            options.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        send_at_once(loop)
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        listening.setblocking(False)
        async with await loop.create_server(Connection, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            while not options:
                await asyncio.sleep(0.01)
            writer.close()
            await writer.wait_closed()

    asyncio.run(asyncio.wait_for(serve(), 10))
    assert options[0] != 0


def test_options_of_a_section_are_read_once_while_the_server_runs() -> None:
    read = config.get_options_for_section
    with options_kept():
        kept = config.get_options_for_section("theme")
        assert kept == read("theme")
        assert config.get_options_for_section("theme") is kept
        assert config.get_options_for_section("theme.dark") == read("theme.dark")
    assert config.get_options_for_section is read
