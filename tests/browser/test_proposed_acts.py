"""A fix of two collections that is proposed: told, approved and undone as one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.exporters.tables import csv_of
from tests.browser.conftest import PASSWORD, press, settle

pytestmark = pytest.mark.browser

HEADER = ("identifier", "title", "license")
LICENCES = {"Elbe": ("", "MIT", "MIT", "MIT"), "Rhine": ("", "", "MIT", "MIT", "MIT")}
NAME = "Empty Licence set to CC0-1.0 in 3 datasets"


def prepare(core: Core) -> None:
    """Store sam's own Elbe, and eve's Rhine that sam's team looks after."""
    with core.storage.read() as work:
        found = [work.credentials.find(name) for name in ("ada", "sam")]
    ada, sam = (Viewer(each[0]) for each in found if each is not None)
    eve = Viewer(core.accounts.add_account("eve", "eve@example.org", "Eve", Role.STEWARD, PASSWORD))
    team_id = core.teams.create(ada, "Rivers").team_id
    core.teams.add_member(ada, team_id, sam.user_id or 0)
    for owner, (name, licences) in zip((sam, eve), LICENCES.items(), strict=True):
        rows = [(f"{name}-{n}", f"Soil moisture {n}", text) for n, text in enumerate(licences)]
        made = core.collections.create(owner, name, visibility=Visibility.PRIVATE)
        table = core.previews.read(owner, csv_of(HEADER, rows), f"{name}.csv")
        mapping = core.previews.suggest(owner, table)
        core.uploads.commit(owner, core.previews.plan(owner, made.collection_id, table, mapping))
    core.collections.change(
        ada,
        made.collection_id,
        name="Rhine",
        description="",
        team_id=team_id,
        visibility=Visibility.PRIVATE,
    )


def show_proposals(page: Page, address: str) -> None:
    """Open the proposed fixes of My uploads."""
    page.goto(f"{address}/uploads")
    settle(page)
    page.get_by_role("tab", name="Proposed fixes").click()
    settle(page)


def propose(page: Page, address: str) -> None:
    """Propose a licence for whatever has none."""
    page.goto(f"{address}/fix?field=license")
    settle(page)
    page.get_by_role("textbox", name="New value").fill("CC0-1.0")
    press(page, "Preview")
    page.get_by_text("Have somebody else decide").click()
    settle(page)
    expect(page.get_by_text("One proposal for 2 collections")).to_be_visible()
    press(page, "Propose this fix")
    expect(page.get_by_text("Proposed. “My uploads” shows what is decided.")).to_be_visible()


def test_fix_over_two_collections_is_proposed_approved_undone_and_withdrawn_as_one(
    sign_in: Callable[..., Page], address: str
) -> None:
    sam = sign_in("sam")
    propose(sam, address)
    show_proposals(sam, address)
    expect(sam.get_by_text("an administrator has to decide on it")).to_have_count(1)

    eve = sign_in("eve")
    show_proposals(eve, address)
    expect(eve.get_by_text("Rhine and 1 collection that you may not change")).to_be_visible()
    expect(eve.get_by_text("2 datasets to change in Rhine")).to_be_visible()
    expect(eve.get_by_text("You may decide on Rhine, but not on all")).to_be_visible()
    expect(eve.get_by_text("Elbe")).to_have_count(0)
    expect(eve.get_by_role("button", name="Approve and carry out")).to_have_count(0)

    ada = sign_in("ada")
    show_proposals(ada, address)
    expect(ada.get_by_text("1 fix waits for your decision")).to_be_visible()
    expect(ada.get_by_text("Elbe and Rhine · ◐ waits for a decision")).to_be_visible()
    told = ada.get_by_text("3 datasets to change as one act").inner_text().partition("%")[0]
    start, end = re.findall(r"\d+\.\d", told)
    press(ada, "Approve and carry out")
    # The list stays in sight, although the word above it is gone.
    expect(ada.get_by_text("waits for your decision")).to_have_count(0)
    expect(ada.get_by_text("✓ approved")).to_be_visible()
    ada.get_by_role("link", name="Receipt of batch").click()
    settle(ada)
    expect(ada.get_by_role("heading", name="Receipt")).to_have_count(1)
    expect(ada.get_by_text("In Elbe and Rhine, as one act.")).to_be_visible()
    mean = f"Mean score of these collections together: {start} % → {end} %"
    expect(ada.get_by_text(mean)).to_be_visible()
    ada.goto(f"{address}/uploads")
    settle(ada)
    expect(ada.get_by_text(NAME)).to_have_count(1)
    ada.get_by_role("button", name="Undo", exact=True).first.click()
    settle(ada)
    expect(ada.get_by_text("In Elbe and Rhine together: puts 3 datasets back.")).to_be_visible()
    press(ada, "Undo it")
    expect(ada.get_by_text("3 datasets put back").first).to_be_visible()
    expect(ada.get_by_text("↶")).to_have_count(1)

    propose(sam, address)
    show_proposals(sam, address)
    press(sam, "Withdraw")
    expect(sam.get_by_text("Elbe and Rhine · withdrawn")).to_be_visible()
    expect(sam.get_by_text("Withdrawn by ")).to_be_visible()
    expect(sam.get_by_role("button", name="Withdraw")).to_have_count(0)
