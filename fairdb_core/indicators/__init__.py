"""Facts about a record, each a Polars expression with its evidence, question and advice."""

from fairdb_core.indicators import (
    access,
    descriptions,
    formats,
    identifiers,
    licences,
    links,
    provenance,
)
from fairdb_core.indicators.registry import INDICATORS, Basis, Indicator, State

MODULES = (identifiers, descriptions, access, links, licences, formats, provenance)

__all__ = ["INDICATORS", "MODULES", "Basis", "Indicator", "State"]
