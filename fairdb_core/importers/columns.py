"""One column brought to canonical values: by whole columns where that is enough, else cell by cell.

What is canonical already, or nearly, is settled by expressions over the column; only distinct
values that are left are looked at one by one.
"""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.importers.boxes import settled_boxes
from fairdb_core.importers.dates import day_first_of
from fairdb_core.importers.findings import Finding
from fairdb_core.importers.lists import has_inner_marks, parted
from fairdb_core.importers.values import RELATIONS, split_urls, value_of
from fairdb_core.metadata import FIELD_BY_NAME, Field, Kind
from fairdb_core.records import VALUE_SEPARATOR
from fairdb_core.vocabularies.identifiers import CANDIDATE_PATTERN
from fairdb_core.vocabularies.placeholders import LONGEST, PLACEHOLDERS, is_placeholder

Found = dict[Finding, pl.Series]

# So many texts are Python's at a time, which holds each in several times its bytes.
_TEXTS_PER_PIECE = 20_000
# In columns shorter than this it does not pay to pick out the cells that matter.
_FEW = 1_000

_PLAIN_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.SIZE, Kind.RESOURCE_TYPE})
_FILLERS = pl.Series("filler", sorted(PLACEHOLDERS)).implode()
_UNTIDY = r"[^\x21-\x7e ]|  "
_UNSEEN = r"[\x{200b}\x{2060}\x{feff}]"
# Letters outside of these blocks may have a second spelling, or marks in another order.
_MAYBE_NOT_NFC = r"[^\x00-\x{02ff}\x{2002}-\x{20cf}\x{3400}-\x{9fff}\x{ac00}-\x{d7a3}]"
_LOOSE_BLANKS = r"\s\s|[^\S ]"
_GUARD = r"(?m)^'([ \t\u{a0}]*[=+\-@\t\r\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}])"
_TO_REPAIR = rf"{VALUE_SEPARATOR}|{_UNSEEN}|{_MAYBE_NOT_NFC}|{_LOOSE_BLANKS}"
_MONTH_DAY = (
    r"(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
)
_TIME = r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_DAY = rf"(?:1[0-9]|2[01])[0-9]{{2}}(?:-(?:{_MONTH_DAY}))?"
_CLEAN = {Kind.URL: r"^https?://[^\s/?#]+\S*$", Kind.DATE: rf"^{_DAY}$"}
_DATE_AND_TIME = rf"^({_DAY}){_TIME}$"
_DOI_BEGIN = r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/)?(?:doi:\s*)?"
_DOI_ITSELF = r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-~]*[a-z0-9]"
_DOI = rf"(?i)^{_DOI_BEGIN}{_DOI_ITSELF}$"
_RELATED = rf"(?i)^(?:{RELATIONS})\s*:"
_RELATED_DOI = rf"(?i)^({RELATIONS})\s*:\s*{_DOI_BEGIN}({_DOI_ITSELF})$"


def canonical_column(cells: pl.Series, column: ColumnMapping) -> tuple[pl.Series, Found]:
    """Return a column's canonical values, and by cause the rows in which something is wrong.

    Args:
        cells: The raw cells.
        column: Where the column goes; it goes somewhere.

    Returns:
        The values under the field's name, several joined, null where empty; and for each cause
        whether it was found, row by row.
    """
    distinct = cells.unique(maintain_order=True)
    if 2 * distinct.len() > cells.len() or cells.has_nulls():
        distinct = cells
    canonical, found = _canonical(distinct, column)
    # What is canonical already is not held twice.
    is_as_read = canonical.equals(distinct)
    if is_as_read:
        canonical = cells.alias(canonical.name)
    if distinct is cells or (is_as_read and not found):
        return canonical, found
    numbers = pl.int_range(distinct.len(), dtype=pl.UInt32, eager=True)
    places = cells.replace_strict(distinct, numbers, return_dtype=pl.UInt32)
    return canonical if is_as_read else canonical.gather(places), {
        finding: is_meant.gather(places) for finding, is_meant in found.items()
    }


