"""Facts about the files: their size, and whether their format is open and lasts."""

import polars as pl

from fairdb_core.indicators.expressions import all_filled, distinct, filled, met_if
from fairdb_core.indicators.registry import indicator
from fairdb_core.vocabularies.formats import format_of

_EXTENSION = r"(?i)/[^/?#\x1f]*\.([a-z0-9]{1,8})(?:[?#][^\x1f]*)?(?:\x1f|$)"
_ACCEPTED = frozenset({"open", "lasting", "science"})


def _is_accepted(text: str) -> bool:
    found = format_of(text)
    return found is not None and bool(found.traits & _ACCEPTED)


@indicator(
    "size",
    "formats",
    "media_types",
    "service_url",
    advice="Give the Size with its unit, and the Formats of the data files.",
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
    told = distinct(pl.col("formats"), _is_accepted) | distinct(pl.col("media_types"), _is_accepted)
    seen = distinct(pl.col("download_url").str.extract(_EXTENSION, 1), _is_accepted)
    return met_if(told | (~filled("formats", "media_types") & seen))
