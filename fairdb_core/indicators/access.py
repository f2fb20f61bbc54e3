"""Facts about who may get the data, and over which protocol."""

import re

import polars as pl

from fairdb_core.indicators.expressions import (
    JudgedCells,
    filled,
    matches,
    met_if,
    met_unless,
    not_assessed,
    of_any_value,
    shared,
)
from fairdb_core.indicators.registry import Basis, indicator
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, values_of
from fairdb_core.vocabularies.access_rights import OPEN, access_of
from fairdb_core.vocabularies.identifiers import RESOLVED_PATTERN, scheme_of
from fairdb_core.vocabularies.licences import is_licence
from fairdb_core.vocabularies.protocols import (
    FREE_PROTOCOLS,
    STANDARD_PROTOCOLS,
    WITH_AUTHENTICATION,
)


def _on_the_web(field: str) -> pl.Expr:
    """Return whether a field is reached over the web, told in the quickest way for most of them."""
    starts = (pl.col(field).str.starts_with(start) for start in ("https://", "http://"))
    return pl.any_horizontal(starts).fill_null(value=False)


_ON_THE_WEB = {
    field: shared(f"{field} on the web", _on_the_web(field))
    for field in ("identifier", "access_url", "download_url")
}


def _otherwise(field: str) -> pl.Expr:
    """Return a field where it is reached neither over the web nor through a resolver."""
    off_the_web = ~_ON_THE_WEB[field]
    return pl.when(off_the_web & ~matches(field, RESOLVED_PATTERN, where=off_the_web)).then(
        pl.col(field)
    )


_OTHERWISE = {
    field: shared(f"{field} reached otherwise", _otherwise(field)) for field in _ON_THE_WEB
}


def _by_protocol(field: str, protocols: frozenset[str]) -> pl.Expr:
    """Return whether a field is reached by one of the protocols; resolvers speak https.

    Args:
        field: The field.
        protocols: Some protocols, and ``http`` and ``https`` among them.
    """
    pattern = rf"(?i)^\s*(?:{'|'.join(sorted(protocols))})://"
    if FIELD_BY_NAME[field].is_many:
        pattern = of_any_value(pattern)
    others = _OTHERWISE[field]
    return pl.col(field).is_not_null() & others.str.contains(pattern).fill_null(value=True)


def met_unless_closed(condition: pl.Expr) -> pl.Expr:
    """Return met or unmet, but not assessed where no link is due: the data are not open.

    Restricted, embargoed and metadata-only data may have no address; where they have one, it is
    judged. What is met stays so.
    """
    return met_unless(_NO_LINK_IS_DUE, condition)


def link_evidence(record: Record) -> str:
    """Return the data's link, or why none is due."""
    links = values_of(record, "download_url")
    if links:
        return f"Download URL: {'; '.join(links)[:160]}"
    stated = "; ".join(values_of(record, "access_rights"))
    if _is_closed(stated):
        return f"no link to the data is due: Access rights says {stated}"
    return "no value in Download URL"


def _is_closed(text: str) -> bool:
    return access_of(text) not in {OPEN, None}


def _says_who_may_get_it(text: str) -> bool:
    """Return whether a text states an access level or condition; a licence or link does not."""
    # A licence beside an access level does not undo it.
    if any(map(access_of, (text, *re.split("[;|]", text)))):
        return True
    is_link = "://" in text and " " not in text.strip()
    return not (is_link or is_licence(text) or scheme_of(text)) and any(map(str.isalpha, text))


def _is_term(text: str) -> bool:
    return access_of(text) is not None


_RIGHTS = JudgedCells(
    "access rights",
    pl.col("access_rights"),
    {"closed": _is_closed, "told": _says_who_may_get_it, "term": _is_term},
)
_NO_LINK_IS_DUE = shared(
    "no link is due", _RIGHTS.passing("closed") & pl.col("download_url").is_null()
)


