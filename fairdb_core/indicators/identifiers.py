"""Facts about the identifiers of a dataset, its record and its data."""

import polars as pl

from fairdb_core.indicators.expressions import filled, holds, met_if, not_assessed
from fairdb_core.indicators.registry import Basis, indicator
from fairdb_core.vocabularies.identifiers import PERSISTENT_PATTERN, UNIQUE_PATTERN

_GET_A_DOI = (
    "Give the dataset a DOI, Handle, ARK or URN in Identifier; your repository issues them."
)


@indicator(
    "identifier",
    "access_url",
    advice="Fill Identifier with a DOI or another identifier that is unique in the world, "
    "or give the landing page's address.",
)
def identifier_is_unique() -> pl.Expr:
    """Does the record's identifier have the form of one that is unique in the world?"""
    return met_if(
        holds("identifier", UNIQUE_PATTERN)
        | holds("identifier", PERSISTENT_PATTERN)
        | (pl.col("identifier").is_null() & holds("access_url", UNIQUE_PATTERN))
    )


@indicator("download_url", advice="Give the full address of the data file in Download URL.")
def data_link_is_unique() -> pl.Expr:
    """Does the link to the data have the form of an identifier that is unique in the world?"""
    return met_if(holds("download_url", UNIQUE_PATTERN) | holds("download_url", PERSISTENT_PATTERN))


@indicator("identifier", advice=_GET_A_DOI)
def identifier_is_persistent() -> pl.Expr:
    """Does the record's identifier have the form of a persistent one (DOI, Handle, ARK, URN …)?"""
    return met_if(holds("identifier", PERSISTENT_PATTERN))


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
    return met_if(holds("download_url", PERSISTENT_PATTERN))


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
    advice="Give the address of the data file, not only of the page about it, in Download URL.",
)
def record_names_its_data() -> pl.Expr:
    """Does the record hold the address or identifier of the data themselves?"""
    return met_if(filled("download_url") & _is_link("download_url"))


def _is_link(field: str) -> pl.Expr:
    return holds(field, UNIQUE_PATTERN) | holds(field, PERSISTENT_PATTERN)
