"""From raw cells to canonical records, a column at a time and on its distinct values.

The raw text is kept beside the canonical value by whoever stores it; here it is only read.
"""

from array import array
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from fairdb_core.domain.uploads import ColumnMapping, Problem
from fairdb_core.importers.columns import canonical_column
from fairdb_core.importers.findings import MEANINGS, Finding
from fairdb_core.importers.other_identifiers import remedy_for_repeated
from fairdb_core.metadata import FIELD_BY_NAME, Field
from fairdb_core.records import VALUE_SEPARATOR, complete
from fairdb_core.vocabularies.identifiers import CANDIDATE_PATTERN, scheme_of
from fairdb_core.vocabularies.licences import spdx_of

FIRST_ROW = 2
_SHOWN = 200
# The lock of the interpreter is open while a column is worked on, so a few threads use the cores.
_THREADS, _ROWS_WORTH_THREADS = 4, 5_000
_TITLE = "title:"


@dataclass(frozen=True, slots=True)
class Normalised:
    """Canonical records and what was wrong with them.

    Attributes:
        records: The record frame, one row a row of the file.
        refused: Whether each row is left out.
        identity: By which each row is known; null where the row is blank.
    """

    records: pl.DataFrame
    problems: tuple[Problem, ...]
    refused: pl.Series
    identity: pl.Series


def normalise(
    frame: pl.DataFrame,
    mapping: Sequence[ColumnMapping],
    left_out: pl.Series | None = None,
) -> Normalised:
    """Bring raw cells to canonical records.

    Args:
        frame: Raw cells, one text column a header.
        mapping: Where each column goes; a column that is not in the frame is passed over.
        left_out: Whether each row is blank because somebody left it out, which is no problem.
    """
    mapped = [column for column in mapping if column.field and column.column in frame.columns]
    problems: list[Problem] = []
    columns: dict[str, list[pl.Series]] = {}
    for cells, found in _normalise_columns(frame, mapped):
        columns.setdefault(cells.name, []).append(cells)
        problems += found
    merged = [_merge(FIELD_BY_NAME[name], parts) for name, parts in columns.items()]
    records = complete(pl.DataFrame(merged)) if merged else _no_records(frame.height)
    records = _with_licence_of_url(records)
    identity = identities_of(records)
    is_blank = _blank_rows(frame, identity.is_null())
    is_unfilled = is_blank if left_out is None else is_blank & ~left_out
    refused, row_problems = _refusals(identity, is_blank, is_unfilled)
    if any(each.code == Finding.DUPLICATE_IN_FILE for each in row_problems):
        hint = remedy_for_repeated(frame, mapped, is_blank)
        row_problems = [_with_hint(each, hint) for each in row_problems]
    return Normalised(records, (*row_problems, *problems), refused, identity)


def _with_hint(problem: Problem, hint: str) -> Problem:
    """Return a problem of repeated rows with the column that would tell them apart."""
    if problem.code != Finding.DUPLICATE_IN_FILE:
        return problem
    return replace(problem, remedy=problem.remedy + hint)


def problem_of(
    finding: Finding, rows: Sequence[int], *, column: str | None, value: str, field: str | None
) -> Problem:
    """Return one cause with the rows in which it was found, as a spreadsheet numbers them."""
    meaning = MEANINGS[finding]
    return Problem(
        code=finding.value,
        severity=meaning.severity,
        count=len(rows),
        row=rows[0] if rows else None,
        column=column,
        value=value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…",
        expected=meaning.expected,
        remedy=meaning.remedy,
        field=field,
        rows=array("I", rows),
    )


def _normalise_columns(
    frame: pl.DataFrame, mapped: Sequence[ColumnMapping]
) -> Iterable[tuple[pl.Series, list[Problem]]]:
    if frame.height == 1:
        return [_normalise_cell(frame[column.column].item(), column) for column in mapped]
    if frame.height < _ROWS_WORTH_THREADS:
        return [_normalise_column(frame[column.column], column) for column in mapped]
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="columns") as threads:
        return threads.map(lambda each: _normalise_column(frame[each.column], each), mapped)


@lru_cache(maxsize=512)
def _normalise_cell(cell: str | None, column: ColumnMapping) -> tuple[pl.Series, list[Problem]]:
    """Do the same for a record alone, of which only one field changes while somebody types."""
    return _normalise_column(pl.Series(column.column, [cell], dtype=pl.String), column)


def _normalise_column(cells: pl.Series, column: ColumnMapping) -> tuple[pl.Series, list[Problem]]:
    """Return one column's canonical values, joined where there are several, and its problems."""
    canonical, found = canonical_column(cells, column)
    return canonical, [
        _problem(finding, is_meant, cells, column) for finding, is_meant in found.items()
    ]


def _merge(field: Field, parts: list[pl.Series]) -> pl.Series:
    """Return one column of several: the first that is filled, or all values where there may be."""
    if len(parts) == 1:
        return parts[0]
    frame = pl.DataFrame([part.alias(str(number)) for number, part in enumerate(parts)])
    if not field.is_many:
        return frame.select(pl.coalesce(pl.all()).alias(field.name)).to_series()
    joined = pl.concat_str(pl.all(), separator=VALUE_SEPARATOR, ignore_nulls=True)
    distinct = joined.str.split(VALUE_SEPARATOR).list.unique(maintain_order=True)
    text = distinct.list.join(VALUE_SEPARATOR)
    return frame.select(pl.when(text != "").then(text).alias(field.name)).to_series()


