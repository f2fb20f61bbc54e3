"""A steward puts a messy file right in the wizard, without leaving it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import new_collection, press, settle
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

MESSY = """dc.identifier,dc.title[],dc.title[en],dc.date.issued,contact email
10.1000/a,Soil,Soil moisture of the Rhine,03/04/2025,a@example.org
10.1000/b,Water,Water levels of the Elbe,05/04/2025,nobody
10.1000/b,Air,,06/05/2025,c@example.org
"""


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).first.click()
    page.get_by_role("option", name=option, exact=True).first.click()
    settle(page)


def type_over(page: Page, column: int, row: int, text: str) -> None:
    """Type over a cell of the open table; it is drawn on a canvas, so it is met by its row."""
    grid = page.locator('[data-testid="stDataFrame"]:visible').first
    cell = grid.locator(f'[data-testid="glide-cell-{column}-{row}"]')
    cell.wait_for(state="attached")
    box = standing_box(page, grid)
    page.mouse.click(box["x"] + 15, box["y"] + 36 * (row + 1) + 18)
    for _ in range(column):
        page.keyboard.press("ArrowRight")
    expect(cell).to_have_attribute("aria-selected", "true")
    page.keyboard.type(text, delay=30)
    page.keyboard.press("Enter")
    expect(cell).to_have_text(text)
    settle(page)


def standing_box(page: Page, shown: Locator) -> FloatRect:
    """Return where something stands once the panel around it has opened."""
    before = None
    while True:
        box = shown.bounding_box()
        if box is not None and box == before:
            return box
        before = box
        page.wait_for_timeout(200)


def test_problems_are_put_right_by_rules_and_in_place(
    sign_in: Callable[..., Page], address: str, tmp_path: Path
) -> None:
    file = tmp_path / "messy.csv"
    file.write_text(MESSY)
    page = sign_in("sam")
    page.goto(f"{address}/upload")
    settle(page)
    new_collection(page, "Rivers")
    page.locator('input[type="file"]').first.set_input_files(file)
    expect(page.get_by_text("3 rows, 5 columns")).to_be_visible()
    press(page, "Next: map the columns")
    choose(page, "Title: 1.", "dc.title[en]")
    press(page, "Next: look for problems")

    page.get_by_text("expected a date that can be read in one way only").first.click()
    settle(page)
    press(page, "Read the day first")
    expect(page.get_by_text("expected a date that can be read")).to_have_count(0)
    page.get_by_text("expected each dataset once").first.click()
    settle(page)
    press(page, "Keep the first of each")
    expect(page.get_by_text("Row 4: left out")).to_be_visible()
    expect(page.get_by_text("1 correction is made. No row is refused.")).to_be_visible()
    press(page, "Take back all corrections")
    page.get_by_text("expected an address such as").first.click()
    settle(page)
    press(page, "Leave this cell empty")
    expect(page.get_by_text("Corrections: 1")).to_be_visible()
    page.get_by_text("expected each dataset once").first.click()
    settle(page)
    type_over(page, column=2, row=1, text="10.1000/c")
    press(page, "Correct")
    expect(page.get_by_text("Corrections: 2")).to_be_visible()
    expect(page.get_by_text("No problems were found.")).to_be_visible()

    press(page, "Next: see the effect")
    press(page, "Next: commit")
    press(page, "Commit")
    expect(page.get_by_text("3 datasets created")).to_be_visible()
    page.goto(f"{address}/explore")
    settle(page)
    for title in ("Soil moisture of the Rhine", "Water levels of the Elbe", "Air"):
        expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_steps_break_no_rule_of_accessibility(
    sign_in: Callable[..., Page], address: str, tmp_path: Path, theme: str
) -> None:
    file = tmp_path / "messy.csv"
    file.write_text(MESSY)
    page = sign_in("sam", theme=theme)
    page.goto(f"{address}/upload")
    settle(page)
    new_collection(page, f"Lakes by {theme}")
    page.locator('input[type="file"]').first.set_input_files(file)
    expect(page.get_by_text("3 rows, 5 columns")).to_be_visible()
    found = {"read": violations(page)}
    press(page, "Next: map the columns")
    found["map"] = violations(page)
    choose(page, "Title: 1.", "dc.title[en]")
    press(page, "Next: look for problems")
    page.get_by_text("expected a date that can be read in one way only").first.click()
    settle(page)
    found["problems"] = violations(page)
    press(page, "Read the day first")
    expect(page.get_by_text("expected a date that can be read")).to_have_count(0)
    page.get_by_text("expected an address such as").first.click()
    settle(page)
    press(page, "Leave this cell empty")
    expect(page.get_by_text("Corrections: 1")).to_be_visible()
    press(page, "Next: see the effect")
    expect(page.get_by_text("To create").first).to_be_visible()
    page.get_by_text("Rows one by one").click()
    settle(page)
    found["effect"] = violations(page)
    press(page, "Next: commit")
    found["commit"] = violations(page)
    page.get_by_text("Commit the good rows only").click()
    settle(page)
    press(page, "Commit")
    page.get_by_role("button", name="Upload another file").wait_for(timeout=60_000)
    settle(page)
    found["receipt"] = violations(page)
    assert {step: rules for step, rules in found.items() if rules} == {}
