"""The main job, from a real file to charts, as a steward and a researcher do it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import new_collection, press, settle

pytestmark = pytest.mark.browser


def upload(page: Page, address: str, file: Path, collection: str) -> None:
    page.goto(f"{address}/upload")
    settle(page)
    new_collection(page, collection)
    page.locator('input[type="file"]').first.set_input_files(file)
    expect(page.get_by_text("605 rows, 79 columns")).to_be_visible()
    press(page, "Next: map the columns")
    expect(page.get_by_text("columns are mapped")).to_be_visible()
    press(page, "Next: look for problems")
    expect(page.get_by_text("expected each dataset once").first).to_be_visible()
    press(page, "Next: see the effect")
    expect(page.get_by_text("The collection will have a mean score of")).to_be_visible()
    press(page, "Next: commit")
    page.get_by_text("Commit the good rows only").click()
    settle(page)
    press(page, "Commit")
    expect(page.get_by_text("591 datasets created")).to_be_visible(timeout=60_000)


def test_steward_uploads_reads_why_and_undoes_while_a_researcher_only_reads(
    sign_in: Callable[..., Page], address: str, samples: Path
) -> None:
    steward = sign_in("sam")
    upload(steward, address, samples / "hdruk-health-datasets.csv", "Health gateway")

    steward.goto(address)
    settle(steward)
    expect(steward.get_by_text("591 datasets, median").first).to_be_visible()
    steward.goto(f"{address}/explore")
    settle(steward)
    steward.locator('[data-testid="stMain"] a[href*="dataset"]').first.click()
    settle(steward)
    expect(steward.get_by_role("heading", name="Every check")).to_be_visible()
    steward.get_by_text("Findable,").first.click()
    expect(steward.get_by_text("Not met").first).to_be_visible()
    expect(steward.get_by_text("To do:").first).to_be_visible()

    researcher = sign_in("rosa")
    expect(researcher.get_by_text("591 datasets, median").first).to_be_visible()
    expect(researcher.get_by_role("link", name="Upload", exact=True)).to_have_count(0)
    researcher.goto(f"{address}/upload")
    settle(researcher)
    expect(researcher.get_by_text("Metadata file")).to_have_count(0)

    steward.goto(f"{address}/uploads")
    settle(steward)
    press(steward, "Undo")
    press(steward, "Undo it")
    expect(steward.get_by_text("Undone").first).to_be_visible()
    steward.goto(address)
    settle(steward)
    expect(steward.get_by_text("There are no datasets that you may see yet.")).to_be_visible()


def test_stranger_sees_nothing_but_the_sign_in(address: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    for stem in (
        "",
        "overview",
        "planner",
        "explore",
        "upload",
        "admin",
        "account",
        "record",
        "verify",
        "rubric_draft",
        "attestations",
    ):
        page.goto(f"{address}/{stem}")
        settle(page)
        expect(page.get_by_label("Username").first).to_be_visible()
        expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    context.close()


def test_two_names_lead_to_the_start_and_the_sign_in_says_who_is_signed_in(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("rosa")
    for stem, title in (("overview", "Overview"), ("", "Overview"), ("login", "You are signed in")):
        page.goto(f"{address}/{stem}")
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="Sign out")).to_have_count(1)


def test_copied_cookie_is_worth_nothing_after_the_sign_out(
    sign_in: Callable[..., Page], address: str, browser: Browser
) -> None:
    page = sign_in("rosa")
    cookies = page.context.cookies()
    session = next(cookie for cookie in cookies if cookie["name"] == "fairdb_session")
    assert session["httpOnly"]
    assert session["sameSite"] == "Lax"
    press(page, "Sign out")
    expect(page.get_by_label("Username").first).to_be_visible()
    thief = browser.new_context()
    thief.add_cookies([session])
    copied = thief.new_page()
    copied.goto(address)
    settle(copied)
    expect(copied.get_by_label("Username").first).to_be_visible()
    thief.close()
