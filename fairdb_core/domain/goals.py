"""Goals with a date: what is to be reached, where it stands, and whether that is on the way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

MONTH = timedelta(days=365.25 / 12)


class GoalState(StrEnum):
    """Where a goal is; in the order in which screens list them."""

    BEHIND = "behind"
    ON_THE_WAY = "on the way"
    REACHED = "reached"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class GoalPlace:
    """What a goal is for: one collection, or all collections of one team."""

    collection_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A percent to reach by a day.

    Attributes:
        check_id: The check of which the share met is meant; empty for the mean score.
        target: In percent.
        started_at: From here a straight line leads to the target.
        due_on: The day at whose end it has to be reached.
    """

    goal_id: int
    place: GoalPlace
    rubric_id: str
    check_id: str
    target: float
    started_at: datetime
    due_on: date


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """A goal and where it stands.

    Attributes:
        place_name: The collection or the team.
        measure: What is measured, in words.
        count: Datasets that are counted.
        start: The percent when the goal was set, ``None`` where nothing could be judged yet.
        value: The percent now, or at the end of the last day where that is over.
        reached_at: Since when the target has been held.
        expected: Where the straight line from the start to the target is today.
        needed: Points a month from now on; ``None`` where there is nothing left to do, or no time.
        so_far: Points a month since the start, ``None`` on the first day.
    """

    goal: Goal
    place_name: str
    measure: str
    rubric_title: str
    count: int
    start: float | None
    value: float | None
    reached_at: datetime | None
    state: GoalState
    expected: float | None
    needed: float | None
    so_far: float | None
    may_change: bool = False

    @property
    def reached_on(self) -> date | None:
        """The day since which the target has been held."""
        return self.reached_at.date() if self.reached_at else None


def expected_at(goal: Goal, start: float | None, at: datetime, end: datetime) -> float | None:
    """Return where the straight line from the start to the target is.

    Args:
        goal: The goal.
        start: Its percent at the beginning.
        at: The time that is asked for.
        end: The last moment of the goal's last day.
    """
    if start is None:
        return None
    share = (at - goal.started_at) / (end - goal.started_at) if end > goal.started_at else 1.0
    return start + (goal.target - start) * min(1.0, max(0.0, share))


def state_of_goal(
    goal: Goal, value: float | None, expected: float | None, *, is_over: bool
) -> GoalState:
    """Return where a goal is.

    Args:
        goal: The goal.
        value: Its percent now, or at its end.
        expected: Where the line to the target is now.
        is_over: Whether its last day is over.
    """
    if value is not None and value >= goal.target:
        return GoalState.REACHED
    if is_over:
        return GoalState.ENDED
    if value is None or expected is None or value + 1e-9 < expected:
        return GoalState.BEHIND
    return GoalState.ON_THE_WAY


def slope(points: float, span: timedelta) -> float | None:
    """Return points a month, ``None`` where there is less than a day."""
    return points / (span / MONTH) if span >= timedelta(days=1) else None
