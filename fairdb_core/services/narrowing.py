"""Which of the assessed datasets are meant, and how many each further choice would leave."""

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np
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
from fairdb_core.services.standing import Condition, Mask, Matching, Standing

VALUES_SHOWN = 50
MAX_WORDS = 10
MAX_VARIABLE = 4
_COLUMNS = {
    Facet.COLLECTION: "collection_id",
    Facet.PUBLISHER: "publisher",
    Facet.YEAR: "publication_year",
    Facet.TYPE: "resource_type",
    Facet.LICENSE: "license",
    Facet.ACCESS: "access_rights",
    Facet.LANGUAGE: "language",
    Facet.FORMAT: "format",
    Facet.BATCH: "batch_id",
}
_BAND_WIDTH = 100 // len(BANDS)
_FAILED_STATES = (1, 2)
_NUMBERS = (Facet.COLLECTION, Facet.YEAR, Facet.BATCH)
_BY_RECORD = ("record", "record*")


@dataclass(frozen=True)
class Scope:
    """What filters are held against besides the datasets themselves.

    Attributes:
        collections: Names by key.
        checks: The checks of the rubric.
        dimensions: The id, title and points of the rubric's dimensions.
        own_ids: The viewer's own datasets.
        patterns: Facts and scores by pattern.
    """

    collections: Mapping[int, str]
    checks: Sequence[CheckMethod]
    dimensions: Sequence[tuple[str, str, float]]
    own_ids: Sequence[int] = field(default=())
    patterns: pl.DataFrame = field(default_factory=pl.DataFrame, compare=False, repr=False)


def matching(standing: Standing, filters: Filters, scope: Scope) -> Matching:
    """Return the datasets that match every filter, without copying them."""
    found = conditions(filters, scope)
    by_pattern = [each for each in found.values() if isinstance(each, _OfPatterns)]
    if standing.height and found and len(by_pattern) == len(found):
        patterns = np.logical_and.reduce([condition.met() for condition in by_pattern])
        return Matching(standing, None, patterns=patterns)
    return standing.matching([standing.mask(key, condition) for key, condition in found.items()])


def column_of(facet: Facet) -> str:
    """Return the column that holds what a facet is about; scores and checks have none."""
    return _COLUMNS[facet]


def fails(column: str) -> pl.Expr:
    """Return whether the fact in a column could be judged and is not fully met."""
    return pl.col(column).is_in(_FAILED_STATES)


def facet_counts(standing: Standing, filters: Filters, scope: Scope) -> tuple[FacetCounts, ...]:
    """Return the values of every facet with the datasets that each would leave."""
    counts = []
    here = matching(standing, filters, scope)
    counted = here.counts_of(tuple(_COLUMNS.values()))
    for facet in Facet:
        found = here
        if filters.values(facet):
            found = matching(standing, filters.without(facet), scope)
            if facet in _COLUMNS:
                counted[_COLUMNS[facet]] = found.counts(_COLUMNS[facet])
        values = _values(found, facet, scope, counted)
        counts.append(FacetCounts(facet, values + _others(found, facet, filters, scope, values)))
    return tuple(counts)


def reliefs(standing: Standing, filters: Filters, scope: Scope) -> tuple[Relief, ...]:
    """Return how many datasets dropping each single filter would bring, the most first."""
    loosened = [
        (f"{facet.label}: {', '.join(_label(facet, v, scope) for v in values)}", facet)
        for facet, values in filters.chosen
    ]
    found = [_relief(label, filters.without(facet), standing, scope) for label, facet in loosened]
    if filters.text:
        without_text = replace(filters, text="")
        found.append(_relief(f"Search: {filters.text}", without_text, standing, scope))
    if filters.is_mine:
        everybodys = replace(filters, is_mine=False)
        found.append(_relief("Only my datasets", everybodys, standing, scope))
    if filters.ids:
        label = f"Chosen one by one: {len(filters.ids):,}"
        found.append(_relief(label, replace(filters, ids=()), standing, scope))
    return tuple(sorted(found, key=lambda relief: -relief.count))


def _relief(label: str, filters: Filters, standing: Standing, scope: Scope) -> Relief:
    return Relief(label, filters, matching(standing, filters, scope).count)


def conditions(filters: Filters, scope: Scope) -> dict[Hashable, Condition]:
    """Return what datasets have to meet, each by a key that says all it depends on."""
    found: dict[Hashable, Condition] = {
        (facet, values): _matches(facet, values, scope) for facet, values in filters.chosen
    }
    for word in filters.text.lower().split()[:MAX_WORDS]:
        found[("text", word)] = _holding(word)
    if filters.is_mine:
        own_ids = tuple(scope.own_ids)
        found[("mine", own_ids)] = _meeting(pl.col("dataset_id").is_in(own_ids))
    if filters.ids:
        found[("ids", filters.ids)] = _meeting(pl.col("dataset_id").is_in(filters.ids))
    return found


def _holding(word: str) -> Condition:
    """Return whether title, identifier or keywords hold a word, in large or small letters."""
    variable = [letter for letter in dict.fromkeys(word) if not letter.isascii()][:MAX_VARIABLE]
    forms = {word}
    for letter in variable:
        forms |= {form.replace(letter, letter.upper()) for form in forms}
    ways = sorted(forms)
    return lambda standing: standing.texts.str.contains_any(
        ways, ascii_case_insensitive=True
    ).to_numpy()


