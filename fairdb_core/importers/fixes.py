"""One change to one field over many records, under the rules of a file's cells."""

import polars as pl

from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.uploads import ColumnMapping, Problem
from fairdb_core.errors import ValidationError
from fairdb_core.importers.columns import canonical_column
from fairdb_core.importers.normalise import problem_of
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import VALUE_SEPARATOR

# What a dataset is known by is changed one at a time, in the form.
FIXABLE = tuple(name for name in FIELD_BY_NAME if name != "identifier")


def fix_records(records: pl.DataFrame, fix: BulkFix) -> tuple[pl.DataFrame, tuple[Problem, ...]]:
    """Return records with one field changed, and what is wrong with the new value.

    Args:
        records: A record frame.
        fix: What to change.

    Raises:
        ValidationError: The field cannot be changed so, or a value is missing or not accepted.
    """
    if fix.field not in FIXABLE:
        raise ValidationError("Field", "choose one of the fields that may be changed together")
    if fix.action is FixAction.COPY:
        return _copied(records, fix)
    if fix.action is FixAction.CLEAR:
        return records.with_columns(pl.lit(None, pl.String).alias(fix.field)), ()
    value, problems = _canonical(fix.field, fix.value)
    column = pl.col(fix.field)
    if fix.action is FixAction.FILL:
        changed = pl.coalesce(column, pl.lit(value))
    elif fix.action is FixAction.SET:
        changed = pl.lit(value)
    else:
        changed = _replaced(fix, value)
    return records.with_columns(changed.alias(fix.field)), problems


def _canonical(field: str, text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a typed value in its canonical spelling."""
    title = FIELD_BY_NAME[field].title
    cells = pl.Series(title, [text], dtype=pl.String)
    canonical, found = canonical_column(cells, _mapping(field))
    problems = tuple(
        problem_of(finding, (), column=title, value=text, field=field) for finding in found
    )
    if canonical[0] is None:
        hint = f"expected {problems[0].expected}" if problems else "type a value"
        raise ValidationError(title, hint)
    return str(canonical[0]), problems


def _mapping(field: str) -> ColumnMapping:
    is_many = FIELD_BY_NAME[field].is_many
    return ColumnMapping(field, field, value_separator="\n" if is_many else None)


def _replaced(fix: BulkFix, value: str) -> pl.Expr:
    found = fix.found.strip()
    if not found:
        raise ValidationError(FIELD_BY_NAME[fix.field].title, "say which value is replaced")
    column = pl.col(fix.field)
    if not FIELD_BY_NAME[fix.field].is_many:
        return pl.when(column == found).then(pl.lit(value)).otherwise(column)
    parts = column.str.split(VALUE_SEPARATOR).list.eval(
        pl.when(pl.element() == found).then(pl.lit(value)).otherwise(pl.element())
    )
    return parts.list.unique(maintain_order=True).list.join(VALUE_SEPARATOR)


def _copied(records: pl.DataFrame, fix: BulkFix) -> tuple[pl.DataFrame, tuple[Problem, ...]]:
    if fix.source not in FIELD_BY_NAME or fix.source == fix.field:
        raise ValidationError("Copy from", "choose another field")
    many = FIELD_BY_NAME[fix.field].is_many
    source = records[fix.source]
    if many:
        source = source.str.replace_all(VALUE_SEPARATOR, "\n", literal=True)
    else:
        source = source.str.split(VALUE_SEPARATOR).list.first()
    canonical, found = canonical_column(source.fill_null(""), _mapping(fix.field))
    title = FIELD_BY_NAME[fix.source].title
    problems = tuple(
        problem_of(finding, is_meant.arg_true().to_list(), column=title, value="", field=fix.field)
        for finding, is_meant in found.items()
    )
    copied = pl.coalesce(pl.col(fix.field), canonical)
    return records.with_columns(copied.alias(fix.field)), problems
