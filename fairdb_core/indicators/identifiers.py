"""Facts about the identifiers of a dataset, its record and its data."""

import polars as pl

from fairdb_core.indicators.access import link_evidence, met_unless_closed
from fairdb_core.indicators.expressions import holds, matches, met_if, not_assessed, shared
from fairdb_core.indicators.registry import Basis, indicator
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, values_of
from fairdb_core.vocabularies.identifiers import PERSISTENT_PATTERN, UNIQUE_PATTERN

_GET_A_DOI = (
    "Give the dataset a DOI, Handle, ARK or URN in Identifier; your repository issues them."
)


def _naming_evidence(record: Record) -> str:
    """Return the data's link, or why none is due, and what else may name the data."""
    named = [
        f"{FIELD_BY_NAME[name].title}: {text[:160]}"
        for name in ("identifier", "resource_type")
        for text in values_of(record, name)
    ]
    return "; ".join([link_evidence(record), *named])


_UNIQUE_OR_PERSISTENT = f"{UNIQUE_PATTERN}|{PERSISTENT_PATTERN}"
_PERSISTENT = {
    field: shared(f"{field} persistent", matches(field, PERSISTENT_PATTERN))
    for field in ("identifier", "download_url")
}
_UNIQUE = {
    field: shared(f"{field} unique", found | matches(field, UNIQUE_PATTERN, where=~found))
    for field, found in _PERSISTENT.items()
}


@indicator(
    "identifier",
    "access_url",
    advice="Fill Identifier with a DOI or another identifier that is unique in the world, "
    "or give the landing page's address.",
    fix_fields=("access_url",),
)
def identifier_is_unique() -> pl.Expr:
    """Does the record's identifier have the form of one that is unique in the world?"""
    is_unique = _UNIQUE["identifier"]
    return met_if(is_unique | matches("access_url", _UNIQUE_OR_PERSISTENT, where=~is_unique))


@indicator("download_url", advice="Give the full address of the data file in Download URL.")
def data_link_is_unique() -> pl.Expr:
    """Does the link to the data have the form of an identifier that is unique in the world?"""
    return met_if(_UNIQUE["download_url"])


@indicator("identifier", advice=_GET_A_DOI)
def identifier_is_persistent() -> pl.Expr:
    """Does the record's identifier have the form of a persistent one (DOI, Handle, ARK, URN …)?"""
    return met_if(_PERSISTENT["identifier"])


@indicator(
    "identifier",
    basis=Basis.NETWORK,
    advice="Open the identifier in a browser and see whether it leads to the landing page.",
)
def identifier_resolves() -> pl.Expr:
    """Is the persistent identifier known to its resolver?"""
    return not_assessed()


@indicator(
    "download_url", advice="Where the data file has a DOI of its own, give it in Download URL."
)
def data_link_is_persistent() -> pl.Expr:
    """Does the link to the data have the form of a persistent identifier?"""
    return met_if(_PERSISTENT["download_url"])


@indicator(
    "download_url",
    basis=Basis.NETWORK,
    advice="Open the data's identifier in a browser and see whether it leads to the data.",
)
def data_link_resolves() -> pl.Expr:
    """Is the data's persistent identifier known to its resolver?"""
    return not_assessed()


@indicator(
    "download_url",
    evidence=link_evidence,
    advice="Give the address of the data file, not only of the page about it, in Download URL.",
)
def record_names_its_data() -> pl.Expr:
    """Does the record hold the address or identifier of the data themselves?"""
    return met_unless_closed(_UNIQUE["download_url"])


@indicator("identifier", "download_url", advice=_GET_A_DOI)
def data_have_persistent_identifier() -> pl.Expr:
    """Do the data have a persistent identifier, of their own or the dataset's?"""
    return met_if(_PERSISTENT["identifier"] | _PERSISTENT["download_url"])


@indicator(
    "identifier",
    "download_url",
    advice="Fill Identifier with a DOI, or give the address of the data file in Download URL.",
    fix_fields=("download_url",),
)
def data_have_unique_identifier() -> pl.Expr:
    """Do the data have an identifier that is unique in the world?"""
    return met_if(_UNIQUE["identifier"] | _UNIQUE["download_url"])


@indicator(
    "download_url",
    "identifier",
    "resource_type",
    evidence=_naming_evidence,
    advice="Give the address of the data file in Download URL, or a persistent Identifier with the "
    "Resource type Dataset.",
)
def record_holds_identifier_of_data() -> pl.Expr:
    """Does the record hold the identifier of the data: a link, or a DOI that names a dataset?"""
    names_data = _PERSISTENT["identifier"] & holds("resource_type", "^Dataset$")
    return met_unless_closed(_UNIQUE["download_url"] | names_data)
