"""Facts about a record, each a Polars expression with its evidence, question and advice."""

from fairdb_core.indicators import (
    access,
    descriptions,
    formats,
    identifiers,
    licences,
    links,
    presence,
    provenance,
    standards,
)
from fairdb_core.indicators.registry import INDICATORS, Basis, Indicator, State

MODULES = (
    identifiers, descriptions, access, links, licences, formats, provenance, presence, standards,
)  # fmt: skip

__all__ = ["INDICATORS", "MODULES", "Basis", "Indicator", "State"]
