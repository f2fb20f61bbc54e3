"""Goals as one person sees them: where each stands, and what they may set goals for."""

from collections.abc import Mapping, Sequence
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
from fairdb_core.services.goal_progress import course_for, ordered, progress_of, words_of
from fairdb_core.services.score_frames import ScoreFrames, state_of


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
        chosen = filters.values(Facet.COLLECTION) if filters else ()
        with self._storage.read() as work:
            seen = {each.collection_id: each for each in work.collections.visible(viewer)}
            teams = known_teams(work, viewer)
            found = work.goals.of_places(seen, teams)
            told = []
            for goal in found:
                place = collections_of(goal.place, seen.values())
                if chosen and not any(str(each.collection_id) in chosen for each in place):
                    continue
                name = teams.get(goal.place.team_id, "") if goal.place.team_id else place[0].name
                told.append(self._progress(work, viewer, goal, (name, place), now))
        return ordered(told)

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

    def _progress(
        self,
        work: Work,
        viewer: Viewer,
        goal: Goal,
        place: tuple[str, Sequence[Collection]],
        now: datetime | None,
    ) -> GoalProgress:
        name, collections = place
        rubric = self._frames.rubric(goal.rubric_id)
        method = self._frames.method(rubric)
        course = self._cache.compute(
            ("goal course", rubric.key, state_of(collections), goal.check_id),
            lambda: course_for(self._frames.judged(work, collections, rubric), goal, method),
        )
        return progress_of(
            goal,
            words_of(goal, name, method),
            course,
            now=now or datetime.now(UTC),
            may_change=may_set(viewer, goal.place, collections),
        )