@indicator(
    "access_rights",
    advice="Say it in the words of a vocabulary: open access, embargoed access, restricted access "
    "or metadata only access.",
)
def access_rights_are_in_vocabulary() -> pl.Expr:
    """Are the access rights a term of a vocabulary (COAR, or the EU's)?"""
    return met_if(_RIGHTS.passing("term"))


@indicator(
    "access_rights",
    advice="Say in Access rights who may get the data: open access, embargoed access, "
    "restricted access or metadata only access.",
)
def states_access_rights() -> pl.Expr:
    """Is it said who may get the data, and under which condition?"""
    return met_if(_RIGHTS.passing("told"))


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
    fix_fields=("access_url",),
)
def metadata_protocol_is_standard() -> pl.Expr:
    """Is the record reached by a standard protocol such as https?"""
    return met_if(
        _by_protocol("identifier", STANDARD_PROTOCOLS)
        | _by_protocol("access_url", STANDARD_PROTOCOLS)
    )


@indicator(
    "download_url",
    evidence=link_evidence,
    advice="Give the data's https address in Download URL.",
)
def data_protocol_is_standard() -> pl.Expr:
    """Are the data reached by a standard protocol such as https?"""
    return met_unless_closed(_by_protocol("download_url", STANDARD_PROTOCOLS))


@indicator(
    "identifier",
    "access_url",
    advice="Give a DOI in Identifier, or the https address of the landing page.",
    fix_fields=("access_url",),
)
def metadata_protocol_is_free() -> pl.Expr:
    """Is the record reached by a protocol that anybody may use for free?"""
    return met_if(
        _by_protocol("identifier", FREE_PROTOCOLS) | _by_protocol("access_url", FREE_PROTOCOLS)
    )


@indicator(
    "download_url",
    evidence=link_evidence,
    advice="Give the data's https address in Download URL.",
)
def data_protocol_is_free() -> pl.Expr:
    """Are the data reached by a protocol that anybody may use for free?"""
    return met_unless_closed(_by_protocol("download_url", FREE_PROTOCOLS))


@indicator(
    "identifier",
    "access_url",
    advice="Give a DOI in Identifier, or the https address of the landing page.",
    fix_fields=("access_url",),
)
def metadata_protocol_can_authenticate() -> pl.Expr:
    """Can the protocol by which the record is reached ask who is there?"""
    return met_if(
        _by_protocol("identifier", WITH_AUTHENTICATION)
        | _by_protocol("access_url", WITH_AUTHENTICATION)
    )


@indicator(
    "download_url",
    evidence=link_evidence,
    advice="Give the data's https address in Download URL.",
)
def data_protocol_can_authenticate() -> pl.Expr:
    """Can the protocol by which the data are reached ask who is there?"""
    return met_unless_closed(_by_protocol("download_url", WITH_AUTHENTICATION))


@indicator(
    "access_rights",
    "access_url",
    "contact_email",
    "contact_name",
    advice="Say in Access rights who may get the data, and give the landing page or a contact.",
)
def tells_how_to_get_access() -> pl.Expr:
    """Does the record tell how to get at the data: access rights, a page or a contact?"""
    return met_if(_RIGHTS.passing("told") | filled("access_url", "contact_email", "contact_name"))


@indicator(
    "access_url",
    basis=Basis.NETWORK,
    advice="Open the landing page in a browser and see whether it comes.",
)
def page_opens() -> pl.Expr:
    """Does the landing page open in a browser?"""
    return not_assessed()


@indicator(
    "download_url",
    basis=Basis.NETWORK,
    advice="Open the download address in a browser and see whether the data come.",
)
def data_link_opens() -> pl.Expr:
    """Can a person get the data with the link?"""
    return not_assessed()


@indicator(
    "download_url",
    basis=Basis.NETWORK,
    advice="Fetch the download address with a program and see whether the data come.",
)
def data_answer_programs() -> pl.Expr:
    """Can a program fetch the data without a person's help?"""
    return not_assessed()


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
