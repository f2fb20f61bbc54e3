"""What a column's cells look like: the shares of its values that pass each test of content."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

import polars as pl

from fairdb_core.importers.dates import date_of, day_first_of, has_day_and_month, period_of
from fairdb_core.importers.lists import listed
from fairdb_core.vocabularies.access_rights import access_of
from fairdb_core.vocabularies.formats import format_of, format_of_url, is_media_type
from fairdb_core.vocabularies.identifiers import scheme_of
from fairdb_core.vocabularies.languages import language_of
from fairdb_core.vocabularies.licences import spdx_of
from fairdb_core.vocabularies.placeholders import is_placeholder
from fairdb_core.vocabularies.resource_types import general_type_of

ROWS = 1_500
DISTINCT = 150
PARTS = 200
_LONGEST_DATE, _LONGEST_CODE, _LONGEST_TERMS = 40, 80, 300
_SHORTENED = 80
# From here on letters need no spaces between words.
_UNSPACED = 0x2E80
_FEWEST_TOPICS, _LONGEST_TOPIC, _MOST_TOPICS = 20, 30, 0.6
_URL = re.compile(r"(?i)^(?:(?:https?|ftp|s3)://\S+|(?:www|ftp)\.[\w.-]+/\S*)$")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_ISO_PERIOD = re.compile(r"\d{4}(?:-\d{2}){0,2}/(?:\d{4}|\.\.)")
_VARIABLE_TYPE = re.compile(
    r"(?:n?varchar|char|character|string|str|(?:big|small|tiny)?int|integer|number|numeric|float|"
    r"double|decimal|real|bool|boolean|bit|date|date ?time|timestamp|nominal|ordinal|categorical)"
    r"\d?\s*(?:\([^)]*\)|: *\d+)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*(?:[eE][-+]?\d+)?")
_SIZE = re.compile(
    r"(?i)^\D{0,12}\d+(?:[.,]\d+)*\s*(?:-\s*\d+\s*)?(?:[kmgtp]i?[bot]|[кмгт]б|bytes?|[bo]|"
    r"[^\W\d_]{3,12}(?: [^\W\d_]{3,12})?)$"
)
_BOX = re.compile(
    r"^[^\w+]*(?:-?\d+(?:\.\d+)?[\s,;]+){3}-?\d+(?:\.\d+)?\W*$|(?i:^envelope|^polygon)"
)
_BYTES = re.compile(r"(?i)^\d+(?:[.,]\d+)*\s*(?:[kmgt]i?[bo]|[кмгт]б|bytes?|octets?)$")
_HOST = re.compile(r"(?i)^[a-z][\w-]*(?:\.[\w-]+)*\.[a-z]{2,}$")
_PERSON = re.compile(r"^[^\W\d_][\w'’.-]*(?: [\w'’.-]+)?, [^\W\d_][\w'’. -]*$")
_LICENCE_WORDS = re.compile(
    r"(?i)licen[cs]|\bcc[ -]?(by|0)\b|creative ?commons|public domain|copyright|lizenz"
)
_SERVICE = re.compile(
    r"(?i)(mapserver|featureserver|imageserver|/wms|/wfs|service=w|/sparql|/api/)"
)
_GAZETTEER = re.compile(
    r"(?i)geonames|wikidata|getty|gazetteer|/place|authority/(?:count|cont|atu)"
)
_FREQUENCY = re.compile(
    r"(?i)^(?:(?:bi|semi)?-?(?:annual|annually|year|yearly|month|monthly|week|weekly|day|daily|"
    r"quarter|quarterly|hourly)|continuous|continual|irregular|as needed|never|static|unknown|"
    r"one[- ]?time|every .+|j[äa]hrlich|monatlich|w[öo]chentlich|t[äa]glich|annuel|mensuel|anual|"
    r"mensual|mensile|annuale|trim?estr\w+|semestr\w+|diari[oa]|giornaliero|hebdomadaire|semanal|"
    r"settimanale|j?aarlijks|maandelijks|wekelijks|dagelijks|[åa]rlig[at]?|årligen|m[åa]n[ae]d(?:lig|s)\w*|"
    r"rocznie|miesi[ęe]cznie|codziennie|ročně|měsíčně|denně|vuosittain|kuukausittain|évente|havonta|"
    r"y[ıi]ll[ıi]k|ayl[ıi]k|lunar|щороку|щомісяця|ежегодно|ежемесячно|ежедневно|ετήσια|μηνιαία|"
    r"[每毎][年月日週周]|年次|月次|毎日|연간|월간|매[년월일]|سنوي|شهري|يومي|r/p\d.*|.*/frequency/.*)$"
)
# What describes data rather than being them.
_PAGES = frozenset({"HTML", "JSON", "JSON-LD", "XML", "RDF/XML", "Turtle"})
_BOOLEANS = frozenset({"true", "false", "yes", "no", "ja", "nein", "oui", "non", "y", "n", "t", "f",
                       "0", "1"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """One column as its content shows it.

    Attributes:
        filled: Share of all cells that hold a value.
        distinct: Share of the filled cells that are different from each other.
        length: Median length of a value.
        shares: By test, the share of the values that pass it.
        separator: What parts several values in a cell.
        only_fillers: Whether cells are filled, but only with words for a missing value.
    """

    column: str
    filled: float
    distinct: float
    length: float
    shares: dict[str, float] = field(default_factory=dict)
    separator: str | None = None
    is_day_first: bool | None = None
    samples: tuple[str, ...] = ()
    only_fillers: bool = False

    def share(self, *tests: str) -> float:
        """Return the largest share among some tests."""
        return max((self.shares.get(test, 0.0) for test in tests), default=0.0)


def profile_of(cells: pl.Series) -> Profile:
    """Return what a column's cells look like.

    Args:
        cells: The raw cells.
    """
    step = max(1, cells.len() // ROWS)
    seen = cells.gather_every(step).str.strip_chars()
    values = [text for text in seen.to_list() if text and not is_placeholder(text)]
    distinct = list(dict.fromkeys(values))
    looked_at = distinct[:: max(1, len(distinct) // DISTINCT)][:DISTINCT]
    separator = separator_of(looked_at)
    parts = [part for text in looked_at for part in _parts(text, separator)]
    parts = parts[:: max(1, len(parts) // PARTS)][:PARTS]
    return Profile(
        column=cells.name,
        filled=len(values) / seen.len() if seen.len() else 0.0,
        distinct=len(distinct) / len(values) if values else 0.0,
        length=median(map(len, looked_at)) if looked_at else 0.0,
        shares=_shares(parts, looked_at, separator),
        separator=separator,
        is_day_first=_is_day_first(cells, looked_at),
        samples=tuple(_shortened(text) for text in distinct[:3]),
        only_fillers=not values and bool((seen != "").any()),
    )


def _is_day_first(cells: pl.Series, looked_at: Sequence[str]) -> bool | None:
    """Return how the whole column writes days and months, if the values looked at need it."""
    if not any(has_day_and_month(text) for text in looked_at):
        return None
    return day_first_of(cells.unique())


def separator_of(cells: Sequence[str]) -> str | None:
    """Return what parts several values in a column's cells, decided on all of them."""
    if not cells:
        return None
    lists = sum(listed(text) is not None for text in cells)
    if lists >= 0.5 * len(cells):
        return "json"
    for mark in ("||", "|", ";", "\n", ","):
        parted = [text.split(mark) for text in cells if mark in text]
        if len(parted) < max(1, (0.1 if mark == "," else 0.02) * len(cells)):
            continue
        parts = [part.strip() for group in parted for part in group if part.strip()]
        if parts and _are_items(parts, mark):
            return mark
    return None


