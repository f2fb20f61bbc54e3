"""From raw cells to canonical records, a column at a time and on its distinct values.

The raw text is kept beside the canonical value by whoever stores it; here it is only read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from fairdb_core.domain.uploads import ColumnMapping, Problem
from fairdb_core.importers.dates import day_first_of
from fairdb_core.importers.findings import MEANINGS, Finding
from fairdb_core.importers.lists import parted
from fairdb_core.importers.values import split_urls, value_of
from fairdb_core.metadata import FIELD_BY_NAME, Field, Kind
from fairdb_core.records import VALUE_SEPARATOR, complete
from fairdb_core.vocabularies.identifiers import scheme_of
from fairdb_core.vocabularies.licences import spdx_of
from fairdb_core.vocabularies.placeholders import LONGEST, is_placeholder

FIRST_ROW = 2
_SHOWN = 200
_PLAIN_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.SIZE, Kind.RESOURCE_TYPE})
_CLEAN_URL = r"^https?://[^\s/?#]+\S*$"
_CLEAN_DOI = r"^10\.[0-9]{4,9}/[^\s\x1f.,;)\]}>A-Z]+$"


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


def normalise(frame: pl.DataFrame, mapping: Sequence[ColumnMapping]) -> Normalised:
    """Bring raw cells to canonical records.

    Args:
        frame: Raw cells, one text column a header.
        mapping: Where each column goes; a column that is not in the frame is passed over.
    """
    problems: list[Problem] = []
    columns: dict[str, list[pl.Series]] = {}
    for column in mapping:
        if column.field is None or column.column not in frame.columns:
            continue
        cells, found = _normalise_column(frame[column.column], column)
        columns.setdefault(column.field, []).append(cells)
        problems += found
    merged = [_merge(FIELD_BY_NAME[name], parts) for name, parts in columns.items()]
    records = complete(pl.DataFrame(merged)) if merged else _no_records(frame.height)
    records = _with_licence_of_url(records)
    is_blank = _blank_rows(frame)
    identity = _identities(records, is_blank)
    refused, row_problems = _refusals(identity, is_blank)
    return Normalised(records, (*row_problems, *problems), refused, identity)


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
        rows=tuple(rows),
    )


def _normalise_column(cells: pl.Series, column: ColumnMapping) -> tuple[pl.Series, list[Problem]]:
    """Return one column's canonical values, joined where there are several, and its problems."""
    field = FIELD_BY_NAME[column.field or ""]
    trimmed = _trimmed(cells, field)
    is_filler = _is_placeholder(trimmed)
    problems = []
    if is_filler.any():
        problems.append(_problem(Finding.PLACEHOLDER, is_filler, cells, column))
    values = trimmed.set(is_filler | (trimmed == ""), None)
    if not _needs_a_look(values, field, column):
        return values.alias(field.name), problems
    canonical, found = _look_at_each(values, field, column)
    for finding, texts in found.items():
        is_meant = values.is_in(list(texts)).fill_null(value=False)
        problems.append(_problem(finding, is_meant, cells, column))
    return canonical.alias(field.name), problems


def _trimmed(cells: pl.Series, field: Field) -> pl.Series:
    text = cells.str.replace_all(VALUE_SEPARATOR, " ", literal=True).str.normalize("NFC")
    is_one_line = field.kind is not Kind.LONG_TEXT and not field.is_many
    if is_one_line:
        text = text.str.replace_all(r"\s+", " ")
    return text.str.strip_chars()


def _is_placeholder(trimmed: pl.Series) -> pl.Series:
    is_short = (trimmed.str.len_chars() <= LONGEST) & (trimmed != "")
    short = trimmed.set(~is_short, None)
    distinct = [text for text in short.unique().to_list() if text and is_placeholder(text)]
    return short.is_in(distinct).fill_null(value=False)


def _needs_a_look(values: pl.Series, field: Field, column: ColumnMapping) -> bool:
    """Return whether any value could be other than canonical already."""
    if field.is_many:
        return values.null_count() < values.len()
    if field.kind in _PLAIN_KINDS:
        return bool(values.drop_nulls().str.starts_with("[").any())
    if field.kind is Kind.URL:
        return not values.drop_nulls().str.contains(_CLEAN_URL).all()
    if field.kind is Kind.IDENTIFIER:
        return not values.drop_nulls().str.contains(_CLEAN_DOI).all()
    return column.field is not None


