"""Dates as tables write them, brought to ISO 8601 with the precision they have."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime

from fairdb_core.importers.findings import Finding

_TIME = (
    r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[AaPp][Mm]|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(
    r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?" + _TIME + r"(?:Z|[+-]\d{2}:\d{2})?$"
)
_COMPACT = re.compile(r"^(1[5-9]|20)(\d{2})(\d{2})(\d{2})$")
_YEAR_LAST = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{2}|\d{4})" + _TIME + r"$")
_MONTH_YEAR = re.compile(r"^(0?[1-9]|[1-9]\d)[-/.](\d{4})$")
_SHORT_YEAR = re.compile(r"^(\d{1,2})([-/. ])([^\W\d_]{3,10})\.?\2(\d{2})$")
_EAST_ASIAN = re.compile(r"^(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?)?$")
# No date begins with five digits but one of eight, and none is shorter than a year.
_NUMBERS = re.compile(r"^(?!\d{8}$)(?:\d{5,}(?:[-/.: ][-/.:, \d]*)?|\d{1,3})$", re.ASCII)
_LETTER = re.compile(r"[A-Za-z]")
_WORDS = re.compile(r"[a-z]+|\d+")
_PERIOD = re.compile(r"^(.+?)(?:\s*/\s*|\s+(?:-|–|—|to|bis|until|through|à|au|hasta|al|até|tot)\s+"
                     r"|\s*(?:–|—)\s*|(?<=\d{4})-(?=\d{4}$))(.*)$")  # fmt: skip
_OPEN_ENDS = frozenset({"", "..", "present", "now", "ongoing", "today", "heute", "current"})
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
_CENTURY = 100
_LARGEST_MONTH = 12
_MONTHS = {
    1: "january jan januar jaenner janvier janv enero ene gennaio gen janeiro januari januar",
    2: "february feb februar fevrier fevr fev febrero febbraio fevereiro februari",
    3: "march mar maerz marz marzo mars mrz marco maart mrt",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio mag maio mei maj",
    6: "june jun juni juin junio giugno giu junho",
    7: "july jul juli juillet juil julio luglio lug julho",
    8: "august aug aout agosto ago augustus augusti",
    9: "september sep sept septembre septiembre settembre set setembro",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out oktober",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez decembre diciembre dic dicembre dezembro desember",
}
_MONTH_OF = {word: number for number, words in _MONTHS.items() for word in words.split()}
_FILLERS = frozenset({"of", "de", "del", "di", "den", "der", "le", "the", "st", "nd", "rd", "th",
                      "er", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday",
                      "wednesday", "thursday", "friday", "saturday", "sunday"})  # fmt: skip


def date_of(text: str, *, is_day_first: bool | None = None) -> tuple[str | None, Finding | None]:
    """Return a date as ISO 8601, or what is wrong with it.

    Args:
        text: One date, with or without a time, which is left out.
        is_day_first: How ``03/04/2025`` is read; ``None`` where the column does not say.
    """
    if _NUMBERS.match(text):
        return None, Finding.DATE_NOT_UNDERSTOOD
    year_first = _YEAR_FIRST.match(text) or _EAST_ASIAN.match(text)
    if year_first:
        year, month, day = year_first.groups()
        return _iso(int(year), int(month or 0), int(day or 0))
    compact = _COMPACT.match(text)
    if compact:
        century, years, month, day = compact.groups()
        return _iso(int(century + years), int(month), int(day))
    year_last = _YEAR_LAST.match(text)
    if year_last:
        return _year_last(*year_last.groups(), is_day_first=is_day_first)
    month_year = _MONTH_YEAR.match(text)
    if month_year:
        return _iso(int(month_year.group(2)), int(month_year.group(1)), 0)
    short_year = _SHORT_YEAR.match(text)
    if short_year:
        day, _, month, year = short_year.groups()
        text = f"{day} {month} {_full_year(year)}"
    return _in_words(text)


def period_of(text: str, *, is_day_first: bool | None = None) -> str:
    """Return a period as ``start/end``, a single date as itself, and any other words unchanged."""
    whole, _ = date_of(text, is_day_first=is_day_first)
    if whole is not None:
        return whole
    match = _PERIOD.match(text)
    if match is None:
        return text
    ends = [part.strip() for part in match.groups()]
    start, _ = date_of(ends[0], is_day_first=is_day_first)
    if start is None:
        return text
    end, _ = date_of(ends[1], is_day_first=is_day_first)
    if end and start[:4] <= end[:4]:
        return f"{start}/{end}"
    if ends[1].casefold() in _OPEN_ENDS:
        return f"{start}/.."
    return text


def has_day_and_month(text: str) -> bool:
    """Return whether a text writes a day and a month as numbers, the year last."""
    return _YEAR_LAST.match(text.strip()) is not None


def day_first_of(texts: Iterable[str]) -> bool | None:
    """Return how a column writes days and months, ``None`` where it does not tell.

    Args:
        texts: The cells of the column.
    """
    is_day_first = is_month_first = False
    for text in texts:
        match = _YEAR_LAST.match(text.strip())
        if match is None:
            continue
        first, mark, second, _ = match.groups()
        is_day_first |= int(first) > _LARGEST_MONTH or mark == "."
        is_month_first |= int(second) > _LARGEST_MONTH
    return None if is_day_first == is_month_first else is_day_first


def _year_last(
    first: str, mark: str, second: str, year: str, *, is_day_first: bool | None
) -> tuple[str | None, Finding | None]:
    one, two = int(first), int(second)
    if mark == "." or one > _LARGEST_MONTH:
        is_day_first = True
    elif two > _LARGEST_MONTH:
        is_day_first = False
    if is_day_first is None and one != two:
        return None, Finding.AMBIGUOUS_DATE
    day, month = (one, two) if is_day_first else (two, one)
    return _iso(_full_year(year), month, day)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - two digits leave the century open
        return year
    this = datetime.now(UTC).year
    return year + this - this % _CENTURY - (0 if year <= this % _CENTURY + 1 else _CENTURY)


def _in_words(text: str) -> tuple[str | None, Finding | None]:
    """Return a date whose month is a word, in one of several languages."""
    if text.isascii() and not _LETTER.search(text):
        return None, Finding.DATE_NOT_UNDERSTOOD
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ä", "ae"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _WORDS.findall(plain.split(" at ")[0].split("t0")[0])
    months = [_MONTH_OF[word] for word in words if word in _MONTH_OF]
    strangers = [w for w in words if w.isalpha() and w not in _MONTH_OF and w not in _FILLERS]
    numbers = [word for word in words if word.isdecimal()]
    years = [int(number) for number in numbers if len(number) == 4]  # noqa: PLR2004
    days = [int(number) for number in numbers[:2] if len(number) <= 2]  # noqa: PLR2004
    if len(months) != 1 or strangers or len(years) != 1 or len(days) > 1:
        return None, Finding.DATE_NOT_UNDERSTOOD
    return _iso(years[0], months[0], days[0] if days else 0)


def _iso(year: int, month: int, day: int) -> tuple[str | None, Finding | None]:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None, Finding.DATE_NOT_UNDERSTOOD
    if day and not month:
        return None, Finding.IMPOSSIBLE_DATE
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None, Finding.IMPOSSIBLE_DATE
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)]
    return "-".join(parts), None
