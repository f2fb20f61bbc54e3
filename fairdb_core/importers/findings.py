"""What can be wrong with a cell or a row, what was expected, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fairdb_core.domain.uploads import Problem, Severity


class Finding(StrEnum):
    """A cause, by the stable name under which programs know it."""

    NO_IDENTIFIER_OR_TITLE = "no_identifier_or_title"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    BLANK_ROW = "blank_row"
    PLACEHOLDER = "placeholder"
    AMBIGUOUS_DATE = "ambiguous_date"
    DATE_NOT_UNDERSTOOD = "date_not_understood"
    IMPOSSIBLE_DATE = "impossible_date"
    URL_NOT_UNDERSTOOD = "url_not_understood"
    SEVERAL_VALUES = "several_values"
    EMAIL_NOT_UNDERSTOOD = "email_not_understood"
    BOX_NOT_UNDERSTOOD = "box_not_understood"
    LICENCE_NOT_RECOGNISED = "licence_not_recognised"
    ACCESS_NOT_RECOGNISED = "access_not_recognised"
    LANGUAGE_NOT_RECOGNISED = "language_not_recognised"
    FORMAT_NOT_RECOGNISED = "format_not_recognised"
    MEDIA_TYPE_NOT_RECOGNISED = "media_type_not_recognised"
    CHECK_DIGIT_WRONG = "check_digit_wrong"
    TYPE_NOT_RECOGNISED = "type_not_recognised"
    ONE_VALUE_FOR_MANY = "one_value_for_many"
    EXAMPLE_TYPED = "example_typed"
    VALUE_REPLACED = "value_replaced"
    KEY_NOT_FOUND = "key_not_found"
    KEY_REPEATED = "key_repeated"


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a cause is told to people."""

    severity: Severity
    expected: str
    remedy: str


_W, _E = Severity.WARNING, Severity.ERROR

MEANINGS: dict[Finding, Meaning] = {
    Finding.NO_IDENTIFIER_OR_TITLE: Meaning(
        _E, "an identifier or a title", "Fill in one of them, or leave the row out."
    ),
    Finding.DUPLICATE_IN_FILE: Meaning(
        _E, "each dataset once", "Keep the row that is right and leave the others out."
    ),
    Finding.BLANK_ROW: Meaning(_W, "a dataset in each row", "Nothing is stored for it."),
    Finding.PLACEHOLDER: Meaning(
        _W, "a value, or an empty cell", "Counted as empty. Fill in what is known."
    ),
    Finding.AMBIGUOUS_DATE: Meaning(
        _W,
        "a date that can be read in one way only",
        "Left empty. Say whether the column has the day or the month first, or write 2025-04-03.",
    ),
    Finding.DATE_NOT_UNDERSTOOD: Meaning(
        _W, "a date such as 2025-04-03, 2025-04 or 2025", "Left empty. Write it as 2025-04-03."
    ),
    Finding.IMPOSSIBLE_DATE: Meaning(
        _W, "a day that exists", "Left empty. Correct the day or the month."
    ),
    Finding.URL_NOT_UNDERSTOOD: Meaning(
        _W,
        "an address that begins with https:// or http://",
        "Left empty. Write the whole address.",
    ),
    Finding.SEVERAL_VALUES: Meaning(
        _W, "one value", "The first is kept. Put the others into a column of their own."
    ),
    Finding.EMAIL_NOT_UNDERSTOOD: Meaning(
        _W, "an address such as name@example.org", "Left empty. Correct the address."
    ),
    Finding.BOX_NOT_UNDERSTOOD: Meaning(
        _W, "west,south,east,north in degrees", "Left empty. Write it as 7.5,47.5,8.6,50.0."
    ),
    Finding.LICENCE_NOT_RECOGNISED: Meaning(
        _W,
        "an SPDX licence identifier such as CC-BY-4.0",
        "No SPDX licence is recognised in it. It is kept as it is, and checks that ask for a "
        "known licence stay unmet. Choose one from spdx.org/licenses.",
    ),
    Finding.ACCESS_NOT_RECOGNISED: Meaning(
        _W,
        "open access, embargoed access, restricted access or metadata only access",
        "Kept as it is, and checks that ask for a term stay unmet. Use one of the four terms.",
    ),
    Finding.LANGUAGE_NOT_RECOGNISED: Meaning(
        _W, "an ISO 639 code such as en", "Kept as it is. Use the code of the language."
    ),
    Finding.FORMAT_NOT_RECOGNISED: Meaning(
        _W,
        "a known format such as CSV or NetCDF",
        "Kept as it is, and checks that ask for a known format stay unmet. Use the usual short "
        "name.",
    ),
    Finding.MEDIA_TYPE_NOT_RECOGNISED: Meaning(
        _W,
        "a media type such as text/csv",
        "Kept as it is, and checks that ask for a known type stay unmet. Use a type registered "
        "with IANA.",
    ),
    Finding.CHECK_DIGIT_WRONG: Meaning(
        _W,
        "an ORCID iD or ROR id whose check digit is right",
        "Left as it is. Look the person or organisation up and correct the number.",
    ),
    Finding.TYPE_NOT_RECOGNISED: Meaning(
        _W,
        "one of DataCite's general types, such as Dataset",
        "Kept as it is. Use one of the types, so that programs know it.",
    ),
    Finding.ONE_VALUE_FOR_MANY: Meaning(
        _W,
        "a value of its own for each dataset",
        "What stands in this field belongs to one dataset and is hardly true of several. Look "
        "the values up in a table by identifier, or put in only what is true of all of them.",
    ),
    Finding.EXAMPLE_TYPED: Meaning(
        _W,
        "what is true of these datasets",
        "This is the example that is shown with the field. Put it in only if it is true.",
    ),
    Finding.VALUE_REPLACED: Meaning(
        _W,
        "an empty field",
        "What stands there is replaced. To keep it, fill in only where the field is empty.",
    ),
    Finding.KEY_NOT_FOUND: Meaning(
        _W,
        "the identifier of one of these datasets",
        "Passed over. Compare how the identifier is written, or choose more datasets.",
    ),
    Finding.KEY_REPEATED: Meaning(
        _W,
        "one value for each identifier",
        "None of the different values is used. Keep the row that is right.",
    ),
}


def count_rows(problems: Sequence[Problem]) -> int:
    """Return how many rows have at least one of some problems."""
    of_the_whole = max((each.count for each in problems if not each.rows), default=0)
    numbered = [np.asarray(each.rows) for each in problems if each.rows]
    return max(of_the_whole, len(np.unique(np.concatenate(numbered))) if numbered else 0)
