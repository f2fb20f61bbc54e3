"""Facts about the terms of reuse."""

import polars as pl

from fairdb_core.indicators.expressions import filled, met_if
from fairdb_core.indicators.registry import indicator


@indicator(
    "license",
    "license_url",
    advice="Choose a licence, for example CC-BY-4.0 or CC0-1.0, and give it in Licence.",
)
def has_licence() -> pl.Expr:
    """Is it said under which licence the data may be reused?"""
    return met_if(filled("license", "license_url"))
