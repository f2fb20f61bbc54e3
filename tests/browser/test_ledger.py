"""What is chosen from the score gained stays what it was while others work."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.exporters.tables import csv_of
from tests.browser.conftest import press, settle

pytestmark = pytest.mark.browser

HEADER = ("identifier", "title", "license")
# From the upper left corner of the table to the box of its first line.
_FIRST_LINE = (12, 53)


def prepare(core: Core) -> None:
    """Store two uploads."""
    with core.storage.read() as work:
        found = work.credentials.find("sam")
    assert found is not None
    steward = Viewer(found[0])
    made = core.collections.create(steward, "Rhine")
    for number, licence in enumerate(("MIT", "ISC"), start=1):
        content = csv_of(HEADER, [("A-1", "Soil moisture", licence)])
        table = core.previews.read(steward, content, f"{number}.csv")
        mapping = core.previews.suggest(steward, table)
        core.uploads.commit(
            steward, core.previews.plan(steward, made.collection_id, table, mapping)
        )


def open_ledger(page: Page, address: str) -> None:
    page.goto(f"{address}/uploads")
    settle(page)
    page.get_by_role("tab", name="Score gained").click()
    settle(page)


def test_line_is_not_taken_for_the_one_that_came_to_its_place(
    sign_in: Callable[..., Page], address: str
) -> None:
    page, other = sign_in("sam"), sign_in("sam")
    open_ledger(page, address)
    box = page.get_by_test_id("stDataFrame").last.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + _FIRST_LINE[0], box["y"] + _FIRST_LINE[1])
    settle(page)
    main = page.get_by_test_id("stMain")
    expect(main.get_by_role("link", name="batch 2")).to_be_visible()

    other.goto(f"{address}/record?id=1")
    settle(other)
    other.get_by_role("textbox", name="Title").first.fill("Soil moisture at Basel")
    press(other, "Save")
    expect(other.get_by_text("Saved")).to_be_visible()

    page.get_by_role("button", name="Undo", exact=True).last.click()
    settle(page)
    expect(main.get_by_role("link", name="batch 3")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo it")).to_have_count(0)
    page.goto(f"{address}/uploads?batch=3")
    settle(page)
    page.get_by_role("button", name="Undo", exact=True).click()
    settle(page)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("Undone: 1 dataset put back.")).to_be_visible()
    expect(page.get_by_text("Mean score of the collection when it was stored")).to_be_visible()


def test_address_that_names_no_batch_says_so(sign_in: Callable[..., Page], address: str) -> None:
    page = sign_in("sam")
    for named in ("10000", "9" * 40):
        page.goto(f"{address}/uploads?batch={named}")
        settle(page)
        expect(page.get_by_text("went wrong")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
