"""From the first gap on the overview to a fix, its gain, its place in the history, and back."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.exporters.tables import csv_of
from fairdb_core.metadata import FIELD_BY_NAME
from tests.browser.conftest import press, settle

pytestmark = pytest.mark.browser

COUNT, WITHOUT_LICENCE = 8, 5
FIELDS = {
    "identifier": "10.5072/rhine.{n}",
    "title": "Soil moisture {n}",
    "description": "Hourly soil moisture at station {n}, checked by hand and gaps marked.",
    "keywords": "soil moisture;http://aims.fao.org/aos/agrovoc/c_7208",
    "creators": "Brandt, Ilse",
    "publisher": "Rhine Observatory",
    "publication_date": "2020-05-01",
    "resource_type": "Dataset",
    "access_rights": "open access",
    "related_identifiers": "IsSupplementTo:10.1038/s41586-020-2649-2",
    "download_url": "https://example.org/data/{n}.csv",
    "formats": "CSV",
    "size": "1.2 MB",
    "license": "CC-BY-4.0",
}


def prepare(core: Core) -> None:
    """Store datasets of some weeks ago, of which some lack a licence."""
    with core.storage.read() as work:
        found = work.credentials.find("sam")
    assert found is not None
    steward = Viewer(found[0])
    rows = [
        [
            "" if name == "license" and n < WITHOUT_LICENCE else text.format(n=n)
            for name, text in FIELDS.items()
        ]
        for n in range(COUNT)
    ]
    made = core.collections.create(steward, "Rhine soil")
    table = core.previews.read(steward, csv_of(tuple(FIELDS), rows), "rhine.csv")
    mapping = [
        ColumnMapping(name, name, value_separator=";" if FIELD_BY_NAME[name].is_many else None)
        for name in FIELDS
    ]
    plan = core.previews.plan(steward, made.collection_id, table, mapping)
    core.uploads.commit(steward, plan, at=datetime.now(UTC) - timedelta(days=20))


def figure(page: Page) -> float:
    text = page.get_by_test_id("stMetricValue").nth(1).inner_text()
    return float(text.replace("%", ""))


def follow(page: Page, label: str) -> None:
    page.get_by_test_id("stMain").get_by_role("link", name=label).first.click()
    settle(page)


def step_of(page: Page) -> tuple[int, float]:
    """Return the place and the gain of the fix of the licence, from the screen."""
    text = page.get_by_text(re.compile(r"\d+\. Licence · ")).first.inner_text()
    found = re.match(r"(\d+)\. Licence · \+(\d+\.\d+) points", text)
    assert found is not None, text
    return int(found.group(1)), float(found.group(2))


def means_of(page: Page) -> tuple[float, float]:
    """Return the mean before and after a fix, as its preview says them."""
    text = page.get_by_test_id("stMetricValue").last.inner_text()
    found = re.fullmatch(r"(\d+\.\d) → (\d+\.\d) %", text.strip())
    assert found is not None, text
    return float(found.group(1)), float(found.group(2))


def undo(page: Page) -> None:
    press(page, "Undo")
    expect(page.get_by_text(f"Puts {WITHOUT_LICENCE} datasets back.")).to_be_visible()
    press(page, "Undo it")


def test_first_fix_gains_what_was_foretold_is_named_in_the_history_and_is_undone(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam")
    before = figure(page)
    follow(page, "Plan the fixes in order")
    expect(page.get_by_role("heading", name="What to fix first")).to_be_visible()
    place, gain = step_of(page)
    assert place == 1
    assert gain > 0

    planner = page.url
    follow(page, f"Show the {WITHOUT_LICENCE} datasets")
    expect(page.get_by_text(f"{WITHOUT_LICENCE} of {COUNT} datasets")).to_be_visible()
    page.goto(planner)
    settle(page)
    follow(page, "Fix them together")
    expect(page.get_by_text(f"{WITHOUT_LICENCE} datasets").first).to_be_visible()
    expect(page.get_by_text("Proposed: Licence, fill in where it is empty")).to_be_visible()
    page.get_by_role("textbox", name="New value").fill("CC BY 4.0")
    press(page, "Preview")
    expect(page.get_by_text(f"The first {WITHOUT_LICENCE} of {WITHOUT_LICENCE}")).to_be_visible()
    delta = re.findall(r"[-+]?\d+\.\d+", page.get_by_test_id("stMetricDelta").inner_text())
    start, end = means_of(page)
    assert float(delta[0]) == pytest.approx(end - start, abs=0.001)
    assert float(delta[0]) == pytest.approx(gain, abs=0.11)
    press(page, f"Fix {WITHOUT_LICENCE} datasets")
    expect(page.get_by_text(f"{WITHOUT_LICENCE} updated")).to_be_visible()

    page.goto(address)
    settle(page)
    assert figure(page) == pytest.approx(before + gain, abs=0.11)
    since = datetime.now(UTC) - timedelta(days=10)
    page.goto(f"{address}/history?from={since:%Y-%m-%d}")
    settle(page)
    name = "Empty Licence set to CC-BY-4.0"
    expect(page.get_by_text(name).first).to_be_visible()

    page.goto(f"{address}/uploads")
    settle(page)
    expect(page.get_by_text(f"{name} in {WITHOUT_LICENCE} datasets").first).to_be_visible()
    expect(page.get_by_text("Raised the collection's mean score by").first).to_be_visible()
    undo(page)
    expect(page.get_by_text(f"{WITHOUT_LICENCE} datasets put back").first).to_be_visible()
    page.goto(address)
    settle(page)
    assert figure(page) == pytest.approx(before, abs=0.01)
    page.goto(planner)
    settle(page)
    assert step_of(page) == (1, gain)
