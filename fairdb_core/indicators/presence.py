"""Facts that are met as soon as a field is filled, whatever stands in it."""

import polars as pl

from fairdb_core.indicators.access import link_evidence, met_unless_closed
from fairdb_core.indicators.expressions import filled, met_if
from fairdb_core.indicators.registry import indicator

_FURTHER_DATES = (
    "creation_date", "modified_date", "embargo_date", "temporal_coverage", "temporal_start",
)  # fmt: skip


@indicator("identifier", advice="Give the dataset's persistent identifier in Identifier.")
def has_identifier() -> pl.Expr:
    """Is an identifier given?"""
    return met_if(filled("identifier"))


@indicator("title", advice="Give the name of the dataset in Title.")
def has_title() -> pl.Expr:
    """Is a title given?"""
    return met_if(filled("title"))


@indicator("creators", advice="Name the people or organisations that made the data in Creators.")
def has_creator() -> pl.Expr:
    """Is it said who made the data?"""
    return met_if(filled("creators"))


@indicator("publisher", advice="Name the organisation or repository in Publisher.")
def has_publisher() -> pl.Expr:
    """Is it said who publishes the dataset?"""
    return met_if(filled("publisher"))


@indicator(
    "publication_date", advice="Say in Publication date when it was made public; a year is enough."
)
def has_publication_date() -> pl.Expr:
    """Is it said when the dataset was made public?"""
    return met_if(filled("publication_date"))


@indicator("modified_date", advice="Say in Last modified when the dataset was last changed.")
def has_modified_date() -> pl.Expr:
    """Is it said when the dataset was last changed?"""
    return met_if(filled("modified_date"))


@indicator("description", advice="Say in Description what the data are, how and why.")
def has_description() -> pl.Expr:
    """Is the dataset described?"""
    return met_if(filled("description"))


@indicator("keywords", advice="Give some words that people search for in Keywords.")
def has_keywords() -> pl.Expr:
    """Are keywords given?"""
    return met_if(filled("keywords"))


@indicator(
    "theme",
    advice="Choose a category in Theme, best from the EU data themes: "
    "http://publications.europa.eu/resource/authority/data-theme/ENVI.",
)
def has_theme() -> pl.Expr:
    """Is a category given?"""
    return met_if(filled("theme"))


@indicator(
    "keywords",
    "subjects",
    "theme",
    advice="Give words that people search for in Keywords.",
)
def has_subject() -> pl.Expr:
    """Is it said what the data are about, in keywords, subjects or a theme?"""
    return met_if(filled("keywords", "subjects", "theme"))


@indicator(
    "spatial_coverage",
    "spatial_bbox",
    advice="Name the places that the data are about in Spatial coverage, or give their box.",
)
def has_spatial_coverage() -> pl.Expr:
    """Is it said which places the data are about?"""
    return met_if(filled("spatial_coverage", "spatial_bbox"))


@indicator(
    "temporal_coverage",
    "temporal_start",
    "temporal_end",
    advice="Give the time that the data are about in Temporal coverage.",
)
def has_temporal_coverage() -> pl.Expr:
    """Is it said which time the data are about?"""
    return met_if(filled("temporal_coverage", "temporal_start", "temporal_end"))


@indicator(
    "download_url",
    evidence=link_evidence,
    advice="Give the address of the data file in Download URL.",
)
def has_download_link() -> pl.Expr:
    """Is an address given from which the data can be downloaded?"""
    return met_unless_closed(filled("download_url"))


@indicator("formats", advice="Name the file formats of the data in Formats.")
def has_format() -> pl.Expr:
    """Is the file format given?"""
    return met_if(filled("formats"))


@indicator("media_types", advice="Give the IANA media type, for example text/csv, in Media types.")
def has_media_type() -> pl.Expr:
    """Is the media type given?"""
    return met_if(filled("media_types"))


@indicator("formats", "media_types", advice="Name the file formats of the data in Formats.")
def has_format_or_media_type() -> pl.Expr:
    """Is it said in which format the data are?"""
    return met_if(filled("formats", "media_types"))


@indicator("size", advice="Say how large the data are, with the unit, in Size.")
def has_size() -> pl.Expr:
    """Is the size of the data given?"""
    return met_if(filled("size"))


@indicator("language", advice="Give the language of the data as an ISO 639 code in Language.")
def has_language() -> pl.Expr:
    """Is the language of the data given?"""
    return met_if(filled("language"))


@indicator("version", advice="Number the versions of the data, and give the number in Version.")
def has_version() -> pl.Expr:
    """Is the version of the data given?"""
    return met_if(filled("version"))


@indicator(
    "contact_email",
    "contact_name",
    advice="Give a name in Contact or an address in Contact e-mail, best of a team.",
)
def has_contact() -> pl.Expr:
    """Is it said who answers questions about the data?"""
    return met_if(filled("contact_email", "contact_name"))


@indicator(
    "access_rights",
    advice="Say in Access rights who may get the data, for example open access.",
)
def has_access_rights() -> pl.Expr:
    """Is anything said about who may get the data?"""
    return met_if(filled("access_rights"))


@indicator(
    "rights_holder",
    "access_rights",
    advice="Name the owner of the rights in Rights holder, or the conditions in Access rights.",
)
def has_rights_statement() -> pl.Expr:
    """Is anything said about the rights in the data beside the licence?"""
    return met_if(filled("rights_holder", "access_rights"))


@indicator(
    "license",
    "license_url",
    "access_rights",
    "rights_holder",
    advice="Give a licence in Licence, or the conditions in Access rights.",
)
def has_rights() -> pl.Expr:
    """Is it said under which rights the data may be used?"""
    return met_if(filled("license", "license_url", "access_rights", "rights_holder"))


@indicator(
    "contributors",
    "contact_name",
    "rights_holder",
    advice="Name in Contributors who helped to make or manage the data.",
)
def has_contributor() -> pl.Expr:
    """Is anybody named who contributed, answers questions or holds the rights?"""
    return met_if(filled("contributors", "contact_name", "rights_holder"))


@indicator(
    *_FURTHER_DATES,
    advice="Give a date beside the publication: Created, Last modified or Temporal coverage.",
)
def has_further_date() -> pl.Expr:
    """Is a date given beside that of publication?"""
    return met_if(
        filled(
            "creation_date", "modified_date", "embargo_date", "temporal_coverage", "temporal_start"
        )
    )


@indicator("alternate_identifier", advice="Give your own number in Other identifiers.")
def has_alternate_identifier() -> pl.Expr:
    """Is another identifier of the same dataset given?"""
    return met_if(filled("alternate_identifier"))


@indicator("funding", advice="Say in Funding who paid for the data, with the grant number.")
def has_funding() -> pl.Expr:
    """Is it said who paid for the data?"""
    return met_if(filled("funding"))


@indicator("collection", advice="Name in Part of the series or collection that it belongs to.")
def has_parent() -> pl.Expr:
    """Is it said which series or collection the dataset belongs to?"""
    return met_if(filled("collection"))
