"""No screen breaks a rule of WCAG A or AA, in either theme."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from fairdb_core import Core
from fairdb_core.demo import seed
from tests.browser.conftest import settle

pytestmark = pytest.mark.browser

SCREENS = (
    "", "planner", "planner?q=nothing+like+this", "explore", "explore?q=nothing+like+this",
    "explore?view=heatmap", "explore?view=signatures",
    "compare", "compare?by=year", "history", "goals",
    "dataset", "dataset?id=5", "dataset?id=999999",
    "rubrics", "upload", "uploads", "record", "record?id=5", "fix", "fix?gap=FsF-R1.1-01M-1",
    "fix?ids=1,2,3", "verify", "attestations", "account", "admin",
    "rubric_draft",
)  # fmt: skip
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


def prepare(core: Core) -> None:
    """Fill the store with the made-up institution."""
    seed(core)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_screens_break_no_rule_of_accessibility(
    sign_in: Callable[..., Page], address: str, theme: str
) -> None:
    page = sign_in("ada", theme=theme)
    found = {}
    for screen in SCREENS:
        page.goto(f"{address}/{screen}")
        settle(page)
        page.wait_for_timeout(500)
        found[screen] = violations(page)
    assert {screen: rules for screen, rules in found.items() if rules} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_sign_in_breaks_no_rule_of_accessibility(
    browser: Browser, address: str, theme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=theme)
    page = context.new_page()
    page.goto(address)
    settle(page)
    assert violations(page) == []
    context.close()
