"""The overview's summary, put together from figures over the assessments that stand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from fairdb_core.domain.acts import names_together
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.summaries import (
    CollectionScore,
    Facet,
    Filters,
    Fix,
    OverviewSummary,
    OwnDatasets,
    RecentBatch,
    RubricMethod,
)
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.repositories.storage import Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.fix_order import single_gains
from fairdb_core.services import overview as figures
from fairdb_core.services.acts import by_act, outcome_of
from fairdb_core.services.courses import Course, course_of
from fairdb_core.services.narrowing import Scope, matching, reliefs
from fairdb_core.services.past import Past
from fairdb_core.services.remedies import fix_of
from fairdb_core.services.rubric_catalogue import (
    changes_of,
    trend_of_versions,
    versions_up_to,
)
from fairdb_core.services.score_frames import ScoreFrames
from fairdb_core.services.standing import Matching, first_places

RECENT_SHOWN = 5
FIXES_SHOWN = 8


def summarise_overview(
    work: Work,
    frames: ScoreFrames,
    rubric: Rubric,
    seen: Sequence[Collection],
    *,
    filters: Filters,
    scope: Scope,
) -> OverviewSummary:
    """Return how FAIR the datasets of some collections are, nobody's own among them.

    Args:
        frames: The assessments.
        rubric: By which they are judged.
        seen: The collections that the viewer may know of.
        filters: Which datasets are meant.
        scope: What filters are held against.
    """
    standing = frames.standing(work, seen, rubric)
    found = matching(standing, filters, scope)
    method = frames.method(rubric)
    collections = _chosen_collections(seen, filters)
    empty = _empty_summary(method, standing.height, collections, _recent(work, collections))
    empty = replace(empty, reliefs=reliefs(standing, filters, scope))
    if not found.count:
        return empty
    counts = figures.check_counts(found.tally, method.checks)
    fixes = _fixes(found, rubric, method)
    told = _over_time(
        versions_up_to(frames.rubrics, rubric),
        rubric,
        lambda each: _course(frames.past(work, seen, each), found, is_same=each is rubric),
    )
    mean, median = found.spread.mean, found.spread.median
    return replace(
        empty,
        sentence=figures.sentence_of(found.count, mean, median, told["change"], fixes),
        count=found.count,
        mean=mean,
        median=median,
        judged=figures.mean_of(found.tally, "judged") or 0.0,
        principles=figures.principle_scores(found.tally, method.dimensions),
        bins=figures.bins_of(found.spread),
        percents=_first_percents(found),
        checks=counts,
        fixes=fixes,
        collections=_collection_scores(found, collections),
        **told,
    )


def _course(past: Past, found: Matching, *, is_same: bool) -> Course:
    """Return how the mean of some datasets moved by a rubric, or by an earlier version of it."""
    if is_same and found.patterns is not None:
        # What patterns tell from others is not looked for among all.
        return course_of(past, past.of_patterns(found.patterns), figures.times_of)
    return course_of(past, past.of_live(found.mask), figures.times_of)


def _fixes(found: Matching, rubric: Rubric, method: RubricMethod) -> tuple[Fix, ...]:
    """Return the fixes that raise the mean most, each by itself."""
    patterns = found.judged_tally
    checks = {check.check_id: check for check in method.checks}
    first = single_gains(patterns, rubric)[:FIXES_SHOWN] if patterns.height else ()
    return tuple(fix_of(each, checks) for each in first)


def _over_time(
    versions: Sequence[tuple[Rubric, datetime]],
    rubric: Rubric,
    course_by: Callable[[Rubric], Course],
) -> dict[str, Any]:
    """Return trend and change, each point in time by the version of the rubric that counted then.

    Args:
        versions: Those published here, and when.
        rubric: The version that counts now.
        course_by: Gives how the datasets stood over time by one of them.
    """
    course = course_by(rubric)
    points = course.trend
    if len(versions) > 1:
        points = trend_of_versions(versions, lambda version: course_by(version).trend)
    return {
        "trend": points,
        "change": course.change,
        "at": points[-1].at if points else None,
        "rubric_changes": changes_of(versions),
    }


def _collection_scores(
    found: Matching, collections: Sequence[Collection]
) -> tuple[CollectionScore, ...]:
    told = found.groups("collection_id").spreads(found.standing.percents)
    counts = {key: count for key, count, _ in told}
    spreads = {key: spread for key, _, spread in told}
    return figures.collection_scores(counts, spreads, _names(collections))


def _first_percents(found: Matching) -> tuple[float, ...]:
    """Return the percents of some datasets, of all where these are few."""
    percents = found.standing.rows["percent"][first_places(found, figures.DOTS_SHOWN)]
    return tuple(percents.drop_nulls().to_list())


def _names(collections: Sequence[Collection]) -> dict[int, str]:
    return {each.collection_id: each.name for each in collections}


def _chosen_collections(seen: Sequence[Collection], filters: Filters) -> list[Collection]:
    chosen = filters.values(Facet.COLLECTION)
    return [each for each in seen if not chosen or str(each.collection_id) in chosen]


def _recent(work: Work, collections: Sequence[Collection]) -> tuple[RecentBatch, ...]:
    names = {each.collection_id: each.name for each in collections}
    acts = by_act(work.batches.outcomes(names, limit=RECENT_SHOWN))
    return tuple(
        RecentBatch(
            batch_id=batch.batch_id,
            collection_name=names_together(names[part.collection_id] for part in parts),
            kind=BatchKind(batch.kind),
            at=batch.created_at,
            created=batch.create_count,
            updated=batch.update_count,
            removed=batch.remove_count,
            score_before=batch.score_before,
            score_after=batch.score_after,
            name=batch.name,
        )
        for parts, batch in ((parts, outcome_of(parts)) for parts in acts)
    )


def _empty_summary(
    method: RubricMethod,
    total_count: int,
    collections: Sequence[Collection],
    recent: tuple[RecentBatch, ...],
) -> OverviewSummary:
    return OverviewSummary(
        sentence=figures.sentence_of(0, None, None, None, ()),
        rubric_title=f"{method.title} {method.version}",
        has_total=method.has_total,
        count=0,
        total_count=total_count,
        mean=None,
        median=None,
        judged=0.0,
        possible=method.total,
        principles=(),
        bins=(),
        percents=(),
        trend=(),
        change=None,
        checks=(),
        fixes=(),
        collections=figures.collection_scores({}, {}, _names(collections)),
        recent=recent,
        own=OwnDatasets(0, None, ()),
        at=None,
    )
