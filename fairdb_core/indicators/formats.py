"""Facts about the files: their size, and whether their format is open and lasts."""

import re
from collections.abc import Callable

import polars as pl

from fairdb_core.indicators.expressions import (
    Judge,
    JudgedCells,
    all_filled,
    filled,
    met_if,
    met_or_partly_if,
)
from fairdb_core.indicators.registry import indicator
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import VALUE_SEPARATOR, Record, values_of
from fairdb_core.vocabularies.formats import (
    MQA_MACHINE_READABLE,
    MQA_NON_PROPRIETARY,
    format_of,
)
from fairdb_core.vocabularies.media_types import is_registered

# The ending of the file's name in one address; that of the host is none.
_EXTENSION = r"(?is)[^/:]/+[^/?#]*\.([a-z0-9]{1,8})(?:[?#].*)?$"
# An archive does not tell what is in it, and a web page shows data rather than holding them.
_WITHOUT_DATA_FORMAT = frozenset({"ZIP", "GZIP", "TAR", "7z", "RAR", "HTML", "RDFa"})
_STRUCTURED = re.compile(r"(?i)\s*[a-z]+/(?:[^\s;+]+\+)?(?:xml|json)\s*(?:;|$)")


def _is_listed_format(text: str) -> bool:
    return format_of(text) is not None


def _listed_evidence(record: Record) -> str:
    told = []
    for field, decide in (("formats", _is_listed_format), ("media_types", is_registered)):
        values = values_of(record, field)
        title = FIELD_BY_NAME[field].title
        if not values:
            told.append(f"no value in {title}")
        else:
            known = "listed" if any(map(decide, values)) else "not listed"
            told.append(f"{title}: {'; '.join(values)[:120]} ({known})")
    return ", ".join(told)


def _endings() -> pl.Expr:
    """Return the endings of the names of the files that the download addresses lead to."""
    url = pl.col("download_url")
    has_several = url.str.contains(VALUE_SEPARATOR, literal=True)
    parted = pl.when(has_several).then(url).str.split(VALUE_SEPARATOR)
    endings = parted.list.eval(pl.element().str.extract(_EXTENSION, 1)).list.join(VALUE_SEPARATOR)
    return pl.when(has_several).then(endings).otherwise(url.str.extract(_EXTENSION, 1))


def _has(*traits: str) -> Callable[[str], bool]:
    """Return a function that says whether a name means a format with one of some traits."""

    def decide(text: str) -> bool:
        found = format_of(text)
        return found is not None and not found.traits.isdisjoint(traits)

    return decide


def _has_both(text: str) -> bool:
    found = format_of(text)
    return found is not None and {"science", "machine"} <= found.traits


def _is_open_or_science(text: str) -> bool:
    found = format_of(text)
    if found is not None and found.name in _WITHOUT_DATA_FORMAT:
        return False
    return _has("open", "lasting", "science")(text) or bool(_STRUCTURED.match(text))


def _is_one_of(names: frozenset[str]) -> Callable[[str], bool]:
    """Return a function that says whether a text means a format of a list."""

    def decide(text: str) -> bool:
        found = format_of(text)
        return found is not None and found.name in names

    return decide


_JUDGES: dict[str, Judge] = {
    "open or science": _is_open_or_science,
    "machine": _has("machine"),
    "community": _has("science", "lasting"),
    "community and machine": _has_both,
    "non-proprietary": _is_one_of(MQA_NON_PROPRIETARY),
    "machine by list": _is_one_of(MQA_MACHINE_READABLE),
    "listed": _is_listed_format,
    "listed type": is_registered,
}
_NAMES = JudgedCells("formats", pl.col("formats"), _JUDGES)
_TYPES = JudgedCells("media types", pl.col("media_types"), _JUDGES)
_ENDINGS = JudgedCells("endings", _endings(), _JUDGES)


def _passes(name: str) -> pl.Expr:
    return _NAMES.passing(name) | _TYPES.passing(name)


def _met_by_format(name: str) -> pl.Expr:
    """Return met where a format, a media type or the name of a file passes."""
    return met_if(_passes(name) | _ENDINGS.passing(name))


@indicator(
    "size",
    "formats",
    "media_types",
    "service_url",
    advice="Give the Size with its unit, and the Formats of the data files.",
    fix_fields=("size", "formats"),
)
def states_size_and_format() -> pl.Expr:
    """Are the size and the type of the data said, or the service that gives them out?"""
    typed = filled("formats", "media_types")
    return met_if((filled("size") & typed) | (all_filled("service_url") & typed))


@indicator(
    "formats",
    "media_types",
    "download_url",
    advice="Offer the data in an open or scientific format such as CSV, JSON, NetCDF or GeoTIFF, "
    "and name it in Formats.",
)
def format_is_open_or_scientific() -> pl.Expr:
    """Is the file format open, fit for long-term preservation, or made for scientific data?"""
    return _met_by_format("open or science")


@indicator(
    "formats",
    "media_types",
    "download_url",
    advice="Offer the data in a format that programs read, such as CSV, JSON or NetCDF, and name "
    "it in Formats.",
)
def format_is_machine_readable() -> pl.Expr:
    """Is the file format one that programs can read the data from?"""
    return _met_by_format("machine")


@indicator(
    "formats",
    "media_types",
    "download_url",
    advice="Offer the data in a format that your field shares, such as NetCDF, FASTA or GeoTIFF, "
    "or in an open one such as CSV, and name it in Formats.",
)
def format_is_of_community() -> pl.Expr:
    """Is the file format one that a research community shares?"""
    return _met_by_format("community")


@indicator(
    "formats",
    "media_types",
    "download_url",
    advice="Offer the data in a scientific format that programs read, such as NetCDF, HDF5 or "
    "GeoTIFF, and name it in Formats.",
)
def format_is_of_community_and_readable() -> pl.Expr:
    """Is the file format one that a research community shares and programs can read?"""
    return _met_by_format("community and machine")


@indicator(
    "formats",
    "media_types",
    evidence=_listed_evidence,
    advice="Name formats as the EU's file types do, for example CSV, and media types as IANA does, "
    "for example text/csv.",
    fix_fields=("formats", "media_types"),
)
def format_terms_are_listed() -> pl.Expr:
    """Are the format and the media type terms of the EU's and IANA's lists?"""
    by_format, by_type = _NAMES.passing("listed"), _TYPES.passing("listed type")
    return met_or_partly_if(by_format & by_type, by_format | by_type)


@indicator(
    "formats",
    "media_types",
    advice="Offer the data in a format that nobody owns, such as CSV, JSON or ODS, and name it in "
    "Formats.",
)
def format_is_non_proprietary() -> pl.Expr:
    """Is the format on the EU's list of non-proprietary ones?"""
    return met_if(_passes("non-proprietary"))


@indicator(
    "formats",
    "media_types",
    advice="Offer the data in a format that programs read, such as CSV, JSON or XLSX, and name it "
    "in Formats.",
)
def format_is_machine_interpretable() -> pl.Expr:
    """Is the format on the EU's list of machine-readable ones?"""
    return met_if(_passes("machine by list"))
