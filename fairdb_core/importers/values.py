"""One value of one kind, brought to its canonical spelling, and what is wrong with it."""

import re
from collections.abc import Callable

from fairdb_core.importers.boxes import box_of
from fairdb_core.importers.dates import date_of, period_of
from fairdb_core.importers.findings import Finding
from fairdb_core.metadata import Kind
from fairdb_core.vocabularies.access_rights import access_of
from fairdb_core.vocabularies.formats import format_of, is_media_type
from fairdb_core.vocabularies.identifiers import normalise_identifier, scheme_of
from fairdb_core.vocabularies.languages import language_of
from fairdb_core.vocabularies.licences import spdx_of

Value = tuple[str | None, Finding | None]

_URL = re.compile(r"(?i)^(?:https?|s?ftps?)://[^\s/?#]+\S*$")
_EMAIL = re.compile(r"[^@\s,;:<>()\"]+@[^@\s,;:<>().\"]+(?:\.[^@\s,;:<>().?\"]+)+")
RELATIONS = (
    r"is[a-z]+(?:to|by|of|from|in)|has[a-z]+|cites|describes|documents|continues|obsoletes"
    r"|references|requires|reviews|compiles|collects|translationof"
)
_RELATION = re.compile(rf"(?i)^({RELATIONS})\s*:\s*(\S.*)$")
_IANA = re.compile(r"(?i)^https?://(?:www\.)?iana\.org/assignments/media-types/(?=\S)")


def value_of(kind: Kind, text: str, *, is_day_first: bool | None = None) -> Value:
    """Return a value's canonical spelling, ``None`` where nothing can be kept.

    Args:
        kind: What the field holds.
        text: The value, trimmed and no placeholder.
        is_day_first: How ``03/04/2025`` is read.
    """
    if kind is Kind.DATE:
        return date_of(text, is_day_first=is_day_first)
    if kind is Kind.PERIOD:
        return period_of(text, is_day_first=is_day_first), None
    judge = _JUDGES.get(kind)
    return judge(text) if judge else (text, None)


def split_urls(text: str) -> list[str]:
    """Return the addresses of a cell that holds nothing but addresses, else the cell itself."""
    parts = [part.strip(",;") for part in text.split()]
    return parts if len(parts) > 1 and all(_URL.match(part) for part in parts) else [text]


def _identifier(text: str) -> Value:
    relation = _RELATION.match(text)
    if relation:
        return f"{relation.group(1)}:{normalise_identifier(relation.group(2))}", None
    return normalise_identifier(text), None


def _url(text: str) -> Value:
    if _URL.match(text):
        return text, None
    scheme = scheme_of(text)
    if scheme == "doi":
        return f"https://doi.org/{normalise_identifier(text)}", None
    if scheme == "handle":
        bare = normalise_identifier(text).removeprefix("hdl:")
        return f"https://hdl.handle.net/{bare}", None
    first = split_urls(text)[0]
    if first != text:
        return first, Finding.SEVERAL_VALUES
    return None, Finding.URL_NOT_UNDERSTOOD


def _licence(text: str) -> Value:
    known = spdx_of(text)
    return (known, None) if known else (text, Finding.LICENCE_NOT_RECOGNISED)


def _access(text: str) -> Value:
    known = access_of(text)
    if known:
        return known, None
    return text, Finding.ACCESS_NOT_RECOGNISED


def _language(text: str) -> Value:
    known = language_of(text)
    return (known, None) if known else (text, Finding.LANGUAGE_NOT_RECOGNISED)


def _format(text: str) -> Value:
    text = _IANA.sub("", text)
    known = format_of(text)
    if known:
        return known.name, None
    return text, None if is_media_type(text) else Finding.FORMAT_NOT_RECOGNISED


def _media_type(text: str) -> Value:
    text = _IANA.sub("", text)
    known = format_of(text)
    if known and known.media_type:
        return known.media_type, None
    if is_media_type(text):
        return text.casefold(), None
    return text, Finding.MEDIA_TYPE_NOT_RECOGNISED


def _email(text: str) -> Value:
    found = list(dict.fromkeys(_EMAIL.findall(text)))
    if not found:
        return None, Finding.EMAIL_NOT_UNDERSTOOD
    return found[0], Finding.SEVERAL_VALUES if len(found) > 1 else None


_JUDGES: dict[Kind, Callable[[str], Value]] = {
    Kind.IDENTIFIER: _identifier,
    Kind.URL: _url,
    Kind.LICENSE: _licence,
    Kind.ACCESS_RIGHTS: _access,
    Kind.LANGUAGE: _language,
    Kind.FORMAT: _format,
    Kind.MEDIA_TYPE: _media_type,
    Kind.EMAIL: _email,
    Kind.BOX: box_of,
}
