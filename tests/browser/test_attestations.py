"""A steward attests what no record tells, sees it beside the score, and revokes it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairdb_core import Core
from tests.browser import test_evidence
from tests.browser.conftest import press, settle
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

NOTE = "The repository keeps metadata for ever: https://example.org/policy"


def prepare(core: Core) -> None:
    """Store two datasets that everybody may read."""
    test_evidence.prepare(core)


def answer(page: Page, button: str) -> None:
    page.get_by_role("textbox", name="What it rests on").first.fill(NOTE)
    press(page, button)


def test_answer_stands_beside_the_score_until_it_is_revoked(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("sam")
    page.goto(f"{address}/attestations")
    settle(page)
    press(page, "Attest for the whole collection")
    expect(page.get_by_text("say in 10 to 1,000 characters")).to_be_visible()
    answer(page, "Attest for the whole collection")
    expect(page.get_by_text("attested for the whole collection by sam")).to_be_visible()
    assert violations(page) == []

    page.goto(f"{address}/dataset?id=1&rubric=rda_fdmm_v1")
    settle(page)
    expect(page.get_by_text("With 1 attested answer, which is met")).to_be_visible()
    page.get_by_text("Accessible,").first.click()
    expect(page.get_by_text("Not in the score: ✓ Met, attested")).to_be_visible()
    page.get_by_text("Answer a question for this dataset").click()
    answer(page, "Attest for this dataset")
    expect(page.get_by_text("attested for this dataset by sam").last).to_be_visible()
    assert violations(page) == []
    press(page, "Revoke")
    expect(page.get_by_text("Revoked.")).to_be_visible()
    expect(page.get_by_text("attested for the whole collection by sam").last).to_be_visible()

    reader = sign_in("rosa", theme="dark")
    reader.goto(f"{address}/dataset?id=2")
    settle(reader)
    expect(reader.get_by_text("attested for the whole collection by sam").last).to_be_visible()
    expect(reader.get_by_text("counts none of these answers")).to_be_visible()
    expect(reader.get_by_role("button", name="Revoke")).to_have_count(0)
    expect(reader.get_by_text("Answer a question for this dataset")).to_have_count(0)
    assert violations(reader) == []
    reader.goto(f"{address}/attestations")
    settle(reader)
    expect(reader.get_by_text("Not permitted")).to_be_visible()