def _canonical(cells: pl.Series, column: ColumnMapping) -> tuple[pl.Series, Found]:
    field = FIELD_BY_NAME[column.field or ""]
    trimmed = _trimmed(_without_guards(cells), field)
    is_filler = _is_filler(trimmed)
    found: Found = {Finding.PLACEHOLDER: is_filler} if is_filler.any() else {}
    is_absent = is_filler | (trimmed == "")
    values = trimmed.set(is_absent, None) if is_absent.any() else trimmed
    del cells, trimmed, is_filler, is_absent
    if values.null_count() == values.len():
        return values.alias(field.name), found
    if column.value_separator == "json":
        column = replace(column, value_separator=None)
    # A cell alone, as while somebody types, is looked at sooner than a column is prepared.
    is_column = field.is_many and values.len() > 1
    if is_column and not _needs_cells(values, field, column.value_separator):
        canonical, more = _several_values(values, field, column)
    else:
        canonical, more = _single_values(values, field, column)
    return canonical.alias(field.name), {**found, **more}


def _without_guards(cells: pl.Series) -> pl.Series:
    """Return cells without the apostrophes that exports put before what looks like a formula."""
    if not cells.str.contains("'", literal=True).any():
        return cells
    return cells.str.replace_all(_GUARD, "${1}")


def _trimmed(cells: pl.Series, field: Field) -> pl.Series:
    """Return cells without surrounding blanks, in one spelling of letters and blanks."""
    if not (cells.str.contains(_UNTIDY).any() and cells.str.contains(_TO_REPAIR).any()):
        return cells.str.strip_chars()
    if cells.str.contains(VALUE_SEPARATOR, literal=True).any():
        cells = cells.str.replace_all(VALUE_SEPARATOR, " ", literal=True)
    if cells.str.contains(_UNSEEN).any():
        cells = cells.str.replace_all(_UNSEEN, "")
    is_doubtful = cells.str.contains(_MAYBE_NOT_NFC).fill_null(value=False)
    if is_doubtful.any():
        cells = cells.set(~is_doubtful, None).str.normalize("NFC").zip_with(is_doubtful, cells)
    is_one_line = field.kind is not Kind.LONG_TEXT and not field.is_many
    if is_one_line and cells.str.contains(_LOOSE_BLANKS).any():
        cells = cells.str.replace_all(r"\s+", " ")
    return cells.str.strip_chars()


def _is_filler(trimmed: pl.Series) -> pl.Series:
    is_short = (trimmed.str.len_chars() <= LONGEST) & (trimmed != "")
    if not is_short.any():
        return is_short
    if trimmed.len() < _FEW:
        return (is_short & trimmed.str.to_lowercase().is_in(_FILLERS)).fill_null(value=False)
    places = is_short.arg_true()
    folded = trimmed.gather(places).str.to_lowercase()
    return _mask(trimmed.len(), places.filter(folded.is_in(_FILLERS)))


def _has_lists(values: pl.Series) -> bool:
    return bool(values.str.starts_with("[").any())


def _needs_cells(values: pl.Series, field: Field, separator: str | None) -> bool:
    """Return whether one mark for the whole column does not tell where values end."""
    mark = re.escape(separator or "")
    is_listed = values.str.contains(rf"(?:^|{mark})\s*\[" if mark else r"^\[").any()
    return bool(is_listed) or has_inner_marks(values, separator, field.kind)


def _single_values(
    values: pl.Series, field: Field, column: ColumnMapping
) -> tuple[pl.Series, Found]:
    """Return canonical values of cells that hold one, or that are written as lists."""
    if field.kind in _PLAIN_KINDS and not field.is_many and not _has_lists(values):
        return values, {}
    if field.is_many:
        return _cell_by_cell(values, field, column)
    return _settled_or_looked_at(values, field, column)


