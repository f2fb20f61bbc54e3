"""The public view: aggregates of public collections, and nothing else."""

import pytest
from playwright.sync_api import Browser, expect

from fairdb_core import Core
from fairdb_core.demo import seed
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Visibility
from tests.browser.conftest import settle

pytestmark = pytest.mark.browser

ENVIRONMENT = {"FAIRDB_PUBLIC_VIEW": "true"}


def prepare(core: Core) -> None:
    """Open one of three collections to the public."""
    seed(core)
    with core.storage.read() as work:
        steward = next(user for user in work.users.all() if user.username == "demo-steward")
    viewer = Viewer(steward)
    first = core.collections.visible(viewer)[0]
    core.collections.change(
        viewer,
        first.collection_id,
        name=first.name,
        description=first.description,
        team_id=None,
        visibility=Visibility.PUBLIC,
    )


def test_public_sees_aggregates_of_public_collections_alone(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    settle(page)
    sentence = page.get_by_text("datasets, median").first
    expect(sentence).to_be_visible()
    assert "1,9" not in sentence.inner_text()
    main = page.get_by_test_id("stMain")
    assert main.locator("a").count() == 0
    assert page.get_by_role("button", name="Download as CSV").count() == 0
    expect(page.get_by_text("Your datasets")).to_have_count(0)
    page.goto(f"{address}/rubrics")
    settle(page)
    expect(page.get_by_text("FsF-R1.1-01M-1")).to_be_visible()
    for closed in ("explore", "dataset?id=1", "upload", "admin"):
        page.goto(f"{address}/{closed}")
        settle(page)
        expect(page.get_by_label("Username").first).to_be_visible()
    context.close()
