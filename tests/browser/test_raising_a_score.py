"""A steward opens a low-scoring real dataset and raises it by following what the screen says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from fairdb_core.cli.imports import plan_file, read_file
from fairdb_core.domain.accounts import Viewer
from tests.browser.conftest import press, settle
from tests.conftest import SAMPLES

pytestmark = pytest.mark.browser

FILE = SAMPLES / "dc-dataset-inventory-2018.csv"
MOST_ROUNDS = 15
TAKE = "Take this into the form"


def prepare(core: Core) -> None:
    """Bring in a real table, if it is here."""
    if not FILE.is_file():
        return
    with core.storage.read() as work:
        steward = Viewer(next(user for user in work.users.all() if user.username == "sam"))
    table = read_file(core, FILE, None, None, None)
    core.collections.create(steward, "Inventory")
    plan = plan_file(core, steward, "Inventory", table, [])
    core.uploads.commit(steward, plan, good_rows_only=True)


def points(page: Page) -> float:
    told = page.get_by_text(re.compile(r"^[\d.]+ of [\d.]+ points, judged by")).inner_text()
    return float(told.split(" ")[0])


def take_best(page: Page) -> float | None:
    """Open the form with the first edit that the record itself gives; return its points."""
    more = page.locator("summary", has_text="worth less")
    if more.count():
        more.first.click()
        settle(page)
    button = page.get_by_role("button", name=TAKE)
    if not button.count():
        return None
    card = button.first.locator("xpath=ancestor::*[@data-testid='stVerticalBlock'][1]")
    promised = re.search(r"\+([\d.]+) point", card.inner_text())
    assert promised is not None
    button.first.click()
    settle(page)
    return float(promised.group(1))


def test_steward_raises_a_real_dataset_by_following_the_screen(
    sign_in: Callable[..., Page], address: str, samples: Path
) -> None:
    assert samples == FILE.parent
    page = sign_in("sam")
    page.goto(f"{address}/explore")
    settle(page)
    page.locator('[data-testid="stMain"] a[href*="dataset"]').first.click()
    settle(page)
    expect(page.get_by_role("heading", name="Three best edits")).to_be_visible()
    first = now = points(page)
    for _ in range(MOST_ROUNDS):
        promised = take_best(page)
        if promised is None:
            break
        expect(page.get_by_text("Filled from the dataset's page")).to_be_visible()
        press(page, "Save")
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.get_by_role("link", name="See the dataset").click()
        settle(page)
        expect(page.get_by_role("heading", name="Three best edits")).to_be_visible()
        now += promised
        expect(
            page.get_by_text(re.compile(rf"^{now:g} of [\d.]+ points, judged by"))
        ).to_be_visible()
        settle(page)
    assert page.get_by_role("button", name=TAKE).count() == 0
    assert now >= first + 4
    # What is left needs something that no field of the record gives away.
    for card in page.get_by_text("percentage points ·").all():
        assert "better" in card.inner_text()
    assert page.get_by_text("for example").count() > 0


def test_what_if_moves_the_scores_and_stores_nothing(
    sign_in: Callable[..., Page], address: str, samples: Path
) -> None:
    assert samples == FILE.parent
    page = sign_in("sam")
    page.goto(f"{address}/dataset?id=9")
    settle(page)
    before = points(page)
    expect(page.get_by_text("Nothing is changed yet.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Try ")).first.click()
    settle(page)
    expect(page.get_by_text("By every rubric")).to_be_visible()
    expect(page.get_by_text(re.compile("checks move"))).to_be_visible()
    page.reload()
    settle(page)
    assert points(page) == before
