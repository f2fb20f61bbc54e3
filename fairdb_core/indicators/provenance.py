"""Facts about where data come from, and which standard their description follows."""

import polars as pl

from fairdb_core.indicators.expressions import (
    filled,
    holds,
    met_if,
    met_if_given,
    not_assessed,
)
from fairdb_core.indicators.registry import Basis, indicator
from fairdb_core.indicators.standards import STANDARDS
from fairdb_core.vocabularies.relations import ORIGIN_RELATIONS

_ORIGIN = (
    "creators",
    "contributors",
    "publisher",
    "rights_holder",
    "publication_date",
    "modified_date",
    "creation_date",
)
_DERIVED = r"(?i)(?:^|\x1f)\s*(?:" + "|".join(ORIGIN_RELATIONS) + r"):\s*[^\s\x1f]"
_NAME_A_STANDARD = "Name the metadata standard that the description follows in Conforms to."


@indicator(
    *_ORIGIN,
    "related_identifiers",
    advice="Say who made the data and when: Creators, Publisher or a date.",
)
def has_provenance() -> pl.Expr:
    """Is it said who made or published the data, when, or from what?"""
    return met_if(filled(*_ORIGIN) | holds("related_identifiers", _DERIVED))


@indicator(
    "provenance",
    basis=Basis.NETWORK,
    advice="Ask the repository to state provenance in the PROV or PAV vocabulary.",
)
def provenance_is_formal() -> pl.Expr:
    """Is provenance stated in the PROV or PAV vocabulary?"""
    return not_assessed()


@indicator("conforms_to", basis=Basis.EXTRA_COLUMN, advice=_NAME_A_STANDARD)
def follows_disciplinary_standard() -> pl.Expr:
    """Does the description follow a metadata standard of its discipline?"""
    return met_if_given(filled("conforms_to"), STANDARDS.passing("disciplinary"))


@indicator("conforms_to", basis=Basis.EXTRA_COLUMN, advice=_NAME_A_STANDARD)
def follows_generic_standard() -> pl.Expr:
    """Does the description follow a generic metadata standard that is listed?"""
    return met_if_given(filled("conforms_to"), STANDARDS.passing("generic"))
