"""An administrator looks after people and teams, and everybody after their own browsers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import press, settle

pytestmark = pytest.mark.browser


def add_person(page: Page, username: str) -> str:
    """Add a person and return the one-time link."""
    if not page.get_by_role("button", name="Add", exact=True).first.is_visible():
        page.get_by_text("Add a person", exact=True).first.click()
        settle(page)
    page.get_by_label("Username").fill(username)
    page.get_by_label("E-mail").fill(f"{username}@example.org")
    press(page, "Add")
    link = page.get_by_test_id("stCode")
    expect(page.get_by_text(f"Send this link to {username}, who")).to_be_visible()
    return link.inner_text()


def choose_person(page: Page, username: str) -> None:
    page.get_by_role("combobox", name="Change a person").click()
    page.get_by_role("option", name=username, exact=True).click()
    settle(page)


def test_added_person_is_listed_at_once_and_the_link_stays_until_it_is_dismissed(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("ada")
    page.goto(f"{address}/admin")
    settle(page)
    link = add_person(page, "new_comer")
    assert re.fullmatch(rf"{address}/login\?reset=[-\w]+", link.strip())
    expect(page.get_by_text("People: 4")).to_be_visible()
    expect(page.get_by_label("Username")).to_have_value("")
    expect(page.get_by_text(re.compile(r"It works once, until .+ UTC"))).to_be_visible()
    choose_person(page, "new_comer")
    expect(page.get_by_test_id("stCode")).to_have_text(link)
    press(page, "Dismiss the link")
    expect(page.get_by_test_id("stCode")).to_have_count(0)

    press(page, "One-time reset link")
    expect(page.get_by_test_id("stCode")).to_be_visible()
    for screen in ("Account", "Admin"):
        page.get_by_test_id("stSidebar").get_by_role("link", name=screen, exact=True).click()
        expect(page.get_by_role("heading", name=screen, exact=True)).to_be_visible()
        settle(page)
    expect(page.get_by_test_id("stCode")).to_have_count(0)


def test_person_who_is_shut_out_can_be_let_in_again_at_once(
    sign_in: Callable[..., Page], address: str
) -> None:
    page = sign_in("ada")
    page.goto(f"{address}/admin")
    settle(page)
    choose_person(page, "rosa")
    press(page, "One-time reset link")
    expect(page.get_by_test_id("stCode")).to_be_visible()
    press(page, "Deactivate")
    expect(page.get_by_text("Deactivated.", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stCode")).to_have_count(0)
    press(page, "Reactivate")
    expect(page.get_by_role("button", name="Deactivate", exact=True)).to_be_visible()


def test_new_team_leaves_the_teams_open(sign_in: Callable[..., Page], address: str) -> None:
    page = sign_in("ada")
    page.goto(f"{address}/admin")
    settle(page)
    page.get_by_role("tab", name="Teams").click()
    page.get_by_label("New team").fill("Soil lab")
    press(page, "Create the team")
    expect(page.get_by_text("The team Soil lab was made. Add its people above.")).to_be_visible()
    expect(page.get_by_role("tab", name="Teams")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_text("Add a person to this team")).to_be_visible()


def test_browser_in_use_stands_first_and_only_others_are_signed_out_one_by_one(
    sign_in: Callable[..., Page], address: str
) -> None:
    used, other = sign_in("sam"), sign_in("sam")
    used.goto(f"{address}/account")
    settle(used)
    entries = used.get_by_text(re.compile("Since .+, last seen"))
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("This browser")
    expect(entries.last).not_to_contain_text("This browser")
    expect(used.get_by_role("button", name="Sign it out")).to_have_count(1)
    press(used, "Sign it out")
    expect(entries).to_have_count(1)
    expect(used.get_by_role("button", name="Sign it out")).to_have_count(0)
    other.goto(f"{address}/account")
    expect(other.get_by_label("Username").first).to_be_visible()
