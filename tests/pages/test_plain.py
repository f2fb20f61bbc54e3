"""Text that came from people is never markup, a link of its own, or a way to order things."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.plain import cut, heading, label, plain, source_link, unbroken
from pages.ui.selection import number_of_text

HOSTILE = (
    "# Title\n- item",
    "[go](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "<script>alert(1)</script>",
    ":material/delete: :red[now]",
    "$x^2$ `code` **bold** ~~gone~~",
    "| a | b |\n|---|---|",
    "&lt;b&gt;",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_people_is_shown_letter_by_letter(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert re.sub(r"\\(.)", r"\1", shown) == " ".join(text.split())
    unescaped = re.sub(r"\\.", "", shown)
    assert not set("\\`*_{}[]()#+-.!|~<>$:^=&@\"'/") & set(unescaped)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("name@example.org", "`name@example.org`"),
        ("Ask first.last+tag@x.org, please", r"Ask `first.last+tag@x.org`, please"),
        ("(a@b.ch)", r"\(`a@b.ch`\)"),
        ("`a@b.ch`", r"\``a@b.ch`\`"),
        ("a@b@c.ch", r"a\@`b@c.ch`"),
        ("Found “a@b.ch”, “`a”", r"Found `a@b.ch`, “\`a”"),
    ],
)
def test_mail_address_of_a_record_is_no_link_and_is_copied_as_it_is(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["5 @ 3", "@handle", "a@b", "https://example.org/@x"])
def test_text_without_a_mail_address_stays_as_it_is(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", plain(text)) == text


@pytest.mark.parametrize(
    "text", ["name@example.org", "https://example.org/a_b?c=d", "www.example.org", "HTTP://x.org"]
)
def test_address_in_a_label_or_heading_is_no_link_and_is_copied_as_it_is(text: str) -> None:
    assert label(f"See {text} _now_") == heading(f"See {text} _now_") == rf"See `{text}` \_now\_"
    assert label(f"Found “{text}”, and more.") == rf"Found `{text}`, and more\."


@pytest.mark.parametrize(
    "text",
    [
        "FsF-F1-01M-1: Is it named?",
        "Role for ann_b-2",
        "Publish Soil (draft) for good",
        "5 % + 1",
    ],
)
def test_label_that_markdown_would_leave_alone_is_read_as_it_is(text: str) -> None:
    assert label(text) == text


@pytest.mark.parametrize("text", [*HOSTILE, "_ann", "ann_", ":+1:", "1. one", "- one", "a -> b"])
def test_label_that_markdown_would_change_is_escaped(text: str) -> None:
    assert label(text) != text


def test_heading_shows_the_marks_that_markdown_would_take() -> None:
    assert heading("C #\n *now* [x](y)") == r"C \# \*now\* \[x\]\(y\)"


def test_mark_of_a_state_stays_with_its_words() -> None:
    assert unbroken("✕ Not met → ✓ Met") == "✕\u00a0Not met → ✓\u00a0Met"


def test_percent_sign_stays_with_its_number() -> None:
    assert unbroken(plain("61.4 % of 75 %, a % sign")) == "61\\.4\u00a0% of 75\u00a0%, a % sign"


@pytest.mark.parametrize(
    ("source", "is_link"),
    [
        ("https://example.org/method", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://example.org/) [x](javascript:y", False),
        ("ftp://example.org", False),
    ],
)
def test_only_web_addresses_become_links(source: str, is_link: bool) -> None:
    assert source_link(source).endswith(f"({source})") == is_link
    assert (source_link(source, "Source") == f"[Source]({source})") == is_link


def test_order_and_filters_of_an_address_are_taken_from_a_list_or_not_at_all() -> None:
    def screen() -> None:
        import streamlit as st

        from pages.ui.filters import filters_of_address, page_of_address, sort_of_address

        st.text(f"{sort_of_address()} {page_of_address()} {filters_of_address().chosen}")

    test = AppTest.from_function(screen)
    for name, value in (
        ("sort", "title; DROP TABLE datasets"),
        ("page", "-1"),
        ("owner_user_id", "1"),
        ("password_hash", "x"),
    ):
        test.query_params[name] = value
    test.run()
    assert test.text[0].value == "lowest 1 ()"


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("", None), ("-1", None), ("1.0", None), ("٣", None), ("9" * 19, None)],
)
def test_number_of_an_address_is_one_that_a_key_can_be(text: str, number: int | None) -> None:
    assert number_of_text(text) == number


def test_browser_session_of_somebody_else_is_emptied_before_anything_is_drawn() -> None:
    def screen() -> None:
        import streamlit as st

        from pages.ui.session import current_viewer

        viewer = current_viewer()
        st.text(f"{viewer.user_id} {st.session_state.get('upload_wizard', 'nothing kept')}")

    test = AppTest.from_function(screen)
    test.session_state["session_belongs_to"] = 7
    test.session_state["upload_wizard"] = "rows of person 7"
    test.run()
    assert test.text[0].value == "None nothing kept"


def test_text_is_cut_only_where_it_is_too_long() -> None:
    assert cut("Soil moisture", 13) == "Soil moisture"
    assert cut("Soil moisture", 6) == "Soil…"
