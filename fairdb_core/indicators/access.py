"""Facts about who may get the data, and over which protocol."""

import polars as pl

from fairdb_core.indicators.expressions import distinct, holds, met_if, not_assessed
from fairdb_core.indicators.registry import Basis, indicator
from fairdb_core.vocabularies.access_rights import access_of
from fairdb_core.vocabularies.identifiers import PERSISTENT_PATTERN, scheme_of
from fairdb_core.vocabularies.licences import spdx_of
from fairdb_core.vocabularies.protocols import STANDARD_PROTOCOLS, WITH_AUTHENTICATION

_LSID = r"(?i)^\s*lsid:"


def _by_protocol(field: str, protocols: frozenset[str]) -> pl.Expr:
    """Return whether a field is reached by one of the protocols; resolvers speak https."""
    starts = "|".join(sorted(protocols))
    resolved = holds(field, PERSISTENT_PATTERN) & ~holds(field, _LSID)
    return holds(field, rf"(?i)(?:^|\x1f)\s*(?:{starts})://") | resolved


def _says_who_may_get_it(text: str) -> bool:
    """Return whether a text states an access level or condition; a licence or link does not."""
    if access_of(text):
        return True
    is_link = "://" in text and " " not in text.strip()
    return not (is_link or spdx_of(text) or scheme_of(text)) and any(map(str.isalpha, text))


@indicator(
    "access_rights",
    advice="Say in Access rights who may get the data: open access, embargoed access, "
    "restricted access or metadata only access.",
)
def states_access_rights() -> pl.Expr:
    """Is it said who may get the data, and under which condition?"""
    return met_if(distinct(pl.col("access_rights"), _says_who_may_get_it))


@indicator(
    "identifier",
    basis=Basis.NETWORK,
    advice="Open the identifier in a browser and see whether the record comes.",
)
def metadata_can_be_fetched() -> pl.Expr:
    """Can the metadata be fetched with the identifier?"""
    return not_assessed()


@indicator(
    "download_url",
    basis=Basis.NETWORK,
    advice="Open the download address in a browser and see whether the data come.",
)
def data_can_be_fetched() -> pl.Expr:
    """Can the data be fetched with the link?"""
    return not_assessed()


@indicator(
    "identifier",
    "access_url",
    advice="Give a DOI in Identifier, or the https address of the landing page.",
)
def metadata_protocol_is_standard() -> pl.Expr:
    """Is the record reached by a standard protocol such as https?"""
    return met_if(
        _by_protocol("identifier", STANDARD_PROTOCOLS)
        | _by_protocol("access_url", STANDARD_PROTOCOLS)
    )


@indicator("download_url", advice="Give the data's https address in Download URL.")
def data_protocol_is_standard() -> pl.Expr:
    """Are the data reached by a standard protocol such as https?"""
    return met_if(_by_protocol("download_url", STANDARD_PROTOCOLS))


@indicator(
    "identifier",
    "access_url",
    advice="Give a DOI in Identifier, or the https address of the landing page.",
)
def metadata_protocol_can_authenticate() -> pl.Expr:
    """Can the protocol by which the record is reached ask who is there?"""
    return met_if(
        _by_protocol("identifier", WITH_AUTHENTICATION)
        | _by_protocol("access_url", WITH_AUTHENTICATION)
    )


@indicator("download_url", advice="Give the data's https address in Download URL.")
def data_protocol_can_authenticate() -> pl.Expr:
    """Can the protocol by which the data are reached ask who is there?"""
    return met_if(_by_protocol("download_url", WITH_AUTHENTICATION))


@indicator(
    "metadata_url",
    basis=Basis.NETWORK,
    advice="Ask the repository to embed JSON-LD or RDFa in its landing pages.",
)
def page_embeds_linked_data() -> pl.Expr:
    """Does the landing page embed its metadata as linked data (JSON-LD, RDFa)?"""
    return not_assessed()


@indicator(
    "metadata_url",
    basis=Basis.NETWORK,
    advice="Ask the repository for content negotiation or typed links to RDF.",
)
def linked_data_can_be_negotiated() -> pl.Expr:
    """Can the metadata be had as linked data by asking for it?"""
    return not_assessed()
