"""What is added goes to a collection that somebody chose, unless only one can be meant."""

import pytest

from fairdb_core.domain.datasets import Visibility
from pages.ui.collection_choice import preselected
from pages.ui.wizard.read import visibility_in_words


@pytest.mark.parametrize(
    ("keys", "known", "asked", "expected"),
    [
        ([3, 4], None, "", None),
        ([3], None, "", 3),
        ([3, 4], None, "4", 4),
        ([3, 4], None, "5", None),
        ([3, 4], None, "four", None),
        ([3, 4], None, "9" * 5_000, None),
        ([3, 4], 3, "4", 3),
        ([3, 4], 9, "", None),
    ],
)
def test_only_what_can_be_meant_is_preselected(
    keys: list[int], known: int | None, asked: str, expected: int | None
) -> None:
    assert preselected(keys, known, asked) == expected


def test_view_for_the_public_says_that_it_must_be_allowed() -> None:
    def words(visibility: Visibility, *, is_allowed: bool) -> str:
        return visibility_in_words(visibility, is_public_allowed=is_allowed)

    assert words(Visibility.PUBLIC, is_allowed=False).endswith(
        "(once an administrator allows the public view)"
    )
    assert "administrator" not in words(Visibility.PUBLIC, is_allowed=True)
    assert "administrator" not in words(Visibility.PRIVATE, is_allowed=False)
