"""Explore as an instrument: from a choice, a cell or a saved view to the datasets behind it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from fairdb_core.demo import seed
from tests.browser.conftest import press, settle

pytestmark = pytest.mark.browser


def prepare(core: Core) -> None:
    """Fill the store with the made-up institution."""
    seed(core)


def test_chosen_datasets_are_compared_with_all_that_are_listed(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam")
    page.goto(f"{address}/explore")
    settle(page)
    for title in (
        "Field notebooks, Engadine 2005–2006",
        "Place names, Lusatia 2013–2020",
    ):
        box = page.get_by_role("checkbox", name=f"Choose {title}", exact=True)
        box.locator("xpath=ancestor::label").click()
        settle(page)
    expect(page.get_by_role("link", name="Fix 2 chosen")).to_be_visible()
    press(page, "Choose this page")
    page.get_by_role("link", name="Compare them").click()
    settle(page)
    expect(page.get_by_role("heading", name="Do they really differ?")).to_be_visible()
    page.get_by_role("link", name="Show 20 chosen").click()
    settle(page)
    expect(page.get_by_text("20 of 1,965 datasets")).to_be_visible()
    press(page, "✕ Chosen one by one: 20")
    expect(page.get_by_text("1,965 of 1,965 datasets")).to_be_visible()


def test_titles_take_as_many_lines_as_a_narrow_screen_asks_for(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam", width=320)
    page.goto(f"{address}/explore?q=emigrants")
    settle(page)
    titles = page.get_by_test_id("stMain").locator("a[href*='dataset?id'] > span")
    expect(titles.first).to_be_visible()
    shown = titles.evaluate_all(
        "all => all.map(e => [e.clientHeight, e.scrollHeight, e.clientWidth, e.scrollWidth])"
    )
    assert max(height for height, *_ in shown) > 40  # more than one line
    for height, needed_height, width, needed_width in shown:
        assert (needed_height, needed_width) == (height, width)


def test_saved_views_are_added_to_a_comparison_by_a_button(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam")
    for name, query in (("Open data", "access=open"), ("Of 2020", "year=2020")):
        page.goto(f"{address}/explore?{query}")
        settle(page)
        page.get_by_text("Saved views").click()
        settle(page)
        page.get_by_label("Name for what is shown now").fill(name)
        press(page, "Save this view")
    page.goto(f"{address}/compare")
    settle(page)
    page.get_by_text("Groups of your own").click()
    press(page, "Add this view")
    press(page, "Add this view")
    expect(page.get_by_role("link", name="Show Of 2020")).to_be_visible()
    expect(page.get_by_role("link", name="Show Open data")).to_be_visible()


def test_cell_of_the_heatmap_leads_to_its_datasets(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam")
    page.goto(f"{address}/explore?view=heatmap")
    settle(page)
    marks = page.locator(".js-plotly-plot .scatterlayer .point")
    before = page.get_by_role("link", name="Show the").get_attribute("href")
    marks.nth(4).scroll_into_view_if_needed()
    box = marks.nth(4).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)
    link = page.get_by_role("link", name="Show the")
    assert link.get_attribute("href") != before
    count = (link.text_content() or "").split()[-2]
    link.click()
    settle(page)
    expect(page.get_by_text(f"{count} of 1,965 datasets")).to_be_visible()


def test_numbers_of_a_chart_come_when_they_are_asked_for(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam")
    expect(page.get_by_role("columnheader", name="Points earned")).to_have_count(0)
    page.get_by_text("Numbers of this chart").first.click()
    settle(page)
    expect(page.get_by_role("columnheader", name="Points earned")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("button", name="Download as CSV").click()
    assert file.value.suggested_filename == "principles.csv"


def test_a_misspelt_address_is_told_without_a_box_over_it(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("rosa")
    page.goto(f"{address}/explor")
    settle(page)
    expect(page.get_by_role("heading", name="No such page")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Find datasets").click()
    settle(page)
    expect(page.get_by_role("heading", name="Explore")).to_be_visible()
