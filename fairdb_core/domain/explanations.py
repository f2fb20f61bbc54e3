"""What would raise one record's score: values that would pass, edits, and what they would move."""

from dataclasses import dataclass

from fairdb_core.domain.assessments import Assessment, Check, CheckState, Points
from fairdb_core.domain.uploads import Problem


@dataclass(frozen=True, slots=True)
class SuggestedValue:
    """A value for one field that would pass a check.

    Attributes:
        field: The field to fill.
        value: What would be added, or stand there instead.
        text: The field's whole text as the form would hold it, one value to a line.
        source: Where the value was found, for example ``Title``; empty where only its form is
            known and the person puts a value of their own.
    """

    field: str
    value: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The fields to fill so that one check is met, each with a value that would pass."""

    values: tuple[SuggestedValue, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a record, and what it would bring when the record is scored anew.

    Attributes:
        values: What is filled; several where only together they bring anything.
        points: By how many points the earned sum rises.
        percent_points: By how much the percentage changes.
        check_ids: The checks that would be in a better state.
    """

    values: tuple[SuggestedValue, ...]
    points: float
    percent_points: float
    check_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What would raise one record's score by one rubric.

    Attributes:
        edits: Changes of one field, worth most first.
        together: The change of several fields worth most beyond what each brings alone.
        suggestions: Values that would pass, by check.
    """

    edits: tuple[Edit, ...]
    together: Edit | None
    suggestions: dict[str, Suggestion]


@dataclass(frozen=True, slots=True)
class MovedCheck:
    """One check whose state a change would move."""

    before: Check
    after: Check


@dataclass(frozen=True, slots=True)
class RubricMove:
    """How one rubric's sum would move."""

    title: str
    before: Points
    after: Points


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a change would do; nothing of it is stored.

    Attributes:
        problems: What the form would say of the changed fields.
        moved: The checks that would change, by the chosen rubric.
        rubrics: The sums by every rubric.
    """

    before: Assessment
    after: Assessment
    problems: tuple[Problem, ...]
    moved: tuple[MovedCheck, ...]
    rubrics: tuple[RubricMove, ...]


@dataclass(frozen=True, slots=True)
class MetricSum:
    """The points of one metric, and what they are made of.

    Attributes:
        is_alternative: Whether only the last check that is met counts, instead of all of them.
        checks: The id, state and earned points of each of its checks.
        maturity: The level of the last check that is met, where the rubric has levels.
    """

    metric_id: str
    title: str
    dimension: str
    principle: str
    is_alternative: bool
    checks: tuple[tuple[str, CheckState, float], ...]
    earned: float
    judged: float
    possible: float
    maturity: int | None


@dataclass(frozen=True, slots=True)
class AddedUp:
    """How a score came about: the metrics, and the sums and rounding in words."""

    metrics: tuple[MetricSum, ...]
    sentences: tuple[str, ...]
