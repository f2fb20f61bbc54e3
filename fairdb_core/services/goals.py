"""Goals as one person sees and sets them."""

from datetime import UTC, date, datetime, timedelta

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.goals import Goal, GoalPlace
from fairdb_core.errors import DuplicateError, ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Work
from fairdb_core.services.days import end_of
from fairdb_core.services.goal_board import GoalBoard
from fairdb_core.services.goal_places import collections_of, held_goal, require_place
from fairdb_core.services.goal_progress import BY_RECORD

LONGEST = timedelta(days=3653)
_WHOLE = 100
_log = get_logger(__name__)


class GoalService(GoalBoard):
    """What is to be reached by when, and who is on the way."""

    def set_goal(
        self,
        viewer: Viewer,
        place: GoalPlace,
        *,
        target: float,
        due_on: date,
        check_id: str = "",
        rubric_id: str = "",
        at: datetime | None = None,
    ) -> Goal:
        """Set a goal for a collection or a team.

        Args:
            viewer: Who sets it.
            place: For what.
            target: The percent to reach.
            due_on: The day at whose end it has to be reached.
            check_id: The check of which the share met is meant; empty for the mean score.
            rubric_id: The rubric, the usual one where empty.
            at: When it was set, now unless a history is being told.

        Raises:
            AuthorizationError: The viewer may not.
            DuplicateError: There is the same goal for the same day.
            ResourceNotFoundError: There is no such place for the viewer, or no such rubric.
            ValidationError: The target, the day or the check cannot be.
        """
        rubric = self._frames.rubric(rubric_id)
        judged = {
            check.check_id
            for check in self._frames.method(rubric).checks
            if check.decided_by in BY_RECORD and check.points
        }
        if check_id and check_id not in judged:
            raise ValidationError("Check", "choose one that the records can decide")
        started_at = at or datetime.now(UTC)
        _check(target, due_on, started_at)
        asked = Goal(0, place, rubric.rubric_id, check_id, target, started_at, due_on)
        with self._storage.work() as work:
            require_place(work, viewer, place)
            if any(_is_same(asked, other) for other in _goals_of(work, place)):
                raise DuplicateError("There is such a goal for that day already; change it.")
            if at is None:
                self._refuse_reached(work, viewer, asked)
            goal = work.goals.add(asked, viewer.user_id)
            work.audit.add(viewer, "goal_set", "goal", goal.goal_id, after=_told(goal))
        _log.info("goal_set", goal_id=goal.goal_id)
        return goal

    def _refuse_reached(self, work: Work, viewer: Viewer, asked: Goal) -> None:
        places = collections_of(asked.place, work.collections.visible(viewer))
        value = self._course(work, viewer, asked, places, {}).at(asked.started_at).value
        if value is not None and value >= asked.target:
            raise ValidationError("Target", f"{value:.1f} % is reached already, aim higher")

    def change(self, viewer: Viewer, goal_id: int, *, target: float, due_on: date) -> None:
        """Change what is to be reached, or by when; the start stays.

        Raises:
            AuthorizationError: The viewer may not.
            ResourceNotFoundError: There is none that the viewer may know of.
            ValidationError: The target or the day cannot be.
        """
        _check(target, due_on, datetime.now(UTC))
        with self._storage.work() as work:
            before = held_goal(work, viewer, goal_id)
            work.goals.change(goal_id, target=target, due_on=due_on)
            work.audit.add(
                viewer,
                "goal_changed",
                "goal",
                goal_id,
                before=_told(before),
                after={"target": target, "due_on": due_on.isoformat()},
            )
        _log.info("goal_changed", goal_id=goal_id)

    def withdraw(self, viewer: Viewer, goal_id: int) -> None:
        """Let go of a goal.

        Raises:
            AuthorizationError: The viewer may not.
            ResourceNotFoundError: There is none that the viewer may know of.
        """
        with self._storage.work() as work:
            before = held_goal(work, viewer, goal_id)
            work.goals.withdraw(goal_id)
            work.audit.add(viewer, "goal_withdrawn", "goal", goal_id, before=_told(before))
        _log.info("goal_withdrawn", goal_id=goal_id)


def _goals_of(work: Work, place: GoalPlace) -> list[Goal]:
    collection_ids = [place.collection_id] if place.collection_id is not None else []
    return work.goals.of_places(
        collection_ids, [place.team_id] if place.team_id is not None else []
    )


def _is_same(one: Goal, other: Goal) -> bool:
    return (one.rubric_id, one.check_id, one.due_on) == (
        other.rubric_id,
        other.check_id,
        other.due_on,
    )


def _check(target: float, due_on: date, started_at: datetime) -> None:
    if not 0 < target <= _WHOLE:
        raise ValidationError("Target", "give a percent above 0 and up to 100")
    if due_on <= started_at.date():
        raise ValidationError("Day", "choose one after today")
    if end_of(due_on) - started_at > LONGEST:
        raise ValidationError("Day", "choose one within ten years")


def _told(goal: Goal) -> dict[str, str | float | int | None]:
    return {
        "collection_id": goal.place.collection_id,
        "team_id": goal.place.team_id,
        "rubric": goal.rubric_id,
        "check": goal.check_id,
        "target": goal.target,
        "due_on": goal.due_on.isoformat(),
    }
