"""ORCID iDs of people and ROR ids of organisations: one form each, and their check digits.

Sources: ISO 7064 (MOD 11-2 for ORCID iDs, MOD 97-10 for ROR ids) as the ORCID and ROR
documentations describe them; facts.
"""

import re

# Sixteen digits in a row are an ORCID iD only where the text says so.
_ORCID = re.compile(
    r"(?i)(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid(?:\s*id)?:?\s*)"
    r"([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9x])\b"
    r"|\b([0-9]{4})-([0-9]{4})-([0-9]{4})-([0-9]{3}[0-9x])\b"
)
_ROR = re.compile(r"(?i)(?:https?://)?(?:www\.)?ror(?:\.org/|:\s*)(0[0-9a-z]{6}[0-9]{2})\b")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_ROR_MODULUS = 97


def with_canonical_ids(text: str) -> tuple[str, bool]:
    """Return a text with its ORCID iDs and ROR ids as addresses, and whether all are right.

    What has a wrong check digit is left as it stands: nobody can know which digit is meant.
    """
    wrong: list[str] = []

    def orcid(found: re.Match[str]) -> str:
        digits = "".join(group or "" for group in found.groups()).upper()
        return _kept(found, wrong, is_right=is_orcid(digits), form=_orcid_address(digits))

    def ror(found: re.Match[str]) -> str:
        number = found.group(1).lower()
        return _kept(found, wrong, is_right=is_ror(number), form=f"https://ror.org/{number}")

    return _ROR.sub(ror, _ORCID.sub(orcid, text)), not wrong


def is_orcid(digits: str) -> bool:
    """Return whether sixteen digits end in the right check digit (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == 10 else str(check))  # noqa: PLR2004


def is_ror(number: str) -> bool:
    """Return whether the last two digits of a ROR id are right (ISO 7064, MOD 97-10)."""
    if any(letter not in _CROCKFORD for letter in number[:-2]):
        return False
    value = 0
    for letter in number[:-2]:
        value = value * 32 + _CROCKFORD.index(letter)
    return int(number[-2:]) == 98 - value * 100 % _ROR_MODULUS


def _orcid_address(digits: str) -> str:
    groups = "-".join(digits[start : start + 4] for start in range(0, 16, 4))
    return f"https://orcid.org/{groups}"


def _kept(found: re.Match[str], wrong: list[str], *, is_right: bool, form: str) -> str:
    if is_right:
        return form
    wrong.append(found.group())
    return found.group()
