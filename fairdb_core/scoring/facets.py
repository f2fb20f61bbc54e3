"""What charts and lists group and filter by, one column a facet."""

import polars as pl

from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import VALUE_SEPARATOR, complete

FACETS = (
    "title",
    "identifier",
    "publisher",
    "publication_year",
    "resource_type",
    "license",
    "access_rights",
    "language",
    "format",
)
_LONGEST = 200


def facets(records: pl.DataFrame) -> pl.DataFrame:
    """Return the facets of records.

    Args:
        records: A normalised record frame.

    Returns:
        Text columns named in ``FACETS``, the first value where there are several, shortened to
        200 characters; ``publication_year`` is an ``Int32``.
    """
    frame = complete(records)
    year = pl.col("publication_date").str.extract(r"^(\d{4})", 1).cast(pl.Int32)
    return frame.select(
        _first("title"),
        _first("identifier"),
        _first("publisher"),
        year.alias("publication_year"),
        _first("resource_type"),
        _first("license"),
        _first("access_rights"),
        _first("language"),
        _first("formats").alias("format"),
    )


def _first(field: str) -> pl.Expr:
    cell = pl.col(field)
    if FIELD_BY_NAME[field].is_many:
        has_several = cell.str.contains(VALUE_SEPARATOR, literal=True)
        parted = pl.when(has_several).then(cell).str.splitn(VALUE_SEPARATOR, 2)
        cell = pl.when(has_several).then(parted.struct.field("field_0")).otherwise(cell)
    # To count letters is slow, and few texts have so many bytes.
    is_long = cell.str.len_bytes() > _LONGEST
    shortened = pl.when(is_long).then(cell).str.slice(0, _LONGEST)
    return pl.when(is_long).then(shortened).otherwise(cell).alias(field)
