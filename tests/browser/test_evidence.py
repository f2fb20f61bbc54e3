"""A score is checked again, its receipt taken away and verified, in the browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from fairdb_core.cli.operators import acting_viewer
from tests.browser.conftest import press, settle
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

FILE = "identifier,title,license\n10.1000/a,Soil moisture,CC-BY-4.0\n10.1000/b,Water,n/a\n"


def prepare(core: Core) -> None:
    """Store two datasets that everybody may read."""
    steward = acting_viewer(core, "sam")
    made = core.collections.create(steward, "Rhine")
    table = core.previews.read(steward, FILE.encode(), "x.csv")
    mapping = core.previews.suggest(steward, table)
    core.uploads.commit(steward, core.previews.plan(steward, made.collection_id, table, mapping))


def verify(page: Page, address: str, text: str) -> None:
    page.goto(f"{address}/verify")
    settle(page)
    page.get_by_label("Receipt as text").fill(text)
    page.get_by_label("Receipt as text").press("Control+Enter")
    settle(page)
    press(page, "Verify")


def test_score_is_checked_again_and_its_receipt_verified(
    sign_in: Callable[..., Page], address: str, tmp_path: Path
) -> None:
    page = sign_in("rosa")
    page.goto(f"{address}/dataset?id=1")
    settle(page)
    press(page, "Check again")
    expect(page.get_by_text("agree to the bit with what was stored on")).to_be_visible()
    page.get_by_text("What the stored score rests on").click()
    expect(page.get_by_text("Rubric, SHA-256")).to_be_visible()
    assert violations(page) == []
    press(page, "Make a receipt")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the receipt").click()
    file = tmp_path / "receipt.json"
    download.value.save_as(file)
    text = file.read_text()

    verify(page, address, text)
    expect(page.get_by_text("The receipt is as this installation issued it")).to_be_visible()
    assert violations(page) == []
    verify(page, address, text.replace("Soil moisture", "Soil moistures", 1))
    expect(page.get_by_text("The receipt was changed after it was issued")).to_be_visible()
    expect(page.get_by_text("Receipt as a file")).to_have_count(0)

    steward = sign_in("sam", theme="dark")
    steward.goto(f"{address}/verify")
    settle(steward)
    steward.locator('input[type="file"]').set_input_files(file)
    settle(steward)
    press(steward, "Verify")
    expect(steward.get_by_text("The receipt is as this installation issued it")).to_be_visible()
    assert violations(steward) == []
