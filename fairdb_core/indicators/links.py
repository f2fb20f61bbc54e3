"""Facts about what a record refers to: vocabularies and related resources."""

import re

import polars as pl

from fairdb_core.indicators.expressions import (
    filled,
    holds,
    matches,
    met_if,
    met_if_given,
    not_assessed,
    shared,
)
from fairdb_core.indicators.registry import Basis, indicator
from fairdb_core.vocabularies.identifiers import PERSISTENT_PATTERN, URL_PATTERN
from fairdb_core.vocabularies.relations import DATA_RELATIONS, DATA_TARGET, RELATION_TYPES
from fairdb_core.vocabularies.standards import GENERIC_NAMESPACES, HOSTS_WITHOUT_TERMS

_URI = r"(?i)(?:^|\x1f)\s*https?://[^\s\x1f]"
_GENERIC_URI = (
    r"(?i)(?:^|\x1f)\s*https?://(?:"
    + "|".join(map(re.escape, GENERIC_NAMESPACES))
    + r"|(?:[^\x1f/?#:]*\.)?(?:"
    + "|".join(map(re.escape, HOSTS_WITHOUT_TERMS))
    + ")[/?#:])"
)
_VOCABULARY_FIELDS = ("subjects", "keywords", "theme")
_RELATED = r"(?i)(?:^|\x1f)\s*(?:" + "|".join(RELATION_TYPES) + r"):\s*[^\s\x1f]"
_RELATED_DATA = (
    r"(?i)(?:^|\x1f)\s*(?:" + "|".join(RELATION_TYPES) + r"):\s*[^\x1f]*(?:" + DATA_TARGET + ")"
    r"|(?:^|\x1f)\s*(?:" + "|".join(DATA_RELATIONS) + r"):\s*[^\s\x1f]"
)
# A link or identifier has to be what is given, but for the relation, and words may follow a link or
# DOI: to programs, one within a citation is text.
_WITH_RELATION = r"^\s*(?:[a-z]+:\s*)?"
_LINK = rf"(?i){_WITH_RELATION}(?:https?://\S|10\.[0-9]{{4,9}}(?:\.[0-9]+)*/\S)"
_IDENTIFIER = f"(?:{URL_PATTERN})|{PERSISTENT_PATTERN}".replace(r"^\s*", _WITH_RELATION)


_WITH_ADDRESSES = [
    shared(
        f"addresses in {field}",
        pl.when(pl.col(field).str.contains("://", literal=True)).then(pl.col(field)),
    )
    for field in _VOCABULARY_FIELDS
]
_RELATES_TO_DATA = shared("relates to data", holds("related_identifiers", _RELATED_DATA))


def _count(pattern: str) -> pl.Expr:
    return pl.sum_horizontal(
        cells.str.count_matches(pattern).fill_null(0) for cells in _WITH_ADDRESSES
    )


_TERMS = shared("terms", _count(_URI))


@indicator(
    *_VOCABULARY_FIELDS,
    basis=Basis.EXTRA_COLUMN,
    advice="Give subjects as addresses of terms in a vocabulary of your field, for example "
    "AGROVOC, MeSH or GCMD, in Subjects.",
)
def uses_vocabulary_terms() -> pl.Expr:
    """Is a subject or keyword the address of a term in a registered vocabulary?"""
    return met_if_given(_TERMS > 0, _count(_GENERIC_URI) < _TERMS)


@indicator(
    "related_identifiers",
    advice="Name the paper, dataset or code that belongs to it in Related resources.",
)
def has_related_resource() -> pl.Expr:
    """Is at least one related resource named?"""
    return met_if(filled("related_identifiers"))


@indicator(
    "related_identifiers",
    advice="Give the DOI or address of the related resource, not only its name.",
)
def related_resource_is_link() -> pl.Expr:
    """Is a related resource given by its address or persistent identifier?"""
    is_link = matches("related_identifiers", _LINK)
    return met_if(is_link | matches("related_identifiers", _IDENTIFIER, where=~is_link))


@indicator(
    "related_identifiers",
    advice="Say how it is related, in DataCite's relation types, before the identifier: "
    "IsSupplementTo:10.1038/s41586-020-2649-2.",
)
def related_resource_is_qualified() -> pl.Expr:
    """Is it said in which relation the related resource stands, by a DataCite relation type?"""
    return met_if(holds("related_identifiers", _RELATED))


@indicator(
    "related_identifiers",
    advice="Name the datasets that it derives from or belongs with in Related resources: "
    "IsDerivedFrom:10.5281/zenodo.1234567.",
)
def refers_to_other_data() -> pl.Expr:
    """Does the record refer to other data, by the relation or by a data repository's identifier?"""
    named = holds("related_identifiers", DATA_TARGET, where=~_RELATES_TO_DATA)
    return met_if(_RELATES_TO_DATA | named)


@indicator(
    "related_identifiers",
    advice="Name the datasets that it derives from or belongs with, with the relation first: "
    "IsDerivedFrom:10.5281/zenodo.1234567.",
)
def refers_to_other_data_with_relation() -> pl.Expr:
    """Does the record refer to other data and say in which relation they stand?"""
    return met_if(_RELATES_TO_DATA)


@indicator(
    "related_identifiers",
    basis=Basis.PERSON,
    advice="Let the data refer to other data by their identifiers, for example in a column.",
)
def data_refer_to_data() -> pl.Expr:
    """Do the data themselves refer to other data?"""
    return not_assessed()


@indicator(
    "related_identifiers",
    basis=Basis.PERSON,
    advice="Let the data say in which relation the data stand that they refer to.",
)
def data_refer_to_data_with_relation() -> pl.Expr:
    """Do the data themselves refer to other data, and say in which relation?"""
    return not_assessed()
