"""Goals as one person sees them: where each stands, and what they may set goals for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.goals import Goal, GoalPlace, GoalProgress
from fairdb_core.domain.permissions import Action, is_allowed, is_allowed_for_team
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.services.goal_places import collections_of, known_teams, may_set
from fairdb_core.services.goal_progress import (
    CoursePoint,
    GoalWords,
    course_for,
    ordered,
    progress_of,
    words_of,
)
from fairdb_core.services.score_frames import ScoreFrames, state_of


@dataclass(frozen=True, slots=True)
class _Course:
    """What a goal measured so far, whatever the day on which it is asked.

    Attributes:
        collections: The keys of those that it counts, as filters hold them.
    """

    goal: Goal
    words: GoalWords
    points: tuple[CoursePoint, ...]
    collections: frozenset[str]
    may_change: bool

    def at(self, now: datetime) -> GoalProgress:
        """Return where the goal stands."""
        return progress_of(self.goal, self.words, self.points, now=now, may_change=self.may_change)


class GoalBoard:
    """Where goals stand, and who is on the way.

    Args:
        storage: The store.
        cache: Where courses are kept, by everything they depend on.
        rubrics: By id; the first is the one that is taken when none is chosen.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._cache = cache
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def of_viewer(
        self, viewer: Viewer, filters: Filters | None = None, *, now: datetime | None = None
    ) -> tuple[GoalProgress, ...]:
        """Return the goals that the viewer may know of, those that want attention first.

        A team's goal counts all its collections, so that only its members and administrators see
        it; the public sees none.

        Args:
            viewer: Who asks.
            filters: Where they choose collections, only goals that count one of these are told.
            now: The time for which is asked, usually this moment.
        """
        if viewer.user is None:
            return ()
        chosen = set(filters.values(Facet.COLLECTION) if filters else ())
        at = now or datetime.now(UTC)
        rubrics = tuple(rubric.key for rubric in self._frames.rubrics.values())
        courses = self._storage.kept(
            ("goals", viewer, rubrics), lambda work: self._courses(work, viewer)
        )
        return ordered(
            [each.at(at) for each in courses if not chosen or chosen.intersection(each.collections)]
        )

    def places(self, viewer: Viewer) -> tuple[tuple[GoalPlace, str], ...]:
        """Return for which collections and teams the viewer may set goals, with their names."""
        with self._storage.read() as work:
            collections = [
                (GoalPlace(collection_id=each.collection_id), each.name)
                for each in work.collections.visible(viewer)
                if is_allowed(viewer, Action.SET_GOALS, each)
            ]
            teams = [
                (GoalPlace(team_id=key), f"Team {name}")
                for key, name in known_teams(work, viewer).items()
                if is_allowed_for_team(viewer, Action.SET_GOALS, key)
            ]
        return (*collections, *teams)

    def _courses(self, work: Work, viewer: Viewer) -> tuple[_Course, ...]:
        seen = {each.collection_id: each for each in work.collections.visible(viewer)}
        teams = known_teams(work, viewer)
        return tuple(
            self._course(work, viewer, goal, collections_of(goal.place, seen.values()), teams)
            for goal in work.goals.of_places(seen, teams)
        )

    def _course(
        self,
        work: Work,
        viewer: Viewer,
        goal: Goal,
        collections: Sequence[Collection],
        teams: Mapping[int, str],
    ) -> _Course:
        team_id = goal.place.team_id
        name = teams.get(team_id, "") if team_id else collections[0].name
        rubric = self._frames.rubric(goal.rubric_id)
        method = self._frames.method(rubric)
        points = self._cache.compute(
            ("goal course", rubric.key, state_of(collections), goal.check_id),
            lambda: course_for(self._frames.judged(work, collections, rubric), goal, method),
        )
        return _Course(
            goal,
            words_of(goal, name, method),
            points,
            frozenset(str(each.collection_id) for each in collections),
            may_change=may_set(viewer, goal.place, collections),
        )
