"""Tables of values by identifier: which row is for which dataset, and which for none."""

import polars as pl

from fairdb_core.domain.fixes import LookUp
from fairdb_core.domain.uploads import Problem
from fairdb_core.errors import ValidationError
from fairdb_core.importers.findings import Finding
from fairdb_core.importers.normalise import FIRST_ROW, problem_of
from fairdb_core.importers.reader import Table
from fairdb_core.vocabularies.identifiers import normalise_identifier, scheme_of


def look_up_of(table: Table, key: str, value: str) -> LookUp:
    """Return two columns of a file that was read as a table of values by identifier.

    Args:
        key: The header of the column of identifiers.
        value: The header of the column of values.

    Raises:
        ValidationError: There are no two such columns.
    """
    if key == value or not {key, value} <= set(table.frame.columns):
        raise ValidationError("Table", "it needs a column of identifiers and one of values")
    pairs = table.frame.select(pl.col(key).fill_null(""), pl.col(value).fill_null(""))
    return LookUp(table.report.file_name, tuple(pairs.iter_rows()))


def looked_up(table: LookUp, identities: pl.Series) -> pl.Series:
    """Return the value that a table holds for each identity, null where there is none.

    An identifier with several different values has none.
    """
    known = _frame_of(table).filter(pl.col("value") != "").unique(["key", "value"])
    single = known.filter(pl.col("key").is_unique())
    wanted = pl.DataFrame({"key": identities})
    joined = wanted.join(single, on="key", how="left", maintain_order="left")
    return joined["value"]


def problems_of(table: LookUp, identities: pl.Series) -> tuple[Problem, ...]:
    """Return what is wrong with the identifiers of a table.

    Args:
        table: What was read.
        identities: Of all datasets that are meant, whatever their collection.
    """
    rows = _frame_of(table).with_row_index("row", FIRST_ROW)
    is_strange = (pl.col("key") != "") & ~pl.col("key").is_in(identities.implode())
    different = rows.filter(pl.col("value") != "").unique(["key", "value"])["key"]
    repeated = different.filter(different.is_duplicated()).unique()
    found = {
        Finding.KEY_NOT_FOUND: rows.filter(is_strange),
        Finding.KEY_REPEATED: rows.filter(pl.col("key").is_in(repeated.implode())),
    }
    return tuple(
        problem_of(
            finding, part["row"].to_list(), column="Identifier", value=part["given"][0], field=None
        )
        for finding, part in found.items()
        if not part.is_empty()
    )


def _frame_of(table: LookUp) -> pl.DataFrame:
    """Return ``key`` (as datasets are known), ``value`` and ``given`` (the key as it was read)."""
    given = [key.strip() for key, _ in table.entries]
    return pl.DataFrame(
        {
            "key": [_key_of(key) for key in given],
            "value": [value.strip() for _, value in table.entries],
            "given": given,
        },
        schema={"key": pl.String, "value": pl.String, "given": pl.String},
    )


def _key_of(text: str) -> str:
    """Return an identifier as datasets are known by it."""
    known = normalise_identifier(text)
    return known.lower() if scheme_of(known) in ("doi", "handle") else known