def _look_at_each(
    values: pl.Series, field: Field, column: ColumnMapping
) -> tuple[pl.Series, dict[Finding, set[str]]]:
    """Return canonical values and, by cause, the cells in which it was found."""
    distinct = values.drop_nulls().unique().to_list()
    is_day_first = column.is_day_first
    if is_day_first is None and field.kind in (Kind.DATE, Kind.PERIOD):
        is_day_first = day_first_of(distinct)
    canonical: list[str | None] = []
    found: dict[Finding, set[str]] = {}
    for cell in distinct:
        kept: dict[str, None] = {}
        for part in _parts(cell, field, column.value_separator):
            value, finding = value_of(field.kind, part, is_day_first=is_day_first)
            if value:
                kept.setdefault(value)
            if finding is not None:
                found.setdefault(finding, set()).add(cell)
        values_kept = list(kept)
        if len(values_kept) > 1 and not field.is_many:
            del values_kept[1:]
            found.setdefault(Finding.SEVERAL_VALUES, set()).add(cell)
        canonical.append(VALUE_SEPARATOR.join(values_kept) or None)
    if not distinct:
        return values, found
    replaced = values.replace_strict(distinct, canonical, default=None, return_dtype=pl.String)
    return replaced, found


def _parts(cell: str, field: Field, separator: str | None) -> Iterable[str]:
    """Yield the values of a cell, blanks and placeholders left out."""
    if not field.is_many and not cell.startswith("["):
        yield cell
        return
    for part in parted(cell, separator if field.is_many else None):
        text = part.replace(VALUE_SEPARATOR, " ").strip()
        if field.kind is not Kind.LONG_TEXT:
            text = " ".join(text.split())
        if not text or is_placeholder(text):
            continue
        if field.kind in (Kind.URL, Kind.IDENTIFIER):
            yield from split_urls(text)
        else:
            yield text


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
    addresses = records["license_url"].drop_nulls().unique().to_list()
    known = {url: spdx for url in addresses if (spdx := spdx_of(url)) is not None}
    if not known:
        return records
    implied = pl.col("license_url").replace_strict(known, default=None, return_dtype=pl.String)
    return records.with_columns(license=pl.coalesce("license", implied))


def _blank_rows(frame: pl.DataFrame) -> pl.Series:
    if not frame.width:
        return pl.Series("is_blank", [], dtype=pl.Boolean)
    is_blank = pl.all_horizontal(pl.all().str.strip_chars() == "")
    return frame.select(is_blank=is_blank).to_series()


def _identities(records: pl.DataFrame, is_blank: pl.Series) -> pl.Series:
    """Return by which each row is known: its persistent identifier, own number, or title."""
    titles = pl.lit("title:") + pl.col("title").str.to_lowercase()
    identity = records.select(identity=pl.coalesce("identifier", titles)).to_series()
    spelled = [
        text
        for text in records["identifier"].drop_nulls().unique().to_list()
        if text != text.lower() and scheme_of(text) in ("doi", "handle")
    ]
    if spelled:
        identity = identity.replace(spelled, [text.lower() for text in spelled])
    return identity.set(is_blank, None)


def _refusals(identity: pl.Series, is_blank: pl.Series) -> tuple[pl.Series, list[Problem]]:
    """Return which rows are left out, and why."""
    is_nameless = identity.is_null() & ~is_blank
    is_repeated = (~identity.is_first_distinct() & identity.is_not_null()).alias("refused")
    problems = []
    for finding, is_meant in (
        (Finding.NO_IDENTIFIER_OR_TITLE, is_nameless),
        (Finding.DUPLICATE_IN_FILE, is_repeated),
        (Finding.BLANK_ROW, is_blank),
    ):
        rows = _rows(is_meant)
        if rows:
            value = identity[rows[0] - FIRST_ROW] or ""
            problems.append(problem_of(finding, rows, column=None, value=value, field=None))
    return (is_nameless | is_repeated).alias("refused"), problems


def _problem(
    finding: Finding, is_meant: pl.Series, cells: pl.Series, column: ColumnMapping
) -> Problem:
    rows = _rows(is_meant)
    value = cells[rows[0] - FIRST_ROW]
    return problem_of(finding, rows, column=column.column, value=value, field=column.field)


def _rows(is_meant: pl.Series) -> list[int]:
    return [position + FIRST_ROW for position in is_meant.arg_true().to_list()]
