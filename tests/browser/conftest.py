"""A real server, a real browser, and one account a role."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from fairdb_core import Settings, build_core
from fairdb_core.domain.accounts import Role

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "quartz umber willow heron 42"
PEOPLE = {"ada": Role.ADMINISTRATOR, "sam": Role.STEWARD, "rosa": Role.RESEARCHER}
# True once the script has stood still for a while: `st.rerun()` stands still for a moment too.
IS_STILL = """wait => {
    const app = document.querySelector('[data-testid="stApp"]');
    const isIdle = app?.dataset.testScriptState === "notRunning";
    const since = window.idle?.wait === wait ? window.idle.since : performance.now();
    window.idle = isIdle ? { wait, since } : undefined;
    return isIdle && performance.now() - since >= 500;
}"""


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The address of a running app.

    The store is empty but for three people; a module may fill it with ``prepare(core)`` and set
    variables with ``ENVIRONMENT``.
    """
    folder = tmp_path_factory.mktemp("store")
    core = build_core(Settings(data_dir=folder, bcrypt_cost=4, _env_file=None))
    for name, role in PEOPLE.items():
        core.accounts.add_account(name, f"{name}@example.org", name.title(), role, PASSWORD)
    getattr(request.module, "prepare", lambda core: None)(core)
    core.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "FAIRDB_DATA_DIR": str(folder),
        "FAIRDB_BCRYPT_COST": "4",
        **getattr(request.module, "ENVIRONMENT", {}),
    }
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "fairdb_core.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )
    url = f"http://localhost:{port}"
    try:
        _wait_for(url, server, folder / "server.log")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"the server stopped: {log.read_text()[-2000:]}")
        try:
            if httpx.get(f"{url}/health/ready").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.3)
    pytest.fail("the server did not become ready")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; its event loop must not outlive the module."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium must be there in CI")
        pytest.skip("Chromium is not installed (Debian package chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def sign_in(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A function that signs somebody in with a browser of their own."""
    contexts = []

    def open_as(name: str, *, theme: str = "light", width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(address)
        page.get_by_label("Username").first.fill(name)
        page.get_by_label("Password", exact=True).first.fill(PASSWORD)
        page.get_by_role("button", name="Sign in").first.click()
        page.get_by_role("button", name="Sign out").first.wait_for(state="attached")
        settle(page)
        return page

    yield open_as
    for context in contexts:
        context.close()


def settle(page: Page) -> None:
    """Wait until the script has run to its end."""
    page.wait_for_timeout(100)
    page.wait_for_function(IS_STILL, arg=time.monotonic(), polling=50)


def press(page: Page, name: str) -> None:
    """Press a button and wait for what follows."""
    page.get_by_role("button", name=name, exact=True).first.click()
    settle(page)


def new_collection(page: Page, name: str) -> None:
    """Make a collection on the upload screen, where others may stand already."""
    field = page.get_by_label("Name", exact=True)
    if not field.is_visible():
        page.get_by_text("New collection").first.click()
        settle(page)  # a press on what is still opening misses it
    field.fill(name)
    press(page, "Create collection")
    expect(page.get_by_role("combobox", name="Collection").first).to_have_value(name)