def _settled_or_looked_at(
    values: pl.Series, field: Field, column: ColumnMapping
) -> tuple[pl.Series, Found]:
    settled = _settled(values, field)
    rest = values.set(settled.is_not_null(), None)
    if rest.null_count() == rest.len():
        return settled, {}
    canonical, found = _cell_by_cell(rest, field, column)
    return settled.zip_with(settled.is_not_null(), canonical), found


def _settled(values: pl.Series, field: Field) -> pl.Series:
    """Return the canonical value where a look at the whole column is enough, else null."""
    if field.kind is Kind.IDENTIFIER:
        dois = _settled_dois(values)
        own = values.set(values.str.contains(CANDIDATE_PATTERN).fill_null(value=True), None)
        return dois.zip_with(dois.is_not_null(), own)
    if field.kind is Kind.BOX:
        return settled_boxes(values)
    pattern = _CLEAN.get(field.kind)
    if pattern is None:
        return pl.Series(values.name, [None], dtype=pl.String).new_from_index(0, values.len())
    settled = _only(values, values.str.contains(pattern))
    if field.kind is not Kind.DATE or settled.null_count() == values.null_count():
        return settled
    return settled.zip_with(settled.is_not_null(), values.str.extract(_DATE_AND_TIME, 1))


def _settled_dois(values: pl.Series) -> pl.Series:
    """Return canonical DOIs, after the relation where there is one, else null."""
    dois = _only(values, values.str.contains(_DOI)).str.to_lowercase()
    dois = dois.str.replace(rf"^{_DOI_BEGIN}", "")
    if not values.str.contains(_RELATED).any():
        return dois
    relation, doi = values.str.extract_groups(_RELATED_DOI).struct.unnest().get_columns()
    return dois.zip_with(dois.is_not_null(), relation + ":" + doi.str.to_lowercase())


def _only(values: pl.Series, is_meant: pl.Series) -> pl.Series:
    return values.zip_with(is_meant, pl.Series([None], dtype=pl.String))


def _several_values(
    values: pl.Series, field: Field, column: ColumnMapping
) -> tuple[pl.Series, Found]:
    """Return canonical values of cells in which a mark parts several."""
    parts = _exploded(values, field, column.value_separator)
    found: Found = {}
    if field.kind not in _PLAIN_KINDS:
        canonical, causes = _settled_or_looked_at(parts["part"], field, column)
        for finding, is_meant in causes.items():
            found[finding] = _mask(values.len(), parts["row"].filter(is_meant))
        parts = parts.with_columns(part=canonical)
        if canonical.str.contains(VALUE_SEPARATOR, literal=True).any():
            split = pl.col("part").str.split(VALUE_SEPARATOR)
            parts = parts.with_columns(split).explode("part")
    return _joined(parts.drop_nulls(), values.len()), found


def _joined(parts: pl.DataFrame, length: int) -> pl.Series:
    """Return the different parts of each row as one text, null where there is none."""
    if not (parts["row"].diff() == 0).any():  # rows ascend: none has several parts
        if parts.height == length:
            return parts["part"]
        return (
            pl.Series("part", [None], dtype=pl.String)
            .new_from_index(0, length)
            .scatter(parts["row"], parts["part"])
        )
    lists = parts.group_by("row", maintain_order=True).agg("part")
    joined = lists.with_columns(
        pl.col("part").list.unique(maintain_order=True).list.join(VALUE_SEPARATOR)
    )
    every = pl.DataFrame({"row": pl.int_range(length, dtype=pl.Int64, eager=True)})
    return every.join(joined, on="row", how="left", maintain_order="left")["part"]


