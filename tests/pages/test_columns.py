"""Why a column goes where it goes, in words."""

from fairdb_core.domain.uploads import ColumnMapping
from pages.ui.wizard.columns import why_in_words


def test_percent_sign_stays_with_its_number_in_why_a_column_goes_somewhere() -> None:
    column = ColumnMapping("abs_tract", "description", 0.987, "83 % of the values are sentences")
    assert why_in_words(column) == (
        "- **abs\\_tract** → Description, 99\u00a0%: 83\u00a0% of the values are sentences"
    )


def test_column_that_goes_nowhere_is_left_out() -> None:
    column = ColumnMapping("x", None, 0.0, "neither header nor content say")
    assert why_in_words(column) == "- **x** → left out: neither header nor content say"
