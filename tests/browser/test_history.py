"""From a fix to the batch that the waterfall names, the groups it moved, a goal, and the news."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from fairdb_core.demo import seed
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.summaries import Filters
from tests.browser.conftest import press, settle

pytestmark = pytest.mark.browser


def prepare(core: Core) -> None:
    """Fill the store with the made-up institution, and fix the licences of one collection."""
    seed(core)
    with core.storage.read() as work:
        ada = Viewer(next(user for user in work.users.all() if user.username == "ada"))
    target = core.bulk_fixes.targets(ada, Filters())[1]
    fix = BulkFix("license", FixAction.FILL, "CC-BY-4.0")
    plan = core.bulk_fixes.plan(ada, target.collection_id, target.dataset_ids, fix)
    core.uploads.commit(ada, plan)


def test_history_names_the_fix_and_compare_says_what_differs(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("ada")
    expect(page.get_by_text("From your next visit on")).to_be_visible()
    page.get_by_role("link", name="Why did it change?").click()
    settle(page)
    expect(page.get_by_text("came from “Empty Licence set to CC-BY-4.0”")).to_be_visible()
    page.get_by_text("Fixed:").first.click()
    expect(page.locator('[data-testid="stMain"] a[href*="dataset?id="]').first).to_be_visible()
    page.goto(f"{address}/compare")
    settle(page)
    verdict = "Rhine Earth Observatory scores higher than Languages and Heritage Archive."
    expect(page.get_by_text(verdict).first).to_be_visible()
    page.goto(f"{address}/compare?by=year")
    settle(page)
    expect(page.get_by_role("heading", name="Which groups stand out?")).to_be_visible()


def test_goal_is_set_on_its_screen_and_seen_on_the_overview(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("ada")
    page.goto(f"{address}/goals")
    settle(page)
    expect(page.get_by_text("5 goals: ")).to_be_visible()
    press(page, "Set the goal")
    expect(page.get_by_text("6 goals: ")).to_be_visible()
    page.goto(address)
    settle(page)
    expect(page.get_by_role("link", name="All 6 goals")).to_be_visible()


def test_filtered_overview_tells_its_own_goals_and_keeps_its_filter(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("ada")
    page.goto(f"{address}/?collection=1")
    settle(page)
    drop = page.get_by_role("button", name="✕ Collection: ")
    name = drop.inner_text().split(": ")[1]
    state = re.compile("^(▼ Behind|▲ On the way|✓ Reached|✕ Ended)")
    goals = page.locator("p").filter(has_text=state).all_inner_texts()
    assert goals
    assert all(f"{name}: " in line for line in goals)
    for link, stem in (
        ("List these", "explore"),
        ("What to fix first in these", "planner"),
        ("Overview of these", ""),
    ):
        page.get_by_test_id("stMain").get_by_role("link", name=link).click()
        settle(page)
        assert page.url.startswith(f"{address}/{stem}")
        assert "collection=1" in page.url
        expect(drop).to_be_visible()
    drop.click()
    settle(page)
    assert "collection" not in page.url
    expect(drop).not_to_be_visible()
