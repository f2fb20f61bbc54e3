"""An address that names no screen is told from one that does."""

import pytest

from pages.ui.nowhere import leads_nowhere


@pytest.mark.parametrize(
    ("opened", "url", "expected"),
    [
        ("", None, False),
        ("", "http://localhost:8501", False),
        ("", "http://localhost:8501/", False),
        ("", "http://localhost:8501/nonsense", True),
        ("", "http://localhost:8501/a/b/", True),
        ("", "http://localhost:8501/uploads?batch=1", False),
        ("uploads", "http://localhost:8501/uploads", False),
    ],
)
def test_only_a_start_page_opened_for_a_name_leads_nowhere(
    opened: str, url: str | None, expected: bool
) -> None:
    assert leads_nowhere(url, opened, ["", "uploads"]) is expected
