"""One change to one field over many records, under the rules of a file's cells."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.uploads import ColumnMapping, Problem
from fairdb_core.errors import ValidationError
from fairdb_core.importers.columns import canonical_column
from fairdb_core.importers.findings import Finding
from fairdb_core.importers.lookups import looked_up
from fairdb_core.importers.normalise import problem_of
from fairdb_core.metadata import FIELD_BY_NAME, Kind
from fairdb_core.records import VALUE_SEPARATOR
from fairdb_core.vocabularies.researchers import with_canonical_ids
from fairdb_core.vocabularies.resource_types import general_type_of

# What a dataset is known by is changed one at a time, in the form.
FIXABLE = tuple(name for name in FIELD_BY_NAME if name != "identifier")
_TYPED = frozenset({FixAction.FILL, FixAction.SET, FixAction.REPLACE})
_OVERWRITING = frozenset({FixAction.SET, FixAction.LOOK_UP})
_BRINGING = _TYPED | {FixAction.COPY, FixAction.LOOK_UP}
Changed = tuple[pl.Series, tuple[Problem, ...]]


def fix_records(
    records: pl.DataFrame, fix: BulkFix, identities: pl.Series | None = None
) -> tuple[pl.DataFrame, tuple[Problem, ...]]:
    """Return records with one field changed, and what is wrong with the new values.

    Args:
        records: A record frame.
        fix: What to change.
        identities: By which each record is known, where values are looked up.

    Raises:
        ValidationError: The field cannot be changed so, or a value is missing or not accepted.
    """
    if fix.field not in FIXABLE:
        raise ValidationError("Field", "choose one of the fields that may be changed together")
    if fix.action is FixAction.LOOK_UP:
        values, problems = _looked_up(records, fix, identities)
    else:
        values, problems = _ACTIONS[fix.action](records, fix)
    changed = records.with_columns(values.cast(pl.String).alias(fix.field))
    return changed, (*problems, *_doubts(fix, records[fix.field], changed[fix.field]))


def as_stored(fix: BulkFix) -> BulkFix:
    """Return a fix with its value in the spelling that is stored."""
    if fix.action not in _TYPED:
        return fix
    value, _ = _canonical(fix.field, fix.value)
    return replace(fix, value=value.replace(VALUE_SEPARATOR, "\n"))


def _doubts(fix: BulkFix, before: pl.Series, after: pl.Series) -> list[Problem]:
    """Return why new values may not be true, or not be understood, though they are accepted."""
    field = FIELD_BY_NAME[fix.field]
    doubts = []
    if fix.action in _OVERWRITING:
        replaced = before.filter(before.ne_missing(after)).drop_nulls()
        if replaced.len():
            doubts.append((Finding.VALUE_REPLACED, _told(replaced[0]), replaced.len()))
    if field.is_own and fix.action in _BRINGING:
        new = after.filter(before.ne_missing(after)).drop_nulls()
        shared = new.value_counts(sort=True).filter(pl.col("count") > 1)
        if shared.height:
            value = _told(shared[fix.field][0])
            doubts.append((Finding.ONE_VALUE_FOR_MANY, value, int(shared["count"].sum())))
    if fix.action in _TYPED:
        typed = [line.strip() for line in fix.value.splitlines()]
        if field.example in typed and not field.has_vocabulary:
            doubts.append((Finding.EXAMPLE_TYPED, field.example, 0))
        if field.kind is Kind.RESOURCE_TYPE and general_type_of(fix.value.strip()) is None:
            doubts.append((Finding.TYPE_NOT_RECOGNISED, fix.value.strip(), 0))
    return [
        replace(
            problem_of(finding, (), column=field.title, value=value, field=field.name), count=count
        )
        for finding, value, count in doubts
    ]


def _told(value: str) -> str:
    return value.replace(VALUE_SEPARATOR, "; ")


def _cleared(records: pl.DataFrame, fix: BulkFix) -> Changed:
    return pl.Series(fix.field, [None], dtype=pl.String).new_from_index(0, records.height), ()


def _filled(records: pl.DataFrame, fix: BulkFix) -> Changed:
    value, problems = _canonical(fix.field, fix.value)
    return records[fix.field].fill_null(value), problems


def _set(records: pl.DataFrame, fix: BulkFix) -> Changed:
    value, problems = _canonical(fix.field, fix.value)
    return pl.Series([value], dtype=pl.String).new_from_index(0, records.height), problems


def _replaced(records: pl.DataFrame, fix: BulkFix) -> Changed:
    value, problems = _canonical(fix.field, fix.value)
    found = fix.found.strip()
    if not found:
        raise ValidationError(FIELD_BY_NAME[fix.field].title, "say which value is replaced")
    column = pl.col(fix.field)
    if not FIELD_BY_NAME[fix.field].is_many:
        changed = pl.when(column == found).then(pl.lit(value)).otherwise(column)
    else:
        parts = column.str.split(VALUE_SEPARATOR).list.eval(
            pl.when(pl.element() == found).then(pl.lit(value)).otherwise(pl.element())
        )
        changed = parts.list.unique(maintain_order=True).list.join(VALUE_SEPARATOR)
    return records.select(changed).to_series(), problems


def _copied(records: pl.DataFrame, fix: BulkFix) -> Changed:
    if fix.source not in FIELD_BY_NAME or fix.source == fix.field:
        raise ValidationError("Copy from", "choose another field")
    source = records[fix.source]
    if FIELD_BY_NAME[fix.field].is_many:
        source = _lines(source)
    else:
        source = source.str.split(VALUE_SEPARATOR).list.first()
    is_wanted = records[fix.field].is_null()
    canonical, problems = _read(source.set(~is_wanted, None), fix.field, fix.source)
    return records[fix.field].zip_with(~is_wanted, canonical), problems


def _normalised(records: pl.DataFrame, fix: BulkFix) -> Changed:
    """Bring values to their canonical spelling; what is not understood stays as it is."""
    before = records[fix.field]
    canonical, problems = _read(_lines(before), fix.field, fix.field)
    after = canonical.fill_null(before)
    if FIELD_BY_NAME[fix.field].kind not in (Kind.NAME, Kind.TEXT):
        return after, problems
    distinct = after.drop_nulls().unique().to_list()
    spelled = {text: with_canonical_ids(text) for text in distinct}
    wrong = [text for text, (_, is_right) in spelled.items() if not is_right]
    changed = {text: new for text, (new, _) in spelled.items() if new != text}
    if wrong:
        rows = after.is_in(wrong).arg_true().to_list()
        title = FIELD_BY_NAME[fix.field].title
        problem = problem_of(
            Finding.CHECK_DIGIT_WRONG, rows, column=title, value=after[rows[0]], field=fix.field
        )
        problems = (*problems, problem)
    return (after.replace(changed) if changed else after), problems


def _split(records: pl.DataFrame, fix: BulkFix) -> Changed:
    separator = _separator_of(fix)
    before = records[fix.field]
    has_several = before.str.contains(separator, literal=True).fill_null(value=False)
    parts = before.set(~has_several, None).str.replace_all(separator, "\n", literal=True)
    canonical, problems = _read(_lines(parts), fix.field, fix.field)
    return canonical.fill_null(before), problems


def _joined(records: pl.DataFrame, fix: BulkFix) -> Changed:
    separator = _separator_of(fix)
    before = records[fix.field]
    return before.str.replace_all(VALUE_SEPARATOR, separator, literal=True), ()


def _looked_up(records: pl.DataFrame, fix: BulkFix, identities: pl.Series | None) -> Changed:
    title = FIELD_BY_NAME[fix.field].title
    if fix.table is None or identities is None:
        raise ValidationError(title, "choose a table of identifiers and values")
    found = looked_up(fix.table, identities)
    separator = ";" if FIELD_BY_NAME[fix.field].is_many else ""
    cells = found.str.replace_all(separator, "\n", literal=True) if separator else found
    canonical, problems = _read(cells, fix.field, fix.field)
    return canonical.fill_null(records[fix.field]), problems


def _separator_of(fix: BulkFix) -> str:
    field = FIELD_BY_NAME[fix.field]
    if not field.is_many:
        raise ValidationError(field.title, "it holds one value, which cannot be split or joined")
    if not fix.separator:
        raise ValidationError(field.title, "say by which mark the values are parted")
    return fix.separator


def _lines(values: pl.Series) -> pl.Series:
    return values.str.replace_all(VALUE_SEPARATOR, "\n", literal=True)


def _canonical(field: str, text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a typed value in its canonical spelling."""
    title = FIELD_BY_NAME[field].title
    canonical, problems = _read(pl.Series(title, [text], dtype=pl.String), field, field)
    if canonical[0] is None:
        hint = f"expected {problems[0].expected}" if problems else "type a value"
        raise ValidationError(title, hint)
    return str(canonical[0]), tuple(replace(each, rows=(), row=None) for each in problems)


def _read(cells: pl.Series, field: str, source: str) -> Changed:
    """Return cells, one value a line, in their canonical spelling, and what is wrong with them."""
    is_many = FIELD_BY_NAME[field].is_many
    mapping = ColumnMapping(field, field, value_separator="\n" if is_many else None)
    canonical, found = canonical_column(cells.fill_null(""), mapping)
    problems = []
    for finding, is_meant in found.items():
        rows = is_meant.arg_true().to_list()
        problems.append(
            problem_of(
                finding,
                rows,
                column=FIELD_BY_NAME[source].title,
                value=str(cells[rows[0]]).replace("\n", "; ") if rows else "",
                field=field,
            )
        )
    return canonical, tuple(problems)


_ACTIONS: dict[FixAction, Callable[[pl.DataFrame, BulkFix], Changed]] = {
    FixAction.FILL: _filled,
    FixAction.SET: _set,
    FixAction.REPLACE: _replaced,
    FixAction.NORMALISE: _normalised,
    FixAction.SPLIT: _split,
    FixAction.JOIN: _joined,
    FixAction.COPY: _copied,
    FixAction.CLEAR: _cleared,
}
