"""What a fix did, in words."""

import pytest

from fairdb_core.domain.fixes import BulkFix, FixAction, LookUp
from fairdb_core.domain.uploads import done_in_words

TABLE = LookUp("sizes.csv", (("10.5072/1", "9 MB"),))


@pytest.mark.parametrize(
    ("fix", "title"),
    [
        (
            BulkFix("license", FixAction.FILL, "CC0-1.0"),
            "Empty Licence set to CC0-1.0",
        ),
        (BulkFix("license", FixAction.SET, "CC-BY-4.0"), "Licence set to CC-BY-4.0"),
        (BulkFix("keywords", FixAction.SET, "soil\nwater\n"), "Keywords set to soil; water"),
        (
            BulkFix("license", FixAction.REPLACE, "CC0-1.0", found="CC0"),
            "Licence CC0 replaced by CC0-1.0",
        ),
        (BulkFix("license", FixAction.NORMALISE), "Licence brought to the usual form"),
        (
            BulkFix("media_types", FixAction.COPY, source="formats"),
            "Empty Media types copied from Formats",
        ),
        (BulkFix("size", FixAction.LOOK_UP, table=TABLE), "Size looked up in sizes.csv"),
        (BulkFix("keywords", FixAction.SPLIT, separator=";"), "Keywords split at “;”"),
        (BulkFix("keywords", FixAction.JOIN, separator=", "), "Keywords joined with “, ”"),
        (BulkFix("license", FixAction.CLEAR), "Licence emptied"),
        (
            BulkFix("description", FixAction.SET, "soil " * 40),
            f"Description set to {('soil ' * 40)[:79]}…",
        ),
    ],
)
def test_fix_says_what_it_did_to_which_field(fix: BulkFix, title: str) -> None:
    assert fix.title == title


def test_title_is_told_with_the_number_of_datasets() -> None:
    assert done_in_words("Licence emptied", 1_412) == "Licence emptied in 1,412 datasets"
    assert done_in_words("Licence emptied", 1) == "Licence emptied in 1 dataset"
    assert done_in_words("", 3) == ""
