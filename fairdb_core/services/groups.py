"""The groups that a facet makes of datasets: their figures, and whether they really differ."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import NormalDist

import numpy as np
import polars as pl

from fairdb_core.domain.comparisons import (
    Funnel,
    FunnelPoint,
    GroupOption,
    GroupScore,
    Standing,
)
from fairdb_core.domain.summaries import NOT_GIVEN, Facet, Filters
from fairdb_core.scoring.intervals import (
    LEAST_POINTS,
    LEVEL,
    SMALLEST_JUDGED,
    Sample,
    mean_interval,
)
from fairdb_core.scoring.ranks import Ranked, rank_ranges
from fairdb_core.services.narrowing import Scope, column_of, matching
from fairdb_core.services.score_frames import Judged
from fairdb_core.services.standing import MOST_CELLS, GroupedPatterns, Mask, Matching

SMALLEST_SHOWN = 5
MOST_OPTIONS = 200
MOST_POINTS = 1_000
MOST_NAMED = 12
_MIDDLE = 50.0
COMPARABLE = tuple(facet for facet in Facet if facet not in (Facet.BAND, Facet.GAP, Facet.BATCH))


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the figures that everything else follows from."""

    value: str
    label: str
    sample: Sample
    dimensions: tuple[float | None, ...]


def groups_of(found: Matching, facet: Facet, scope: Scope) -> list[Group]:
    """Return the groups of a facet, the largest first; datasets that were not judged left out.

    Args:
        found: The datasets.
        facet: What parts them.
        scope: The names of collections and the rubric's dimensions.
    """
    if not found.count:
        return []
    return groups_in(found.groups(column_of(facet)), found.standing.patterns, facet, scope)


def groups_in(
    parted: GroupedPatterns, patterns: pl.DataFrame, facet: Facet, scope: Scope
) -> list[Group]:
    """Return the groups of a facet of which it is known how often each pattern occurs.

    Args:
        parted: How often.
        patterns: Scores by pattern.
        facet: What parts the datasets.
        scope: The names of collections and the rubric's dimensions.
    """
    figures = _figures(parted, patterns, scope)
    groups = [
        _group(NOT_GIVEN if value is None else str(value), _label(facet, value, scope), each)
        for value, each in zip(parted.values, figures, strict=True)
        if each[0]
    ]
    return sorted(groups, key=lambda g: (-g.sample.count, g.label != NOT_GIVEN, g.value))


def parted_at(
    judged: Judged, facet: Facet, at: datetime, live: Matching, meant: Mask | None
) -> GroupedPatterns:
    """Return how often each pattern occurred in each group at a time.

    What stands now is counted already or soon is; only what stood otherwise is put right.

    Args:
        judged: All versions.
        facet: What parts them.
        at: The time.
        live: The datasets that are meant, as they stand.
        meant: Which versions are meant, every one where nothing is said.
    """
    parted, versions = live.groups(column_of(facet)), judged.versions
    size = versions.patterns.height
    if len(parted.values) * size > MOST_CELLS:
        stood = judged.past.standing_at(at)
        stood &= True if meant is None else meant
        return Matching(versions, stood).groups(column_of(facet))
    codes = versions.codes(column_of(facet))
    counts = np.zeros(len(parted.values) * size, dtype=np.int64)
    counts[parted.group * size + parted.pattern] = parted.counts
    for sign, places in zip((1, -1), judged.past.otherwise_at(at, meant), strict=True):
        key = codes.of_each[places] * np.int64(size) + versions.numbers[places]
        counts += sign * np.bincount(key, minlength=len(counts))
    cells = np.flatnonzero(counts)
    return GroupedPatterns(parted.values, cells // size, cells % size, counts[cells])


def group_of(found: Matching, label: str, filters: Filters, scope: Scope) -> Group:
    """Return the group of all datasets that match some filters.

    Args:
        found: Datasets.
        label: What the group is called.
        filters: What its datasets match.
        scope: What the filters are held against.
    """
    counts = found.among(matching(found.standing, filters, scope)).pattern_counts
    pattern = np.flatnonzero(counts)
    whole = GroupedPatterns((label,), np.zeros_like(pattern), pattern, counts[pattern])
    return _group("", label, _figures(whole, found.standing.patterns, scope)[0])


def options_of(groups: Sequence[Group]) -> tuple[GroupOption, ...]:
    """Return what can be compared."""
    return tuple(
        GroupOption(group.value, group.label, group.sample.count) for group in groups[:MOST_OPTIONS]
    )


def scores_of(
    groups: Sequence[tuple[Group, Filters]], points: Sequence[tuple[str, str, float]]
) -> tuple[GroupScore, ...]:
    """Return each group with its interval and its possible ranks, by name.

    Args:
        groups: The groups and what leads to their datasets.
        points: The dimensions of the rubric: id, title and points.
    """
    ordered = sorted(groups, key=lambda pair: pair[0].label.casefold())
    scores = [_score(group, filters, points) for group, filters in ordered]
    ranked = [place for place, (g, _) in enumerate(ordered) if g.sample.count >= SMALLEST_JUDGED]
    if len(ranked) > 1:
        found = rank_ranges(
            [_ranked(ordered[place][0]) for place in ranked], [each for *_, each in points]
        )
        for place, ranks in zip(ranked, found, strict=True):
            scores[place] = replace(scores[place], ranks=ranks)
    return tuple(scores)


def funnel_of(groups: Sequence[Group]) -> Funnel:
    """Return many groups around the mean of all, and which of them stand out.

    The more groups there are, the further one has to lie off: in 95 of 100 comparisons of equal
    groups none stands out.
    """
    large = [group for group in groups if group.sample.count >= SMALLEST_SHOWN]
    shown = large[:MOST_POINTS]
    total = sum(group.sample.count for group in groups)
    mean = sum(g.sample.mean * g.sample.count for g in groups) / total if total else 0.0
    within = sum(g.sample.variance * (g.sample.count - 1) for g in large)
    freedom = sum(g.sample.count - 1 for g in large)
    deviation = math.sqrt(within / freedom) if freedom else 0.0
    strictness = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2 / max(1, len(large)))
    return Funnel(
        mean=mean,
        deviation=deviation,
        strictness=strictness,
        points=tuple(
            FunnelPoint(
                g.value,
                g.label,
                g.sample.count,
                g.sample.mean,
                _standing(g.sample, mean, deviation, strictness),
            )
            for g in shown
        ),
        small_count=len(groups) - len(large),
        small=options_of([g for g in groups if g.sample.count < SMALLEST_SHOWN][:MOST_NAMED]),
        hidden_count=len(large) - len(shown),
    )