def _matches(facet: Facet, values: Sequence[str], scope: Scope) -> Condition:
    if facet is Facet.BAND:
        bands = [BANDS.index(value) for value in values if value in BANDS]
        return _OfPatterns(_band().is_in(bands), scope.patterns)
    if facet is Facet.GAP:
        failing = pl.any_horizontal(_fails_as(value, scope) for value in values)
        return _OfPatterns(failing, scope.patterns)
    wanted: set[str | int | None] = set(values)
    if facet in _NUMBERS:
        wanted = {int(value) for value in values if value.isdecimal()}
    if NOT_GIVEN in values:
        wanted.add(None)
    return _having(_COLUMNS[facet], wanted)


def _having(column: str, wanted: Set[str | int | None]) -> Condition:
    def which(standing: Standing) -> Mask:
        codes = standing.codes(column)
        is_wanted = np.array([value in wanted for value in codes.values], dtype=bool)
        found: Mask = is_wanted.take(codes.of_each)
        return found

    return which


def _meeting(condition: pl.Expr) -> Condition:
    def which(standing: Standing) -> Mask:
        answers = standing.rows.select(condition.fill_null(value=False)).to_series()
        found: Mask = answers.to_numpy()
        return found

    return which


@dataclass(frozen=True, slots=True)
class _OfPatterns:
    """A condition on facts, which all datasets of a pattern meet or none does."""

    condition: pl.Expr
    patterns: pl.DataFrame

    def met(self) -> Mask:
        """Return which patterns meet it."""
        answers = self.patterns.select(self.condition.fill_null(value=False)).to_series()
        found: Mask = np.resize(answers.to_numpy(), self.patterns.height)
        return found

    def __call__(self, standing: Standing) -> Mask:
        """Return which datasets meet it."""
        found: Mask = self.met().take(standing.numbers)
        return found


def _fails_as(value: str, scope: Scope) -> pl.Expr:
    """Return whether datasets fail all checks that a value names, and no other if it says so."""
    check_ids, is_exact = read_gap(value)
    columns = {check.check_id: f"fact:{check.indicator}" for check in scope.checks}
    wanted = {columns.get(check_id, "") for check_id in check_ids}
    present = set(scope.patterns.columns)
    if not wanted or not wanted <= present:
        return pl.lit(value=False)
    failed = pl.all_horizontal(fails(name) for name in sorted(wanted))
    others = [
        fails(columns[check.check_id])
        for check in scope.checks
        if is_exact and check.points and check.decided_by in _BY_RECORD
        if columns[check.check_id] in present - wanted
    ]
    return failed & ~pl.any_horizontal(others) if others else failed


def _others(
    found: Matching,
    facet: Facet,
    filters: Filters,
    scope: Scope,
    listed: Sequence[FacetValue],
) -> tuple[FacetValue, ...]:
    """Return what is chosen in a facet and not among its listed values."""
    names = {value.value for value in listed}
    more = []
    for name in filters.values(facet):
        if name in names or not found.standing.height:
            continue
        count = matching(found.standing, filters.with_values(facet, [name]), scope).count
        more.append(FacetValue(name, _label(facet, name, scope), count))
    return tuple(more)


def _values(
    found: Matching,
    facet: Facet,
    scope: Scope,
    counted_by: Mapping[str, list[tuple[str | int | None, int]]],
) -> tuple[FacetValue, ...]:
    if facet is Facet.GAP:
        return _gap_values(found, scope)
    if facet is Facet.BAND:
        return _band_values(found, scope)
    counted = sorted(
        counted_by[_COLUMNS[facet]],
        key=lambda pair: (-pair[1], pair[0] is not None, str(pair[0])),
    )[:VALUES_SHOWN]
    if facet is Facet.YEAR:
        counted.sort(key=lambda pair: -int(pair[0] or 0))
    return tuple(FacetValue(*value_of(facet, value, scope), count) for value, count in counted)


def value_of(facet: Facet, value: str | int | None, scope: Scope) -> tuple[str, str]:
    """Return a value as addresses and as screens name it."""
    name = NOT_GIVEN if value is None else str(value)
    return name, _label(facet, name, scope)


def _band_values(found: Matching, scope: Scope) -> tuple[FacetValue, ...]:
    band_of = found.standing.once(
        "bands", lambda: found.standing.patterns.select(_band().fill_null(len(BANDS))).to_series()
    )
    counts = np.bincount(band_of.to_numpy(), found.pattern_counts, len(BANDS))
    return tuple(
        FacetValue(BANDS[band], _label(Facet.BAND, BANDS[band], scope), int(counts[band]))
        for band in np.flatnonzero(counts[: len(BANDS)])
    )


def _gap_values(found: Matching, scope: Scope) -> tuple[FacetValue, ...]:
    patterns = found.standing.patterns
    judged = [c for c in scope.checks if f"fact:{c.indicator}" in patterns.columns and c.points]
    facts = tuple(f"fact:{check.indicator}" for check in judged)
    failing = found.standing.once(
        ("failing", facts), lambda: failing_of(patterns, facts).astype(np.float64)
    )
    # Whole numbers are exact in this type, and the only ones multiplied quickly.
    counts = found.pattern_counts @ failing
    values = [
        FacetValue(check.check_id, check.question, int(count))
        for check, count in zip(judged, counts, strict=True)
        if count
    ]
    return tuple(sorted(values, key=lambda value: -value.count))


def failing_of(patterns: pl.DataFrame, facts: Sequence[str]) -> Mask:
    """Return in which patterns, a row each, which of some facts fail."""
    if not facts:
        return np.zeros((patterns.height, 0), dtype=bool)
    states = patterns.select(facts).to_numpy()
    low, high = _FAILED_STATES
    failing: Mask = (states == low) | (states == high)
    return failing


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
