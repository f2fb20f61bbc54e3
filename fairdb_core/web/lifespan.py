"""What happens before the first request and after the last; it knows Streamlit's insides."""

import asyncio
import gc
import logging
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import cache
from typing import Any

from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from fairdb_core.bootstrap import Core
from fairdb_core.errors import SettingsError


def close_page_discovery() -> None:
    """Keep Streamlit from running files of ``pages/`` that nobody put into the navigation.

    Until the main script has called ``st.navigation`` once in a process, an anonymous visitor who
    opens ``/upload`` would have ``pages/upload.py`` run for them, without ``app.py``.
    """
    PagesManager.uses_pages_directory = False


def refuse_base_path() -> None:
    """Refuse a path prefix: the gates know Streamlit's addresses without one, and would miss them.

    Raises:
        SettingsError: ``server.baseUrlPath`` is set.
    """
    if config.get_option("server.baseUrlPath"):
        raise SettingsError(
            "server.baseUrlPath is set, which FAIRDatabase does not support. "
            "Give it a host name of its own."
        )


def lifespan_of(core: Core) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return what Streamlit enters at start and leaves at the end."""

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        close_page_discovery()
        send_at_once(asyncio.get_running_loop())
        _join_logs()
        _warm_up()
        _announce(core)
        try:
            with options_kept():
                yield
        finally:
            core.close()

    return lifespan


@contextmanager
def options_kept() -> Iterator[None]:
    """Have each section of options read once: none of them changes while the server runs.

    At every rerun Streamlit looks through all its options six times, for six sections of colours,
    which takes a tenth of what the rerun takes.
    """
    read = config.get_options_for_section
    config.get_options_for_section = cache(read)
    try:
        yield
    finally:
        config.get_options_for_section = read


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """Have what a rerun draws leave as it is written; call it before the server listens.

    Streamlit makes its socket without naming TCP, which keeps asyncio from turning off Nagle's
    algorithm: the last part of each rerun would wait 40 ms for the browser's acknowledgement.
    """
    listen = loop.create_server

    async def create_server(*args: Any, **kwargs: Any) -> asyncio.Server:
        taken = kwargs.get("sock")
        if taken is not None and taken.family in {socket.AF_INET, socket.AF_INET6}:
            # Connections take it over from the socket that listens.
            taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await listen(*args, **kwargs)

    loop.create_server = create_server  # type: ignore[method-assign]


def _join_logs() -> None:
    """Have the server's own lines written as ours are, one object a line."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("streamlit", "uvicorn")):
            logger = logging.getLogger(name)
            logger.handlers.clear()
            logger.propagate = True
    # Addresses that are asked for hold one-time links and ids of sessions.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)


def _warm_up() -> None:
    """Load what the first screen needs, and keep the collector from walking through it again.

    A rerun makes thousands of objects that go when it ends: the collector waits for more of them.
    """
    import pandas  # noqa: F401 - loaded for its own sake
    import plotly.graph_objects  # noqa: F401 - loaded for its own sake

    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _announce(core: Core) -> None:
    """Print the one-time link that makes the first administrator, where there is none."""
    token = core.accounts.setup_token()
    if token is not None:
        address = f"http://localhost:{_port(core)}/login?setup={token}"
        sys.stdout.write(f"Make the first administrator, within a day: {address}\n")
        sys.stdout.flush()


def _port(core: Core) -> int:
    return int(config.get_option("server.port") or core.settings.port)