def _no_records(height: int) -> pl.DataFrame:
    return complete(pl.DataFrame({"title": pl.Series([None] * height, dtype=pl.String)}))


def _with_licence_of_url(records: pl.DataFrame) -> pl.DataFrame:
    """Return records in which a known licence address gives the licence that is missing."""
    if not records["license_url"].count():
        return records
    addresses = records["license_url"].drop_nulls().unique().to_list()
    known = {url: spdx for url in addresses if (spdx := spdx_of(url)) is not None}
    if not known:
        return records
    implied = pl.col("license_url").replace_strict(known, default=None, return_dtype=pl.String)
    return records.with_columns(license=pl.coalesce("license", implied))


def _blank_rows(frame: pl.DataFrame, is_nameless: pl.Series) -> pl.Series:
    """Return whether each row is blank; only one without identifier and title can be."""
    if not frame.width:
        return pl.Series("is_blank", [], dtype=pl.Boolean)
    is_blank = pl.zeros(frame.height, dtype=pl.Boolean, eager=True).alias("is_blank")
    if not is_nameless.any():
        return is_blank
    if frame.height == 1:
        is_empty = pl.all().fill_null("").str.strip_chars() == ""
        return frame.select(is_blank=pl.all_horizontal(is_empty)).to_series()
    rows = is_nameless.arg_true()
    for cells in frame.iter_columns():
        if rows.is_empty():
            break
        rows = rows.filter(cells.gather(rows).fill_null("").str.strip_chars() == "")
    return is_blank.scatter(rows, values=True)


def identities_of(records: pl.DataFrame) -> pl.Series:
    """Return by which each record is known: its persistent identifier, own number, or title."""
    identifier, titles = pl.col("identifier"), pl.lit(_TITLE) + pl.col("title").str.to_lowercase()
    if records["identifier"].has_nulls():
        identifier_or_title = pl.coalesce(identifier, titles)
    else:
        identifier_or_title = identifier
    identity = records.select(identity=identifier_or_title).to_series()
    is_mixed = identifier != identifier.str.to_lowercase()
    may_be_pid = identifier.str.contains(CANDIDATE_PATTERN)
    candidates = records.select(identifier.filter(is_mixed & may_be_pid).unique()).to_series()
    spelled = [text for text in candidates if scheme_of(text) in ("doi", "handle")]
    if spelled:
        identity = identity.replace(spelled, [text.lower() for text in spelled])
    return identity


def _refusals(
    identity: pl.Series, is_blank: pl.Series, is_unfilled: pl.Series
) -> tuple[pl.Series, list[Problem]]:
    """Return which rows are refused, and what is wrong with rows.

    Args:
        identity: By which each row is known.
        is_blank: Whether each row is blank.
        is_unfilled: Whether it was so in the file.
    """
    is_nameless = identity.is_null() & ~is_blank
    is_repeated = (~identity.is_first_distinct() & identity.is_not_null()).alias("refused")
    problems = []
    for finding, is_meant in (
        (Finding.NO_IDENTIFIER_OR_TITLE, is_nameless),
        (Finding.DUPLICATE_IN_FILE, is_repeated),
        (Finding.BLANK_ROW, is_unfilled),
    ):
        if is_meant.any():
            rows = _rows(is_meant)
            value = identity[rows[0] - FIRST_ROW] or ""
            shown = value.removeprefix(_TITLE)
            problem = problem_of(finding, rows, column=None, value=shown, field=None)
            if finding is Finding.DUPLICATE_IN_FILE:
                repeats = _first_rows(identity, is_meant)
                first = f"the one in row {rows[0]} is in row {repeats[0]} already"
                expected = f"{problem.expected}; {first}"
                problem = replace(problem, expected=expected, repeats=repeats)
            problems.append(problem)
    return (is_nameless | is_repeated).alias("refused"), problems


def _first_rows(identity: pl.Series, is_repeated: pl.Series) -> "array[int]":
    """Return the first row of the dataset that each repeated row holds."""
    known = pl.DataFrame({"identity": identity}).with_row_index("first", offset=FIRST_ROW)
    repeated = known.filter(is_repeated).select("identity")
    first = known.filter(identity.is_first_distinct())
    found = repeated.join(first, on="identity", how="left", maintain_order="left")["first"]
    return _as_array(found)


def _problem(
    finding: Finding, is_meant: pl.Series, cells: pl.Series, column: ColumnMapping
) -> Problem:
    rows = _rows(is_meant)
    value = cells[rows[0] - FIRST_ROW]
    return problem_of(finding, rows, column=column.column, value=value, field=column.field)


def _rows(is_meant: pl.Series) -> "array[int]":
    return _as_array(is_meant.arg_true() + FIRST_ROW)


def _as_array(rows: pl.Series) -> "array[int]":
    # Numbers of four bytes: as Python's own, a million of them take forty times the room.
    return array("I", rows.cast(pl.UInt32).to_numpy().tobytes())
