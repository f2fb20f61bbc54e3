"""A fix over two collections: one preview, one receipt, one line of the ledger, and one undo."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.exporters.tables import csv_of
from tests.browser.conftest import press, settle

pytestmark = pytest.mark.browser

HEADER = ("identifier", "title", "license")
LICENCES = {"Elbe": ("", "MIT", "MIT", "MIT"), "Rhine": ("", "", "MIT", "MIT", "MIT")}
NAME = "Empty Licence set to CC0-1.0 in 3 datasets"


def prepare(core: Core) -> None:
    """Store two collections."""
    with core.storage.read() as work:
        found = work.credentials.find("sam")
    assert found is not None
    steward = Viewer(found[0])
    for name, licences in LICENCES.items():
        rows = [(f"{name}-{n}", f"Soil moisture {n}", text) for n, text in enumerate(licences)]
        made = core.collections.create(steward, name)
        table = core.previews.read(steward, csv_of(HEADER, rows), f"{name}.csv")
        mapping = core.previews.suggest(steward, table)
        core.uploads.commit(
            steward, core.previews.plan(steward, made.collection_id, table, mapping)
        )


def mean_of(page: Page, address: str) -> str:
    page.goto(address)
    settle(page)
    return page.get_by_test_id("stMetricValue").nth(1).inner_text()


def test_fix_over_two_collections_is_told_and_undone_as_one(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam")
    before = mean_of(page, address)
    page.goto(f"{address}/fix?field=license")
    settle(page)
    page.get_by_role("textbox", name="New value").fill("CC0-1.0")
    press(page, "Preview")
    expect(page.get_by_text("Mean of 2 collections together")).to_be_visible()
    moved = page.get_by_test_id("stMetricValue").nth(2).inner_text()
    start, end = re.findall(r"\d+\.\d", moved)
    assert float(before.replace("%", "")) == float(start) < float(end)
    expect(page.get_by_text("One act in 2 collections")).to_be_visible()
    press(page, "Fix 3 datasets")

    expect(page.get_by_text("3 updated, 6 unchanged.")).to_be_visible()
    expect(page.get_by_role("heading", name="Receipt")).to_have_count(1)
    expect(page.get_by_text("In Elbe and Rhine, as one act.")).to_be_visible()
    told = f"Mean score of these collections together: {start} % → {end} %"
    expect(page.get_by_text(told)).to_be_visible()
    assert float(mean_of(page, address).replace("%", "")) == float(end)

    page.goto(f"{address}/uploads")
    settle(page)
    expect(page.get_by_text(NAME)).to_have_count(1)
    expect(page.get_by_text("Its 2 collections")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).first.click()
    settle(page)
    expect(page.get_by_text("In Elbe and Rhine together: puts 3 datasets back.")).to_be_visible()
    press(page, "Undo it")
    expect(page.get_by_text("3 datasets put back").first).to_be_visible()
    expect(page.get_by_text("↶")).to_have_count(1)
    assert mean_of(page, address) == before
