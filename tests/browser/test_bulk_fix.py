"""From the first gap on the overview to a fix, its gain, and back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import new_collection, press, settle

pytestmark = pytest.mark.browser

ROWS = "\n".join(
    [
        "identifier,title,description,publisher,publication_date,creators",
        *(
            f'10.5072/rhine.{n},Soil moisture {n},"Hourly soil moisture at station {n}, checked by '
            f'hand and gaps marked",Rhine Observatory,2020,"Brandt, Ilse"'
            for n in range(1, 7)
        ),
    ]
)


def figure(page: Page) -> float:
    text = page.get_by_test_id("stMetricValue").nth(1).inner_text()
    return float(text.replace("%", ""))


def paste(page: Page, address: str, collection: str) -> None:
    page.goto(f"{address}/upload")
    settle(page)
    new_collection(page, collection)
    page.get_by_role("tab", name="Paste").click()
    page.get_by_label("Rows from a spreadsheet").fill(ROWS)
    press(page, "Read the text")
    press(page, "Next: look for problems")
    press(page, "Next: see the effect")
    press(page, "Next: commit")
    press(page, "Commit")
    expect(page.get_by_text("6 datasets created")).to_be_visible()


def test_gap_is_fixed_for_all_at_once_gains_what_was_foretold_and_is_undone(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam")
    paste(page, address, "Rhine soil")
    page.goto(address)
    settle(page)
    before = figure(page)

    page.goto(f"{address}/fix?field=license")
    settle(page)
    expect(page.get_by_text("6 datasets").first).to_be_visible()
    page.get_by_role("textbox", name="New value").fill("CC BY 4.0")
    press(page, "Preview")
    expect(page.get_by_text("The first 6 of 6")).to_be_visible()
    gain = float(re.findall(r"[-+]?\d+\.\d+", page.get_by_test_id("stMetricDelta").inner_text())[0])
    assert gain > 0
    press(page, "Fix 6 datasets")
    expect(page.get_by_text("6 updated")).to_be_visible()

    page.goto(address)
    settle(page)
    assert figure(page) == pytest.approx(before + gain, abs=0.11)

    page.goto(f"{address}/uploads")
    settle(page)
    press(page, "Undo")
    page.goto(address)
    settle(page)
    assert figure(page) == pytest.approx(before, abs=0.01)