def _are_items(parts: Sequence[str], mark: str) -> bool:
    """Return whether parts look like values of their own and not like pieces of prose."""
    lengths = sorted(map(len, parts))
    is_short = lengths[len(lengths) // 2] <= (30 if mark == "," else 90)
    has_sentences = sum(part.endswith(".") or len(part) > 150 for part in parts)  # noqa: PLR2004
    return is_short and has_sentences <= 0.15 * len(parts)


def _parts(text: str, separator: str | None) -> list[str]:
    values = listed(text)
    if values is None:
        values = text.split(separator) if separator and separator != "json" else [text]
    return [part.strip() for part in values if part.strip() and not is_placeholder(part)]


def _shares(parts: Sequence[str], cells: Sequence[str], separator: str | None) -> dict[str, float]:
    if not parts:
        return {}
    short = [part for part in parts if len(part) <= _LONGEST_CODE]
    shares = {
        name: sum(bool(test(part)) for part in (short if name in _OF_SHORT else parts)) / len(parts)
        for name, test in _TESTS.items()
    }
    shares["prose"] = sum(map(_is_prose, cells)) / len(cells)
    shares["worded"] = sum(" " in text.partition(separator or "\n")[0] for text in cells) / len(
        cells
    )
    shares["topic"] = float(_are_topics(parts, cells, separator))
    shares["box"] = sum(bool(_BOX.search(text)) for text in cells) / len(cells)
    shares["person"] = sum(bool(_PERSON.match(part.strip())) for text in cells
                           for part in text.split(";")[:1]) / len(cells)  # fmt: skip
    pieces = [piece for text in cells if "," in text for piece in text.split(",")]
    shares["full name"] = sum(" " in piece.strip() for piece in pieces) / (len(pieces) or 1)
    return shares


def _is_prose(text: str) -> bool:
    is_dense = len(text) > _LONGEST_TOPIC and ord(text[0]) > _UNSPACED
    return is_dense or (len(text) > 100 and " " in text)  # noqa: PLR2004


def _has_words(text: str) -> bool:
    is_dense = len(text) > 5 and any(ord(letter) > _UNSPACED for letter in text)  # noqa: PLR2004
    return is_dense or " " in text.strip()


def _are_topics(parts: Sequence[str], cells: Sequence[str], separator: str | None) -> bool:
    """Return whether cells are lists of short words that come again in others, as keywords do."""
    if separator is None or len(parts) < _FEWEST_TOPICS or len(parts) < 2 * len(cells):
        return False
    words = sum(len(part) <= _LONGEST_TOPIC and part[0].isalpha() for part in parts)
    comes_again = len(set(parts)) <= _MOST_TOPICS * len(parts)
    return comes_again and words >= 0.9 * len(parts)


def _is_date(text: str) -> bool:
    if len(text) > _LONGEST_DATE:
        return False
    value, finding = date_of(text)
    return value is not None or (finding is not None and finding.value == "ambiguous_date")


def _is_period(text: str) -> bool:
    if len(text) > _LONGEST_DATE:
        return False
    return _ISO_PERIOD.match(period_of(text)) is not None


def _is_file(text: str) -> bool:
    known = format_of_url(text) if _URL.match(text) else None
    return known is not None and known.name not in _PAGES


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHORTENED else flat[: _SHORTENED - 1] + "…"


_TESTS: dict[str, Callable[[str], object]] = {
    "doi": lambda text: scheme_of(text) == "doi",
    "pid": lambda text: scheme_of(text) in ("doi", "handle", "ark", "urn", "w3id", "purl"),
    "url": _URL.match,
    "file": _is_file,
    "service": lambda text: _URL.match(text) and _SERVICE.search(text),
    "gazetteer": _GAZETTEER.search,
    "email": _EMAIL.search,
    "date": _is_date,
    "year": lambda text: len(text) == 4 and text.isdecimal() and "1500" <= text <= "2100",  # noqa: PLR2004
    "period": _is_period,
    "number": _NUMBER.fullmatch,
    "boolean": lambda text: text.casefold() in _BOOLEANS,
    "licence": lambda text: (
        len(text) <= _LONGEST_TERMS and (spdx_of(text) or _LICENCE_WORDS.search(text))
    ),
    "language": lambda text: len(text) < 80 and language_of(text),  # noqa: PLR2004
    "language name": lambda text: 3 < len(text) < 40 and language_of(text),  # noqa: PLR2004
    "access": access_of,
    "media": is_media_type,
    "format": lambda text: len(text) < 40 and format_of(text),  # noqa: PLR2004
    "type": general_type_of,
    "variable type": _VARIABLE_TYPE.fullmatch,
    "size": _SIZE.match,
    "bytes": _BYTES.match,
    "host": _HOST.match,
    "english": lambda text: text.casefold() in ("en", "eng", "english", "en-gb", "en-us"),
    "frequency": _FREQUENCY.match,
    "spaced": lambda text: text.count(" ") > 0 and "://" not in text,
    "word": lambda text: len(text) > 1 and any(letter.isalpha() for letter in text),
}
# What no long text passes, so that long ones need not be tried.
_OF_SHORT = frozenset(
    {"date", "year", "period", "number", "boolean", "language", "language name", "media",
     "format", "type", "variable type", "frequency", "size"}
)  # fmt: skip
