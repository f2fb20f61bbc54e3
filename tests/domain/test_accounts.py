"""The rules of names, as the forms state them."""

import pytest

from fairdb_core.domain.accounts import (
    checked_email,
    checked_full_name,
    checked_orcid,
    checked_username,
)
from fairdb_core.errors import ValidationError


@pytest.mark.parametrize("name", ["ada", " a_d-a1 ", "x" * 50])
def test_plain_user_names_are_taken(name: str) -> None:
    assert checked_username(name) == name.strip()


@pytest.mark.parametrize("name", ["ad", "x" * 51, "a b c", "ada@x", "ада", "ada\n1", "", "a\x00da"])
def test_other_user_names_are_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="3 to 50"):
        checked_username(name)


@pytest.mark.parametrize("name", ["admin", "ROOT", "Api", " system ", "\uff41dmin"])
def test_reserved_names_are_refused_in_every_look(name: str) -> None:
    with pytest.raises(ValidationError, match="is reserved"):
        checked_username(name)


@pytest.mark.parametrize("email", ["a@b.nl", " ada.l+x@uni.example.org "])
def test_plain_addresses_are_taken(email: str) -> None:
    assert checked_email(email) == email.strip()


@pytest.mark.parametrize(
    "email",
    [
        "notanemail",
        "@example.com",
        "user@",
        "",
        "a@b",
        "a b@c.nl",
        "a@b..nl",
        "a\x00@b.nl",
        "x" * 256,
    ],
)
def test_other_addresses_are_refused(email: str) -> None:
    with pytest.raises(ValidationError, match="Invalid email"):
        checked_email(email)


def test_full_name_keeps_single_blanks() -> None:
    assert checked_full_name("  Zoë \t de   Vries ") == "Zoë de Vries"


@pytest.mark.parametrize("name", ["x" * 101, "a\x00b", "a\u202eb"])
def test_full_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="at most 100"):
        checked_full_name(name)


@pytest.mark.parametrize(
    ("orcid", "kept"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        (" https://orcid.org/0000-0002-1694-233x ", "0000-0002-1694-233X"),
        ("", None),
    ],
)
def test_orcid_is_kept_as_four_groups(orcid: str, kept: str | None) -> None:
    assert checked_orcid(orcid) == kept


@pytest.mark.parametrize(
    "orcid",
    ["0000-0002-1825-0098", "0000-0000-0000-0000", "0000000218250097", "X", "٠000-0002-1825-0097"],
)
def test_orcid_with_a_slip_is_refused(orcid: str) -> None:
    with pytest.raises(ValidationError, match="0000-0002-1825-0097"):
        checked_orcid(orcid)
