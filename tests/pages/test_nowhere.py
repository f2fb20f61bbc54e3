"""An address that names no screen is told from one that does."""

import pytest

from pages.ui.nowhere import misspelt


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (None, ""),
        ("http://localhost:8501", ""),
        ("http://localhost:8501/", ""),
        ("http://localhost:8501/nonsense", "nonsense"),
        ("http://localhost:8501/n%C3%A4chste%20seite/", "nächste seite"),
        ("http://localhost:8501/uploads?batch=1", ""),
        ("http://localhost:8501/a/b", ""),
        ("http://localhost:8501/a%2Fb", ""),
        ("http://localhost:8501/%20", ""),
    ],
)
def test_only_a_name_of_no_screen_is_misspelt(url: str | None, expected: str) -> None:
    assert misspelt(url, ["", "uploads"]) == expected
