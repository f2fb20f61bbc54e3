"""A browser is named as its owner knows it."""

import pytest

from pages.ui.browsers import browser_in_words

LINUX = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{LINUX} Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        (f"{WINDOWS} AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (f"{WINDOWS} Gecko/20100101 Firefox/142.0", "Firefox on Windows"),
        (f"{PHONE} Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "Unknown browser"),
    ],
)
def test_browser_is_named_by_what_it_is_and_not_by_what_it_resembles(
    user_agent: str, words: str
) -> None:
    assert browser_in_words(user_agent) == words
