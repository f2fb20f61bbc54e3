"""The groups that a facet makes of datasets: their figures, and whether they really differ."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

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
from fairdb_core.services.narrowing import Scope, column_of, narrow

SMALLEST_SHOWN = 5
MOST_OPTIONS = 200
MOST_POINTS = 1_000
COMPARABLE = tuple(facet for facet in Facet if facet not in (Facet.BAND, Facet.GAP, Facet.BATCH))


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the figures that everything else follows from."""

    value: str
    label: str
    sample: Sample
    dimensions: tuple[float | None, ...]


def groups_of(datasets: pl.DataFrame, facet: Facet, scope: Scope) -> list[Group]:
    """Return the groups of a facet, the largest first; datasets that were not judged left out.

    Args:
        datasets: Assessed datasets.
        facet: What parts them.
        scope: The names of collections and the rubric's dimensions.
    """
    if datasets.is_empty():
        return []
    found = (
        datasets.filter(pl.col("percent").is_not_null())
        .group_by(pl.col(column_of(facet)).cast(pl.String).alias("value"))
        .agg(*_figures(scope))
        .sort(["count", "value"], descending=[True, False])
    )
    return [
        _group(NOT_GIVEN if value is None else value, _label(facet, value, scope), figures)
        for value, *figures in found.iter_rows()
    ]


def group_of(datasets: pl.DataFrame, label: str, filters: Filters, scope: Scope) -> Group:
    """Return the group of all datasets that match some filters.

    Args:
        datasets: Assessed datasets.
        label: What the group is called.
        filters: What its datasets match.
        scope: What the filters are held against.
    """
    nothing = Group("", label, Sample(0, 0.0, 0.0), (None,) * len(scope.dimensions))
    matching = narrow(datasets, filters, scope)
    if matching.is_empty():
        return nothing
    judged = matching.filter(pl.col("percent").is_not_null())
    return _group("", label, judged.select(*_figures(scope)).row(0)) if judged.height else nothing


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


def _figures(scope: Scope) -> list[pl.Expr]:
    percent = pl.col("percent")
    return [
        pl.len().alias("count"),
        percent.mean().alias("mean"),
        percent.var().alias("variance"),
        *(pl.col(f"{key}.percent").mean() for key, *_ in scope.dimensions),
    ]


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


def _label(facet: Facet, value: str | None, scope: Scope) -> str:
    if value is None:
        return NOT_GIVEN
    if facet is Facet.COLLECTION and value.isdecimal():
        return scope.collections.get(int(value), value)
    return value
