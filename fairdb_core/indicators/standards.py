"""Facts about the standards and vocabularies that a description holds to."""

import polars as pl

from fairdb_core.indicators.expressions import (
    JudgedCells,
    all_filled,
    filled,
    holds,
    met_if_given,
    not_assessed,
)
from fairdb_core.indicators.registry import Basis, indicator
from fairdb_core.vocabularies.standards import (
    DISCIPLINARY_PATTERN,
    GENERIC_PATTERN,
    MACHINE_READABLE,
    PROVENANCE_PATTERN,
    WITH_PROVENANCE_PATTERN,
)

_NAME_A_STANDARD = (
    "Name the metadata standard that the description follows in Conforms to, best by the address "
    "of its schema."
)
_MACHINE_READABLE = "(?i)" + "|".join(MACHINE_READABLE)
_DCAT_AP = r"(?i)(?:^|[^0-9a-z])(?:[a-z]+)?dcat-ap(?:$|[^0-9a-z])"


STANDARDS = JudgedCells(
    "standards",
    pl.col("conforms_to"),
    {
        "disciplinary": DISCIPLINARY_PATTERN,
        "generic": GENERIC_PATTERN,
        "machine-readable": _MACHINE_READABLE,
        "provenance": PROVENANCE_PATTERN,
        "with provenance": WITH_PROVENANCE_PATTERN,
        "DCAT-AP": _DCAT_AP,
    },
)


def _is_listed() -> pl.Expr:
    return STANDARDS.passing("disciplinary") | STANDARDS.passing("generic")


@indicator("conforms_to", basis=Basis.EXTRA_COLUMN, advice=_NAME_A_STANDARD)
def follows_listed_standard() -> pl.Expr:
    """Does the description follow a metadata standard that a community keeps?"""
    return met_if_given(filled("conforms_to"), _is_listed())


@indicator(
    "conforms_to",
    basis=Basis.EXTRA_COLUMN,
    advice="Give in Conforms to the address of the schema or namespace that the description "
    "follows, for example https://www.w3.org/ns/dcat#.",
)
def follows_machine_readable_standard() -> pl.Expr:
    """Does the description follow a standard that machines understand, told by its schema?"""
    return met_if_given(filled("conforms_to"), _is_listed() & STANDARDS.passing("machine-readable"))


@indicator(
    "provenance",
    "conforms_to",
    basis=Basis.EXTRA_COLUMN,
    advice="Tell the origin of the data by a standard that has a place for it, such as PROV, "
    "ISO 19115, DDI or RO-Crate, and name it in Conforms to.",
)
def provenance_follows_standard() -> pl.Expr:
    """Is the origin of the data told by a community's standard?"""
    return met_if_given(
        filled("provenance", "conforms_to"),
        holds("provenance", WITH_PROVENANCE_PATTERN) | STANDARDS.passing("with provenance"),
    )


@indicator(
    "provenance",
    "conforms_to",
    basis=Basis.EXTRA_COLUMN,
    advice="State the origin of the data in PROV or PAV, and name it in Provenance.",
)
def provenance_is_cross_community() -> pl.Expr:
    """Is the origin of the data told in a language that every community shares (PROV, PAV)?"""
    return met_if_given(
        filled("provenance", "conforms_to"),
        holds("provenance", PROVENANCE_PATTERN) | STANDARDS.passing("provenance"),
    )


@indicator(
    "conforms_to",
    "title",
    "description",
    "access_url",
    basis=Basis.EXTRA_COLUMN,
    advice="Name DCAT-AP in Conforms to once title, description and landing page are filled.",
    fix_fields=("access_url", "title", "description"),
)
def complies_with_dcat_ap() -> pl.Expr:
    """Does a description that claims DCAT-AP hold what DCAT-AP makes mandatory?"""
    return met_if_given(
        STANDARDS.passing("DCAT-AP"), all_filled("title", "description", "access_url")
    )


@indicator(
    "access_url",
    basis=Basis.NETWORK,
    advice="Ask your repository whether its records are harvested, for example by DataCite or "
    "Google Dataset Search.",
)
def metadata_are_harvested() -> pl.Expr:
    """Can the metadata be harvested and indexed?"""
    return not_assessed()


@indicator(
    "provenance",
    basis=Basis.PERSON,
    advice="Ask your repository for its policy on the records of data that were withdrawn.",
)
def metadata_outlive_data() -> pl.Expr:
    """Does the record stay when the data are gone?"""
    return not_assessed()


@indicator(
    "conforms_to",
    basis=Basis.PERSON,
    advice="Use terms of published vocabularies for the columns and codes of the data.",
)
def data_use_vocabularies() -> pl.Expr:
    """Do the data themselves use FAIR vocabularies?"""
    return not_assessed()