def _exploded(values: pl.Series, field: Field, separator: str | None) -> pl.DataFrame:
    """Return ``row`` and ``part`` of every value, blanks and placeholders left out."""
    rows = pl.int_range(values.len(), dtype=pl.Int64, eager=True)
    frame = pl.DataFrame({"row": rows, "part": values}).drop_nulls()
    if separator is not None:
        frame = frame.with_columns(pl.col("part").str.split(separator)).explode("part")
    part = pl.col("part").str.strip_chars()
    if field.kind is not Kind.LONG_TEXT:
        part = part.str.replace_all(r"\s+", " ")
    frame = frame.with_columns(part=part).filter(pl.col("part") != "")
    return frame.filter(~_is_filler(frame["part"]))


def _cell_by_cell(
    values: pl.Series, field: Field, column: ColumnMapping
) -> tuple[pl.Series, Found]:
    """Return canonical values, and by cause the rows in which something is wrong."""
    distinct = values.drop_nulls().unique(maintain_order=True)
    if column.is_day_first is None and field.kind in (Kind.DATE, Kind.PERIOD):
        column = replace(column, is_day_first=day_first_of(distinct))
    pieces: list[pl.Series] = []
    found: dict[Finding, array[int]] = {}
    for start in range(0, distinct.len(), _TEXTS_PER_PIECE):
        spelled, causes = _looked_at(distinct.slice(start, _TEXTS_PER_PIECE), field, column)
        pieces.append(spelled)
        for finding, wrong in causes.items():
            found.setdefault(finding, array("I")).extend(start + place for place in wrong)
    canonical = pl.concat(pieces) if pieces else distinct
    masks = {finding: _mask(distinct.len(), wrong) for finding, wrong in found.items()}
    if distinct.len() == values.len():
        return canonical, masks
    numbers = pl.int_range(distinct.len(), dtype=pl.UInt32, eager=True)
    places = values.replace_strict(distinct, numbers, default=None, return_dtype=pl.UInt32)
    return canonical.gather(places), {
        finding: mask.gather(places).fill_null(value=False) for finding, mask in masks.items()
    }


def _mask(length: int, places: pl.Series | Sequence[int]) -> pl.Series:
    """Return whether each of so many rows is at one of some places."""
    nowhere = pl.zeros(length, dtype=pl.Boolean, eager=True)
    return nowhere.scatter(pl.Series(places, dtype=pl.UInt32), values=True)


def _looked_at(
    texts: pl.Series, field: Field, column: ColumnMapping
) -> tuple[pl.Series, dict[Finding, list[int]]]:
    """Return the canonical values of different texts, and by cause the places of the wrong ones."""
    canonical: list[str | None] = []
    found: dict[Finding, list[int]] = {}
    for place, cell in enumerate(texts.to_list()):
        kept: dict[str, None] = {}
        causes: set[Finding] = set()
        for part in _parts(cell, field, column.value_separator):
            value, finding = value_of(field.kind, part, is_day_first=column.is_day_first)
            if value:
                kept.setdefault(value)
            if finding is not None:
                causes.add(finding)
        values_kept = list(kept)
        if len(values_kept) > 1 and not field.is_many:
            del values_kept[1:]
            causes.add(Finding.SEVERAL_VALUES)
        for finding in causes:
            found.setdefault(finding, []).append(place)
        canonical.append(VALUE_SEPARATOR.join(values_kept) or None)
    return pl.Series(texts.name, canonical, dtype=pl.String), found


def _parts(cell: str, field: Field, separator: str | None) -> Iterable[str]:
    """Yield the values of a cell, blanks and placeholders left out."""
    if not field.is_many and (field.kind is Kind.BOX or not cell.startswith("[")):
        yield cell
        return
    for part in parted(cell, separator if field.is_many else None, field.kind):
        text = part.replace(VALUE_SEPARATOR, " ").strip()
        if field.kind is not Kind.LONG_TEXT:
            text = " ".join(text.split())
        if not text or is_placeholder(text):
            continue
        if field.kind in (Kind.URL, Kind.IDENTIFIER):
            yield from split_urls(text)
        else:
            yield text
