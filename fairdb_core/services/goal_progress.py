"""Where a goal stands, from the course of what it measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from fairdb_core.domain.goals import (
    Goal,
    GoalProgress,
    GoalState,
    expected_at,
    slope,
    state_of_goal,
)
from fairdb_core.domain.summaries import RubricMethod
from fairdb_core.indicators import State
from fairdb_core.scoring.quantiles import ranks_of
from fairdb_core.services.days import end_of
from fairdb_core.services.overview import number
from fairdb_core.services.score_frames import Judged
from fairdb_core.services.steps import course_of
from fairdb_core.services.versions import Versions

BY_RECORD = ("record", "record*")
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class GoalWords:
    """What a goal is called on screens."""

    place_name: str
    measure: str
    rubric_title: str


def words_of(goal: Goal, place_name: str, method: RubricMethod) -> GoalWords:
    """Return what a goal is called."""
    questions = {check.check_id: check.question for check in method.checks}
    measure = questions.get(goal.check_id, goal.check_id)
    if not goal.check_id:
        measure = "Mean score" if method.has_total else "Mean share met"
    return GoalWords(place_name, measure, f"{method.title} {method.version}")


def course_for(judged: Judged, goal: Goal, method: RubricMethod) -> pl.DataFrame:
    """Return the percent that a goal measures, after everything that happened.

    Args:
        judged: Every assessed version of the goal's collections.
        goal: The goal.
        method: The checks of its rubric.

    Returns:
        ``at``, ``count`` and ``mean``, by ascending time.
    """
    versions = judged.versions
    if not versions.height:
        return pl.DataFrame(schema={"at": pl.Datetime, "count": pl.Int64, "mean": pl.Float64})
    if not goal.check_id:
        return course_of(judged.past)
    shares = ranks_of(_shares(versions.patterns, goal, method).to_numpy())
    return course_of(Versions(versions.rows, shares.at(versions.numbers), judged.until))


def progress_of(
    goal: Goal, words: GoalWords, course: pl.DataFrame, *, now: datetime, may_change: bool
) -> GoalProgress:
    """Return where a goal stands.

    Args:
        goal: The goal.
        words: What it is called.
        course: What ``course_for`` gave.
        now: The time at which it is asked; a goal whose last day is over stands as it did then.
        may_change: Whether the viewer may change it.
    """
    end = end_of(goal.due_on)
    is_over = now > end
    at = min(now, end)
    past = course.filter(pl.col("at") <= at) if course.height else course
    count, value = (past["count"][-1], number(past["mean"][-1])) if past.height else (0, None)
    start = _start(course, goal)
    expected = expected_at(goal, start, at, end)
    state = state_of_goal(goal, value, expected, is_over=is_over)
    is_open = state in (GoalState.ON_THE_WAY, GoalState.BEHIND) and value is not None
    so_far = None
    if value is not None and start is not None:
        so_far = slope(value - start, at - goal.started_at)
    return GoalProgress(
        goal=goal,
        place_name=words.place_name,
        measure=words.measure,
        rubric_title=words.rubric_title,
        count=count,
        start=start,
        value=value,
        reached_at=_reached_at(past, goal) if state is GoalState.REACHED else None,
        state=state,
        expected=expected,
        needed=slope(goal.target - (value or 0.0), end - now) if is_open else None,
        so_far=so_far,
        may_change=may_change,
    )


def ordered(found: Sequence[GoalProgress]) -> tuple[GoalProgress, ...]:
    """Return goals in the order in which they want attention."""
    states = list(GoalState)
    return tuple(
        sorted(
            found, key=lambda each: (states.index(each.state), each.goal.due_on, each.place_name)
        )
    )


def _shares(patterns: pl.DataFrame, goal: Goal, method: RubricMethod) -> pl.Series:
    """Return 100 for patterns that meet the goal's check, 0 for others, null where not judged."""
    facts = {check.check_id: f"fact:{check.indicator}" for check in method.checks}
    state = pl.col(facts[goal.check_id])
    return patterns.select(
        pl.when(state == State.MET)
        .then(_WHOLE)
        .when(state != State.NOT_ASSESSED)
        .then(0.0)
        .alias("percent")
    ).to_series()


def _start(course: pl.DataFrame, goal: Goal) -> float | None:
    """Return the percent when the goal was set, or the first one after that."""
    if not course.height:
        return None
    judged = course.drop_nulls("mean")
    before = judged.filter(pl.col("at") <= goal.started_at)
    if before.height:
        return number(before["mean"][-1])
    return number(judged["mean"][0]) if judged.height else None


def _reached_at(past: pl.DataFrame, goal: Goal) -> datetime | None:
    """Return since when the target has been held without a break."""
    below = past.filter(pl.col("mean").is_null() | (pl.col("mean") < goal.target))
    held = past.filter(pl.col("at") > below["at"][-1]) if below.height else past
    first = held["at"][0]
    return first if isinstance(first, datetime) else None
