"""Comparisons of groups, and of two days: finished for the screen, kept while they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.comparisons import (
    MOST_GROUPS,
    BeforeAfter,
    Comparison,
)
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.errors import ResourceNotFoundError, ValidationError
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.services.assessments import readable_collections
from fairdb_core.services.days import day_of, days_between, end_of
from fairdb_core.services.groups import (
    COMPARABLE,
    Group,
    funnel_of,
    group_of,
    groups_in,
    groups_of,
    options_of,
    parted_at,
    samples_of,
    scores_of,
)
from fairdb_core.services.migrations import before_after, percents_of
from fairdb_core.services.moves import Moves
from fairdb_core.services.narrowing import Scope, matching
from fairdb_core.services.score_frames import Judged, ScoreFrames, state_of
from fairdb_core.services.standing import Matching, Standing
from fairdb_core.services.verdicts import funnel_verdict, verdict_of


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """Which groups are compared, and by what.

    Attributes:
        facet: What parts the datasets into groups.
        values: Two to six of its values; all groups where empty.
        named: Groups by filters of their own, in place of a facet's values.
        filters: What every dataset of every group matches.
        rubric_id: By which datasets are judged, the usual one where empty.
    """

    facet: Facet = Facet.COLLECTION
    values: tuple[str, ...] = ()
    named: tuple[tuple[str, Filters], ...] = ()
    filters: Filters = field(default_factory=Filters)
    rubric_id: str = ""


class ComparisonService:
    """Groups of the datasets that somebody may read, held against each other.

    Args:
        storage: The store.
        cache: Where comparisons are kept, by everything they depend on.
        rubrics: By id; the first is the one that is taken when none is chosen.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._cache = cache
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def compare(self, viewer: Viewer, asked: GroupQuestion) -> Comparison:
        """Return whether some groups really differ, or which of many stand out.

        Raises:
            ResourceNotFoundError: There is no such rubric.
            ValidationError: Such groups cannot be compared, or there are more than six.
        """
        _check(asked)
        rubric = self._frames.rubric(asked.rubric_id)
        with self._storage.read() as work:
            seen = readable_collections(work, viewer)
            scope = self._frames.scope(work, viewer, rubric, seen)
            key = ("groups", rubric.key, state_of(seen), asked, _own(asked, scope))
            return self._cache.compute(
                key,
                lambda: compared(self._frames.standing(work, seen, rubric), asked, scope, rubric),
            )

    def between(
        self, viewer: Viewer, asked: GroupQuestion, since: date | None, until: date | None
    ) -> BeforeAfter:
        """Return how groups, and all their datasets, stand on two days.

        Args:
            viewer: Who asks; only datasets that they may read count.
            asked: The groups; each day those datasets are in one that were so on that day.
            since: The first day, ``None`` for a quarter before the last batch.
            until: The last day, ``None`` for that of the last batch.

        Raises:
            ResourceNotFoundError: There is no such rubric, or no dataset.
            ValidationError: Such groups cannot be compared, or there are more than six.
        """
        _check(asked)
        rubric = self._frames.rubric(asked.rubric_id)
        with self._storage.read() as work:
            seen = readable_collections(work, viewer)
            scope = self._frames.scope(work, viewer, rubric, seen)
            own_ids = _own(asked, scope)
            key = ("two days", rubric.key, state_of(seen), asked, since, until, own_ids)
            return self._cache.compute(
                key,
                lambda: two_days(
                    self._frames.judged(work, seen, rubric), asked, scope, rubric, (since, until)
                ),
            )


def two_days(
    judged: Judged,
    asked: GroupQuestion,
    scope: Scope,
    rubric: Rubric,
    days: tuple[date | None, date | None],
) -> BeforeAfter:
    """Return how groups, and all their datasets, stand on two days.

    Args:
        judged: Every assessed version.
        asked: Which groups.
        scope: What filters are held against.
        rubric: By which they are judged.
        days: The first and the last, where they are chosen.

    Raises:
        ResourceNotFoundError: There is no dataset.
    """
    if not judged.versions.height:
        raise ResourceNotFoundError("Dataset", "any")
    past, meant = judged.past, matching(judged.versions, asked.filters, scope)
    limits = day_of(past.batch_at.min()), day_of(past.batch_at.max())
    since, until = days_between(days, limits)
    then, now = (_groups_at(judged, asked, scope, day, meant) for day in (since, until))
    moves = Moves(past.counted(meant.mask), end_of(since), end_of(until))
    return before_after(
        (since, until), percents_of(moves), then, now, f"{rubric.title} {rubric.version}"
    )


def compared(standing: Standing, asked: GroupQuestion, scope: Scope, rubric: Rubric) -> Comparison:
    """Return whether some groups really differ.

    Args:
        standing: The assessed datasets as they stand.
        asked: Which groups.
        scope: What filters are held against.
        rubric: By which they are judged.
    """
    datasets = matching(standing, asked.filters, scope)
    every = groups_of(datasets, asked.facet, scope)
    options = options_of(every)
    chosen = _groups(datasets, asked, scope, every)
    title = f"{rubric.title} {rubric.version}"
    if len(chosen) > MOST_GROUPS:
        funnel = funnel_of(chosen)
        words = funnel_verdict(funnel, asked.facet.label.lower())
        return Comparison(asked.facet, title, datasets.count, options, (), funnel, words, ())
    verdict, details = verdict_of(samples_of(chosen))
    filters = dict(asked.named) or {
        group.label: Filters(
            asked.filters.text,
            (*asked.filters.without(asked.facet).chosen, (asked.facet, (group.value,))),
            asked.filters.is_mine,
        )
        for group in chosen
    }
    scores = scores_of([(group, filters[group.label]) for group in chosen], scope.dimensions)
    return Comparison(asked.facet, title, datasets.count, options, scores, None, verdict, details)


def _groups(
    datasets: Matching,
    asked: GroupQuestion,
    scope: Scope,
    every: Sequence[Group] | None = None,
) -> list[Group]:
    """Return the groups that are asked for; one without datasets is a group too."""
    if asked.named:
        return [group_of(datasets, name, filters, scope) for name, filters in asked.named]
    found = groups_of(datasets, asked.facet, scope) if every is None else every
    return [group for group in found if not asked.values or group.value in asked.values]


def _groups_at(
    judged: Judged, asked: GroupQuestion, scope: Scope, day: date, meant: Matching
) -> list[Group]:
    """Return the groups that are asked for as they were at the end of a day."""
    if asked.named:
        stood = Matching(judged.versions, judged.past.standing_at(end_of(day)))
        return _groups(meant.among(stood), asked, scope)
    live = matching(judged.standing, asked.filters, scope)
    parted = parted_at(judged, asked.facet, end_of(day), live, meant.mask)
    every = groups_in(parted, judged.versions.patterns, asked.facet, scope)
    return _groups(meant, asked, scope, every)


def _check(asked: GroupQuestion) -> None:
    if asked.facet not in COMPARABLE:
        raise ValidationError("Groups", "datasets cannot be compared by their own scores")
    if max(len(asked.values), len(asked.named)) > MOST_GROUPS:
        raise ValidationError("Groups", f"choose {MOST_GROUPS} groups at most")


def _own(asked: GroupQuestion, scope: Scope) -> tuple[int, ...]:
    is_mine = asked.filters.is_mine or any(filters.is_mine for _, filters in asked.named)
    return tuple(scope.own_ids) if is_mine else ()
