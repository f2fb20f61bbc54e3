"""ORCID iDs and ROR ids: one form, and check digits that are told to be right or wrong."""

import pytest

from fairdb_core.vocabularies.researchers import is_orcid, is_ror, with_canonical_ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("http://orcid.org/0000-0002-1694-233x", "https://orcid.org/0000-0002-1694-233X"),
        ("Curie (ORCID: 0000000218250097)", "Curie (https://orcid.org/0000-0002-1825-0097)"),
        ("CDL ror.org/03YRM5C26", "CDL https://ror.org/03yrm5c26"),
        ("ror:02mhbdp94", "https://ror.org/02mhbdp94"),
        ("1234567812345678", "1234567812345678"),
        ("Curie, Marie", "Curie, Marie"),
    ],
)
def test_identifier_gets_its_one_form(text: str, expected: str) -> None:
    assert with_canonical_ids(text) == (expected, True)
    assert with_canonical_ids(expected) == (expected, True)


@pytest.mark.parametrize(
    "text", ["0000-0002-1825-0098", "https://ror.org/03yrm5c27", "ror.org/03yruuu26"]
)
def test_wrong_check_digit_is_told_and_left(text: str) -> None:
    assert with_canonical_ids(text) == (text, False)


def test_every_single_wrong_digit_is_found() -> None:
    digits = "0000000218250097"
    for place in range(16):
        for wrong in set("0123456789") - {digits[place]}:
            assert not is_orcid(digits[:place] + wrong + digits[place + 1 :])
    assert is_orcid(digits)
    assert is_ror("03yrm5c26")
    assert not is_ror("03yrm5c25")
