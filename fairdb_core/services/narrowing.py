"""Which of the assessed datasets are meant, and how many each further choice would leave."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from fairdb_core.domain.gaps import read_gap
from fairdb_core.domain.summaries import (
    BANDS,
    NOT_GIVEN,
    CheckMethod,
    Facet,
    FacetCounts,
    FacetValue,
    Filters,
    Relief,
)

VALUES_SHOWN = 50
MAX_WORDS = 10
_COLUMNS = {
    Facet.COLLECTION: "collection_id",
    Facet.PUBLISHER: "publisher",
    Facet.YEAR: "publication_year",
    Facet.TYPE: "resource_type",
    Facet.LICENSE: "license",
    Facet.ACCESS: "access_rights",
    Facet.LANGUAGE: "language",
    Facet.FORMAT: "format",
}
_BAND_WIDTH = 100 // len(BANDS)
_FAILED_STATES = (1, 2)
_BY_RECORD = ("record", "record*")


@dataclass(frozen=True)
class Scope:
    """What filters are held against besides the datasets themselves.

    Attributes:
        collections: Names by key.
        checks: The checks of the rubric.
        dimensions: The id, title and points of the rubric's dimensions.
        own_ids: The viewer's own datasets.
    """

    collections: Mapping[int, str]
    checks: Sequence[CheckMethod]
    dimensions: Sequence[tuple[str, str, float]]
    own_ids: Sequence[int] = field(default=())


def narrow(datasets: pl.DataFrame, filters: Filters, scope: Scope) -> pl.DataFrame:
    """Return the datasets that match every filter."""
    if datasets.is_empty() or filters.is_empty:
        return datasets
    return datasets.filter(_condition(datasets, filters, scope))


def column_of(facet: Facet) -> str:
    """Return the column that holds what a facet is about; scores and checks have none."""
    return _COLUMNS[facet]


def fails(column: str) -> pl.Expr:
    """Return whether the fact in a column could be judged and is not fully met."""
    return pl.col(column).is_in(_FAILED_STATES)


def facet_counts(datasets: pl.DataFrame, filters: Filters, scope: Scope) -> tuple[FacetCounts, ...]:
    """Return the values of every facet with the datasets that each would leave."""
    counts = []
    matching = narrow(datasets, filters, scope)
    for facet in Facet:
        frame = matching
        if filters.values(facet):
            frame = narrow(datasets, filters.without(facet), scope)
        values = _values(frame, facet, scope)
        counts.append(FacetCounts(facet, values + _others(frame, facet, filters, scope, values)))
    return tuple(counts)


def reliefs(datasets: pl.DataFrame, filters: Filters, scope: Scope) -> tuple[Relief, ...]:
    """Return how many datasets dropping each single filter would bring, the most first."""
    loosened = [
        (f"{facet.label}: {', '.join(_label(facet, v, scope) for v in values)}", facet)
        for facet, values in filters.chosen
    ]
    found = [_relief(label, filters.without(facet), datasets, scope) for label, facet in loosened]
    if filters.text:
        without_text = Filters("", filters.chosen, filters.is_mine)
        found.append(_relief(f"Search: {filters.text}", without_text, datasets, scope))
    if filters.is_mine:
        found.append(
            _relief("Only my datasets", Filters(filters.text, filters.chosen), datasets, scope)
        )
    return tuple(sorted(found, key=lambda relief: -relief.count))


def _relief(label: str, filters: Filters, datasets: pl.DataFrame, scope: Scope) -> Relief:
    return Relief(label, filters, narrow(datasets, filters, scope).height)


def _condition(datasets: pl.DataFrame, filters: Filters, scope: Scope) -> pl.Expr:
    condition = pl.lit(value=True)
    for facet, values in filters.chosen:
        condition &= _matches(datasets, facet, values, scope)
    for word in filters.text.split()[:MAX_WORDS]:
        pattern = "(?i)" + re.escape(word)
        condition &= pl.col("title").str.contains(pattern).fill_null(value=False) | pl.col(
            "identifier"
        ).str.contains(pattern).fill_null(value=False)
    if filters.is_mine:
        condition &= pl.col("dataset_id").is_in(list(scope.own_ids))
    return condition


def _matches(datasets: pl.DataFrame, facet: Facet, values: Sequence[str], scope: Scope) -> pl.Expr:
    if facet is Facet.BAND:
        return _band().is_in([BANDS.index(value) for value in values if value in BANDS])
    if facet is Facet.GAP:
        return pl.any_horizontal(_fails_as(datasets, value, scope) for value in values)
    column = pl.col(_COLUMNS[facet])
    if datasets.schema[_COLUMNS[facet]].is_integer():
        match = column.is_in([int(value) for value in values if value.isdecimal()])
    else:
        match = column.is_in(list(values))
    return (match | column.is_null()) if NOT_GIVEN in values else match.fill_null(value=False)


def _fails_as(datasets: pl.DataFrame, value: str, scope: Scope) -> pl.Expr:
    """Return whether datasets fail all checks that a value names, and no other if it says so."""
    check_ids, is_exact = read_gap(value)
    columns = {check.check_id: f"fact:{check.indicator}" for check in scope.checks}
    wanted = {columns.get(check_id, "") for check_id in check_ids}
    if not wanted or not wanted <= set(datasets.columns):
        return pl.lit(value=False)
    failed = pl.all_horizontal(fails(name) for name in sorted(wanted))
    others = [
        fails(columns[check.check_id])
        for check in scope.checks
        if is_exact and check.points and check.decided_by in _BY_RECORD
        if columns[check.check_id] in set(datasets.columns) - wanted
    ]
    return failed & ~pl.any_horizontal(others) if others else failed


def _others(
    datasets: pl.DataFrame,
    facet: Facet,
    filters: Filters,
    scope: Scope,
    listed: Sequence[FacetValue],
) -> tuple[FacetValue, ...]:
    """Return what is chosen in a facet and not among its listed values."""
    names = {value.value for value in listed}
    return tuple(
        FacetValue(
            name,
            _label(facet, name, scope),
            datasets.filter(_matches(datasets, facet, (name,), scope)).height,
        )
        for name in filters.values(facet)
        if name not in names and not datasets.is_empty()
    )


def _values(datasets: pl.DataFrame, facet: Facet, scope: Scope) -> tuple[FacetValue, ...]:
    if facet is Facet.GAP:
        return _gap_values(datasets, scope)
    by_band = facet is Facet.BAND
    key = _band() if by_band else pl.col(_COLUMNS[facet])
    counted = (
        datasets.group_by(key.alias("value")).len().sort(["len", "value"], descending=[True, False])
    )
    if by_band:
        counted = counted.drop_nulls().sort("value")
    elif facet is Facet.YEAR:
        counted = counted.sort("value", descending=True, nulls_last=True)
    values = []
    for value, count in counted.head(VALUES_SHOWN).iter_rows():
        name = BANDS[value] if by_band else NOT_GIVEN if value is None else str(value)
        values.append(FacetValue(name, _label(facet, name, scope), count))
    return tuple(values)


def _gap_values(datasets: pl.DataFrame, scope: Scope) -> tuple[FacetValue, ...]:
    judged = [c for c in scope.checks if f"fact:{c.indicator}" in datasets.columns and c.points]
    if not judged or datasets.is_empty():
        return ()
    counts = datasets.select(
        fails(f"fact:{check.indicator}").sum().alias(check.check_id) for check in judged
    ).row(0)
    values = [
        FacetValue(check.check_id, check.question, count)
        for check, count in zip(judged, counts, strict=True)
        if count
    ]
    return tuple(sorted(values, key=lambda value: -value.count))


def _band() -> pl.Expr:
    return (pl.col("percent") // _BAND_WIDTH).clip(0, len(BANDS) - 1).cast(pl.Int64)


def _label(facet: Facet, value: str, scope: Scope) -> str:
    if facet is Facet.COLLECTION and value.isdecimal():
        return scope.collections.get(int(value), value)
    if facet is Facet.GAP:
        return _gap_label(value, scope)
    return f"{value} %" if facet is Facet.BAND else value


def _gap_label(value: str, scope: Scope) -> str:
    check_ids, is_exact = read_gap(value)
    questions = {check.check_id: check.question for check in scope.checks}
    asked = [questions.get(check_id, check_id) for check_id in check_ids]
    if not asked or not is_exact:
        return " and ".join(asked) or value
    rest = f" and {len(asked) - 1} more" if len(asked) > 1 else ""
    return f"exactly “{asked[0]}”{rest}"
