"""Facts about how richly a dataset is described, and how it can be found."""

import polars as pl

from fairdb_core.indicators.expressions import (
    all_filled,
    filled,
    met_if,
    met_or_partly_if,
    not_assessed,
    shared,
)
from fairdb_core.indicators.registry import Basis, indicator
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, values_of

CITATION = (
    "creators",
    "title",
    "identifier",
    "publication_date",
    "publisher",
    "resource_type",
)
DISCOVERY = (*CITATION, "description", "keywords")

PLURALITY = (
    "description", "keywords", "subjects", "contributors", "modified_date", "creation_date",
    "language", "formats", "size", "version", "related_identifiers", "funding",
    "spatial_coverage", "temporal_coverage", "provenance", "conforms_to", "contact_email",
    "license", "access_rights", "publisher",
)  # fmt: skip
ENOUGH = 10
SOME = 5
_PLURALITY_COUNT = shared(
    "descriptive fields", pl.sum_horizontal(pl.col(name).is_not_null() for name in PLURALITY)
)


def _plurality(record: Record) -> str:
    given = [name for name in PLURALITY if values_of(record, name)]
    empty = [FIELD_BY_NAME[name].title for name in PLURALITY if name not in given]
    told = f"{len(given)} of {len(PLURALITY)} descriptive fields are filled"
    return f"{told}; empty: {', '.join(empty)}" if empty else told


def _missing(elements: tuple[str, ...], record: Record) -> str:
    missing = [FIELD_BY_NAME[name].title for name in elements if not values_of(record, name)]
    if not missing:
        return f"all {len(elements)} elements are there"
    return f"{len(elements) - len(missing)} of {len(elements)} are there; empty: " + ", ".join(
        missing
    )


def _missing_citation(record: Record) -> str:
    return _missing(CITATION, record)


def _missing_discovery(record: Record) -> str:
    return _missing(DISCOVERY, record)


@indicator(
    *CITATION,
    evidence=_missing_citation,
    advice="Fill whichever is empty of Creators, Title, Identifier, Publication date, Publisher "
    "and Resource type.",
    fix_fields=CITATION,
)
def has_citation_elements() -> pl.Expr:
    """Are all six elements of a citation there: who, what, identifier, when, where, which type?"""
    return met_if(all_filled(*CITATION))


@indicator(
    "description",
    "keywords",
    *CITATION,
    evidence=_missing_discovery,
    advice="Fill Description and Keywords beside the six elements of a citation.",
    fix_fields=("description", "keywords", *CITATION),
)
def has_discovery_elements() -> pl.Expr:
    """Are a description and keywords there beside the six elements of a citation?"""
    return met_if(all_filled(*DISCOVERY))


@indicator(
    "metadata_url",
    basis=Basis.NETWORK,
    advice="Ask the repository to embed schema.org or Dublin Core in its landing pages.",
)
def page_embeds_metadata() -> pl.Expr:
    """Does the landing page offer its metadata to search engines in a machine-readable form?"""
    return not_assessed()


@indicator(
    *PLURALITY,
    evidence=_plurality,
    advice="Fill at least ten of the fields that describe the data and their origin.",
    fix_fields=PLURALITY[:ENOUGH],
)
def has_plurality_of_attributes() -> pl.Expr:
    """Do many attributes describe the data, so that others can judge whether they fit?"""
    return met_or_partly_if(_PLURALITY_COUNT >= ENOUGH, _PLURALITY_COUNT >= SOME)


@indicator(
    "resource_type",
    advice="Say in Resource type what it is, in DataCite's general types, mostly Dataset.",
)
def has_resource_type() -> pl.Expr:
    """Is it said what kind of resource this is?"""
    return met_if(filled("resource_type"))


@indicator(
    "subjects",
    basis=Basis.EXTRA_COLUMN,
    advice="Name the measured variables in the data's documentation; there is no column for them.",
    evidence=lambda _: "the fields hold no measured variables",
)
def names_variables() -> pl.Expr:
    """Are the measured variables named?"""
    return not_assessed()
