"""On a narrow screen nothing is cut off or has to be moved sideways, and no title is a link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from fairdb_core import Core
from fairdb_core.domain.accounts import Viewer
from tests.browser.conftest import settle

pytestmark = pytest.mark.browser

ADDRESS = "https://data.example.org/soil_2020?x=1&y=2"
TITLE = f"Soil at {ADDRESS} or www.example.org #3"
LONG = "0123456789abcdef" * 12
QUESTION = "Do the data themselves refer to other data, and say in which relation?"


def prepare(core: Core) -> None:
    """Store a dataset of long values, and a draft of a rubric."""
    with core.storage.read() as work:
        found = work.credentials.find("ada")
    assert found is not None
    administrator = Viewer(found[0])
    made = core.collections.create(administrator, "Rhine")
    typed = {"title": TITLE, "access_url": f"https://example.org/{LONG}", "checksum": LONG}
    core.datasets.save(administrator, made.collection_id, typed)
    core.rubric_drafts.copy(administrator, "fsf_v0_8", "our_rubric", "Ours")


def opened(sign_in: Callable[..., Page], address: str, width: int = 390) -> Page:
    page = sign_in("ada", width=width)
    page.goto(address)
    settle(page)
    return page


def is_whole(text: Locator) -> bool:
    return bool(
        text.evaluate("e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight")
    )


def test_checks_of_rubrics_stand_as_lines_and_fit(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = opened(sign_in, f"{address}/rubrics")
    expect(page.get_by_role("row").filter(has_text="FsF-F1-01MD-1")).to_be_visible()
    tables = page.get_by_test_id("stTable").locator("> div")
    assert tables.count() > 10
    assert all(is_whole(tables.nth(each)) for each in range(tables.count()))
    row = page.get_by_role("row").filter(has_text="FsF-F1-01MD-1")
    check, _, question, *_, fields = row.get_by_role("cell").all()
    boxes = [each.bounding_box() for each in (check, question, fields)]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(set(tops))
    expect(fields).to_have_text("Identifier, Landing page")


def test_checks_of_rubrics_are_a_table_where_there_is_room(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = opened(sign_in, f"{address}/rubrics", width=1280)
    row = page.get_by_role("row").filter(has_text="FsF-F1-01MD-1")
    expect(row).to_be_visible()
    cells = row.get_by_role("cell").all()
    tops = {box["y"] for each in cells if (box := each.bounding_box())}
    assert (len(cells), len(tops)) == (7, 1)


def test_title_is_no_link_and_long_values_are_broken(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = opened(sign_in, f"{address}/dataset?id=1")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(TITLE)
    expect(title.get_by_role("link")).to_have_count(0)
    table = page.get_by_role("table", name="Values of the dataset")
    expect(table.get_by_role("link", name=ADDRESS)).to_be_visible()
    assert is_whole(table.locator(".."))
    page.get_by_text("3 fields changed").click()
    changes = page.get_by_role("table", name="Values before and after")
    expect(changes.get_by_text(LONG, exact=True)).to_be_visible()
    assert is_whole(changes.locator(".."))


def test_choices_and_ticks_are_read_to_their_end(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = opened(sign_in, f"{address}/attestations")
    page.get_by_role("combobox", name="Question").focus()
    page.keyboard.press("ArrowDown")
    choice = page.get_by_role("option", name=QUESTION)
    expect(choice).to_be_visible()
    assert is_whole(choice.locator("> div"))

    page.goto(f"{address}/rubric_draft?id=1")
    settle(page)
    page.get_by_text("Findable: 10 tests, 7 points").click()
    tick = page.get_by_text("FsF-F1-01MD-1: Does the record's identifier have the form of one")
    expect(tick).to_be_visible()
    assert is_whole(tick)


def test_chosen_tab_has_the_colour_of_text_in_the_dark(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("ada", theme="dark")
    page.goto(f"{address}/admin")
    settle(page)
    page.get_by_role("tab", name="Teams").click()
    settle(page)
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    colours = page.get_by_role("tab").evaluate_all("all => all.map(e => getComputedStyle(e).color)")
    assert len(set(colours)) == 1
