"""What charts and lists group and filter by, one column a facet."""

import polars as pl

from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import VALUE_SEPARATOR, complete

FACETS = (
    "publisher",
    "publication_year",
    "resource_type",
    "license",
    "access_rights",
    "language",
    "format",
    "text",
)
LINES = ("title", "identifier", "keywords")
_LONGEST = 200


def facets(records: pl.DataFrame) -> pl.DataFrame:
    """Return the facets of records.

    Args:
        records: A normalised record frame.

    Returns:
        Text columns named in ``FACETS``, the first value where there are several, shortened to
        200 characters; ``publication_year`` is an ``Int32``; ``text`` holds a line each for title,
        identifier and keywords, to be searched and shown.
    """
    frame = complete(records)
    year = pl.col("publication_date").str.extract(r"^(\d{4})", 1).cast(pl.Int32)
    keywords = pl.col("keywords").str.replace_all(VALUE_SEPARATOR, ", ", literal=True)
    return frame.select(
        _first("publisher"),
        year.alias("publication_year"),
        _first("resource_type"),
        _first("license"),
        _first("access_rights"),
        _first("language"),
        _first("formats").alias("format"),
        pl.concat_str(
            (_line(part) for part in (_first("title"), _first("identifier"), keywords)),
            separator="\n",
        ).alias("text"),
    )


def line_of(text: pl.Expr, name: str) -> pl.Expr:
    """Return one of the lines of ``text``, null where it is empty."""
    line = text.str.split("\n").list.get(LINES.index(name))
    return pl.when(line != "").then(line).alias(name)


def _line(text: pl.Expr) -> pl.Expr:
    return text.str.slice(0, _LONGEST).str.replace_all("\n", " ", literal=True).fill_null("")


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