def samples_of(groups: Sequence[Group]) -> Mapping[str, Sample]:
    """Return the samples of groups by their names."""
    return {group.label: group.sample for group in groups}


def _standing(sample: Sample, mean: float, deviation: float, strictness: float) -> Standing:
    """Return where a group lies; small groups and small differences never stand out."""
    gap = sample.mean - mean
    limit = max(strictness * deviation / math.sqrt(sample.count), LEAST_POINTS)
    if sample.count < SMALLEST_JUDGED or abs(gap) <= limit:
        return Standing.WITHIN
    return Standing.ABOVE if gap > 0 else Standing.BELOW


def _figures(
    parted: GroupedPatterns, patterns: pl.DataFrame, scope: Scope
) -> list[tuple[float | None, ...]]:
    """Return of each group count, mean and variance of the percent, and the dimensions' means."""
    names = ["percent", *(f"{key}.percent" for key, *_ in scope.dimensions)]
    percents = patterns.select(pl.col(names).cast(pl.Float64)).to_numpy(writable=True)
    percents[np.isnan(percents[:, 0])] = np.nan
    is_known, size = ~np.isnan(percents), len(names)
    worth = np.where(is_known, percents - _MIDDLE, 0.0)
    sums = parted.sums(np.column_stack([is_known, worth, worth[:, 0] ** 2]))
    counts, totals, squares = sums[:, :size], sums[:, size : 2 * size], sums[:, -1]
    with np.errstate(invalid="ignore"):
        means = totals / counts
    # From the middle the squares are small enough to be told apart.
    apart = np.maximum(squares - counts[:, 0] * means[:, 0] ** 2, 0.0)
    variance = apart / np.maximum(counts[:, 0] - 1, 1)
    means = means + _MIDDLE
    figures = np.column_stack([counts[:, 0], means[:, 0], variance, means[:, 1:]])
    return [tuple(None if math.isnan(x) else x for x in row) for row in figures.tolist()]


def _group(value: str, label: str, figures: Sequence[float | None]) -> Group:
    count, mean, variance, *dimensions = figures
    return Group(
        value, label, Sample(int(count or 0), mean or 0.0, variance or 0.0), tuple(dimensions)
    )


def _score(group: Group, filters: Filters, points: Sequence[tuple[str, str, float]]) -> GroupScore:
    sample = group.sample
    interval = mean_interval(sample) if sample.count >= SMALLEST_SHOWN else None
    return GroupScore(
        label=group.label,
        filters=filters,
        count=sample.count,
        mean=sample.mean if sample.count else None,
        lower=interval.lower if interval else None,
        upper=interval.upper if interval else None,
        dimensions=tuple(
            (title, percent)
            for (_, title, _), percent in zip(points, group.dimensions, strict=True)
        ),
    )


def _ranked(group: Group) -> Ranked:
    return Ranked(group.dimensions, math.sqrt(group.sample.variance / group.sample.count))


def _label(facet: Facet, value: str | int | None, scope: Scope) -> str:
    if value is None:
        return NOT_GIVEN
    if facet is Facet.COLLECTION and isinstance(value, int):
        return scope.collections.get(value, str(value))
    return str(value)
