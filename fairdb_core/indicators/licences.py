"""Facts about the terms of reuse."""

import polars as pl

from fairdb_core.indicators.expressions import JudgedCells, filled, met_if
from fairdb_core.indicators.registry import indicator
from fairdb_core.vocabularies.licences import is_exact, spdx_of

# Families of standard licences, where the text leaves open which of them is meant.
_FAMILIES = (
    r"(?i)creative\s*commons|open data commons|public domain dedication|open government licen"
    r"|\bcc[ -]?by\b|\bodbl\b|datenlizenz deutschland|licence ouverte|etalab"
)


def _has_spdx(text: str) -> bool:
    return spdx_of(text) is not None


_NAMES = JudgedCells(
    "licence", pl.col("license"), {"known": _has_spdx, "exact": is_exact, "family": _FAMILIES}
)
_ADDRESSES = JudgedCells(
    "licence address", pl.col("license_url"), {"known": _has_spdx, "exact": is_exact}
)


@indicator(
    "license",
    "license_url",
    advice="Choose a licence, for example CC-BY-4.0 or CC0-1.0, and give it in Licence.",
)
def has_licence() -> pl.Expr:
    """Is it said under which licence the data may be reused?"""
    return met_if(filled("license", "license_url"))


@indicator(
    "license",
    "license_url",
    advice="Choose a standard licence, for example CC-BY-4.0, ODbL-1.0 or CC0-1.0, and give it in "
    "Licence.",
)
def licence_is_standard() -> pl.Expr:
    """Is it a standard licence: Creative Commons, Open Data Commons, or another that SPDX lists?"""
    return met_if(_is_known() | _NAMES.passing("family"))


@indicator(
    "license",
    "license_url",
    advice="Give the licence as an SPDX identifier such as CC-BY-4.0, or by its address.",
)
def licence_is_machine_readable() -> pl.Expr:
    """Is the licence told so that programs understand it: an SPDX identifier or known address?"""
    return met_if(_NAMES.passing("exact") | _ADDRESSES.passing("exact"))


@indicator(
    "license",
    "license_url",
    advice="Choose a licence of the EU's list, for example CC-BY-4.0, and give it in Licence.",
)
def licence_is_known() -> pl.Expr:
    """Is the licence one of a published list (EU, SPDX)?"""
    return met_if(_is_known())


def _is_known() -> pl.Expr:
    return _NAMES.passing("known") | _ADDRESSES.passing("known")
