"""Where a goal stands, from the course of what it measures."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

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


class CoursePoint(NamedTuple):
    """What a goal measures from a moment on."""

    at: datetime
    dataset_count: int
    mean: float | None


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


def course_for(judged: Judged, goal: Goal, method: RubricMethod) -> tuple[CoursePoint, ...]:
    """Return the percent that a goal measures after everything that happened, by ascending time.

    Args:
        judged: Every assessed version of the goal's collections.
        goal: The goal.
        method: The checks of its rubric.
    """
    versions = judged.versions
    if not versions.height:
        return ()
    if not goal.check_id:
        return _points(course_of(judged.past))
    shares = ranks_of(_shares(versions.patterns, goal, method).to_numpy())
    return _points(course_of(Versions(versions.rows, shares.at(versions.numbers), judged.until)))


def _points(course: pl.DataFrame) -> tuple[CoursePoint, ...]:
    rows = course.select("at", "count", "mean").iter_rows()
    return tuple(CoursePoint(at, count, number(mean)) for at, count, mean in rows)


def progress_of(
    goal: Goal,
    words: GoalWords,
    course: Sequence[CoursePoint],
    *,
    now: datetime,
    may_change: bool,
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
    past = _until(course, at)
    count, value = (past[-1].dataset_count, past[-1].mean) if past else (0, None)
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


def _until(course: Sequence[CoursePoint], at: datetime) -> Sequence[CoursePoint]:
    return course[: bisect_right(course, at, key=lambda point: point.at)]


def _start(course: Sequence[CoursePoint], goal: Goal) -> float | None:
    """Return the percent when the goal was set, or the first one after that."""
    judged = [point for point in course if point.mean is not None]
    before = _until(judged, goal.started_at)
    if before:
        return before[-1].mean
    return judged[0].mean if judged else None


def _reached_at(past: Sequence[CoursePoint], goal: Goal) -> datetime | None:
    """Return since when the target has been held without a break."""
    since = None
    for point in past:
        if point.mean is None or point.mean < goal.target:
            since = None
        elif since is None:
            since = point.at
    return since
