"""Cells that hold several values: parted by a mark, or written as a JSON or Python list."""

import ast
import re
from collections.abc import Iterable
from functools import cache

import orjson
import polars as pl

from fairdb_core.metadata import Kind

_MARKS_IN_URLS = (";", ",", "|")
_URL_START = r"[a-z][a-z0-9+.-]*://|www\.|doi:|hdl:|10\.[0-9]"
_NOTHING = r"(?:n/?a|nan|none|null|-)?"
_BETWEEN_QUOTES = re.compile(r"(?<=['\"])\s+(?=['\"])")
# Old DOIs made from a SICI end in ``2.0.CO;2``.
_SICI_END = r"(?i)2\.0\.co;[0-9]"
_BETWEEN_IDENTIFIERS = re.compile(r"(?i)(?<!2\.0\.co);|;(?![0-9])")
_NAMING_KEYS = (
    "name", "title", "label", "value", "prefLabel", "text", "display_name", "@value", "url", "id",
    "identifier", "@id",
)  # fmt: skip


def listed(cell: str) -> list[str] | None:
    """Return the values of a cell written as a JSON or Python list, ``None`` if it is none.

    A list that holds something without a name is left as it stands, lest a value be lost.
    """
    text = cell.strip()
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        found = _parsed(text)
        texts = list(_texts(found)) if isinstance(found, list) else None
        # An escape can spell half a character, which no text may hold.
        "".join(texts or ()).encode()
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return texts


def parted(cell: str, separator: str | None, kind: Kind = Kind.TEXT) -> list[str]:
    """Return the values of a cell.

    Args:
        separator: What parts them; ``None`` for one value or a list. Where lines do, those of a
            cell are values, even if they look like a list together: pieces of one may.
        kind: What the values are; a mark inside of an address or a DOI does not part it.
    """
    is_one_mark = separator is not None and len(separator) == 1
    has_lines = separator == "\n" and "\n" in cell.strip()
    whole = cell.strip(f"{separator} ") if is_one_mark else cell
    values = None if has_lines else listed(whole)
    if values is not None:
        return values
    if separator is None:
        return [cell]
    return [value for part in _split(cell, separator, kind) for value in listed(part) or [part]]


def _split(cell: str, separator: str, kind: Kind) -> list[str]:
    if kind is Kind.URL and separator in _MARKS_IN_URLS:
        return _between_urls(separator).split(cell)
    if kind is Kind.IDENTIFIER and separator == ";":
        return _BETWEEN_IDENTIFIERS.split(cell)
    return cell.split(separator)


def has_inner_marks(values: pl.Series, separator: str | None, kind: Kind) -> bool:
    """Return whether some cell of a column may hold the separator inside of a value."""
    if kind is Kind.URL and separator in _MARKS_IN_URLS:
        every = values.str.count_matches(separator, literal=True)
        return bool((every != values.str.count_matches(_parting(separator, ""))).any())
    if kind is Kind.IDENTIFIER and separator == ";":
        return bool(values.str.contains(_SICI_END).any())
    return False


def _parting(separator: str, look_ahead: str) -> str:
    mark = re.escape(separator)
    return rf"(?i){mark}({look_ahead}\s|$|{_URL_START}|{_NOTHING}(?:\s|$|{mark}))"


@cache
def _between_urls(separator: str) -> re.Pattern[str]:
    return re.compile(_parting(separator, "?="))


def _parsed(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        # An array of numpy is printed without commas, which Python would read as one text.
        return ast.literal_eval(_BETWEEN_QUOTES.sub(", ", text))


def _texts(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        if isinstance(value, str | int | float):
            yield str(value)
        elif isinstance(value, list):
            yield from _texts(value)
        elif isinstance(value, dict):
            named = next((value[key] for key in _NAMING_KEYS if value.get(key)), None)
            if value and not isinstance(named, str):
                raise ValueError(value)
            yield named or ""
        elif value is not None:
            raise ValueError(value)
