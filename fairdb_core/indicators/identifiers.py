"""Facts about the identifiers of a dataset, its record and its data."""

import polars as pl

from fairdb_core.indicators.access import link_evidence, met_unless_closed
from fairdb_core.indicators.expressions import holds, matches, met_if, not_assessed
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


@indicator(
    "identifier",
    "access_url",
    advice="Fill Identifier with a DOI or another identifier that is unique in the world, "
    "or give the landing page's address.",
)
def identifier_is_unique() -> pl.Expr:
    """Does the record's identifier have the form of one that is unique in the world?"""
    return met_if(_is_link("identifier") | _is_link("access_url"))


@indicator("download_url", advice="Give the full address of the data file in Download URL.")
def data_link_is_unique() -> pl.Expr:
    """Does the link to the data have the form of an identifier that is unique in the world?"""
    return met_if(_is_link("download_url"))


@indicator("identifier", advice=_GET_A_DOI)
def identifier_is_persistent() -> pl.Expr:
    """Does the record's identifier have the form of a persistent one (DOI, Handle, ARK, URN …)?"""
    return met_if(_is_persistent("identifier"))


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
    return met_if(_is_persistent("download_url"))


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
    return met_unless_closed(_is_link("download_url"))


@indicator("identifier", "download_url", advice=_GET_A_DOI)
def data_have_persistent_identifier() -> pl.Expr:
    """Do the data have a persistent identifier, of their own or the dataset's?"""
    return met_if(_is_persistent("identifier") | _is_persistent("download_url"))


@indicator(
    "identifier",
    "download_url",
    advice="Fill Identifier with a DOI, or give the address of the data file in Download URL.",
)
def data_have_unique_identifier() -> pl.Expr:
    """Do the data have an identifier that is unique in the world?"""
    return met_if(_is_link("identifier") | _is_link("download_url"))


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
    names_data = _is_persistent("identifier") & holds("resource_type", "^Dataset$")
    return met_unless_closed(_is_link("download_url") | names_data)


def _is_persistent(field: str) -> pl.Expr:
    return matches(field, PERSISTENT_PATTERN)


def _is_link(field: str) -> pl.Expr:
    return matches(field, UNIQUE_PATTERN) | _is_persistent(field)
