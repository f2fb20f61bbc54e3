"""What an assessment says: checks with evidence, points per principle, and their sums."""

from dataclasses import dataclass
from enum import StrEnum


class CheckState(StrEnum):
    """The outcome of one check."""

    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Check:
    """One test of a rubric, held against one record.

    Attributes:
        check_id: The rubric's own test id, for example ``FsF-F1-01MD-1``.
        indicator: The key of the fact it rests on.
        principle: The FAIR principle, ``F1`` to ``R1.3``.
        question: What is asked, in plain words.
        evidence: The value judged, or why it could not be judged.
        rule: What the value is held against.
        source: Where the rule is published.
        earned: Points earned.
        possible: Points that the check is worth.
        dimension: The rubric's own group that it belongs to.
        priority: How much the rubric asks for it, where it ranks its checks.
        gain: Points the record's sum would gain if only this check were met.
        fields: The fields that decide, the first being the one to fill.
        example: A value that would pass.
        partly: Points where it is partly met, 0 where that is no outcome.
        maturity: The level that it brings when met, where the rubric has levels.
    """

    check_id: str
    indicator: str
    principle: str
    question: str
    state: CheckState
    evidence: str
    rule: str
    source: str
    earned: float
    possible: float
    gain: float
    advice: str
    fields: tuple[str, ...] = ()
    example: str = ""
    dimension: str = ""
    priority: str = ""
    partly: float = 0.0
    maturity: int | None = None


@dataclass(frozen=True, slots=True)
class PriorityCount:
    """Checks of one priority: how many are met, could be judged, and are there."""

    priority: str
    met: int
    judged: int
    total: int


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one principle, dimension or whole rubric.

    Attributes:
        name: The id, for example ``F`` or ``R1.1``.
        title: What people call it.
        judged: Points of the checks that could be judged.
        possible: Points of all checks.
        maturity: F-UJI's own level, where the rubric has it.
        level: The RDA model's level, or the name of a rating, where the rubric has one.
        priorities: Checks by priority, where the rubric ranks them.
        has_percent: Whether the rubric is published with a number for this.
    """

    name: str
    earned: float
    judged: float
    possible: float
    maturity: float | None = None
    title: str = ""
    level: str = ""
    priorities: tuple[PriorityCount, ...] = ()
    has_percent: bool = True

    @property
    def percent(self) -> float | None:
        """Share of the judged points that was earned, 0 to 100.

        ``None`` when none was judged, or when the rubric has no number for this.
        """
        if not self.judged or not self.has_percent:
            return None
        return round(100 * self.earned / self.judged, 2)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One record held against one rubric."""

    rubric_id: str
    rubric_version: str
    rubric_digest: str
    total: Points
    dimensions: tuple[Points, ...]
    principles: tuple[Points, ...]
    checks: tuple[Check, ...]
