"""How tests become points, in loops over a rubric's table: metrics, groups, shares of what counts.

A test that is not assessed earns nothing and costs nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

NOT_ASSESSED, UNMET, PARTLY, MET = 0, 1, 2, 3
States = Mapping[str, int]
Score = dict[str, float | None]
Metrics = Mapping[str, Sequence["Row"]]


@dataclass(frozen=True)
class Row:
    """One test as the published table has it."""

    test: str
    metric: str
    groups: tuple[str, ...]
    points: float = 1
    partly: float = 0
    maturity: int = 0
    priority: str = ""

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """How the columns begin to which it adds: of the whole, and of each of its groups."""
        return ("", *(f"{group}." for group in dict.fromkeys(self.groups)))


def met_if(is_met: bool) -> int:
    return MET if is_met else UNMET


def met_if_given(given: object, is_met: bool) -> int:
    return met_if(is_met) if given else NOT_ASSESSED


def points_of(metrics: Metrics, states: States, alternative: Collection[str] = ()) -> Score:
    """Return what is earned and judged, and the percent, of the whole and of each group.

    Args:
        metrics: The rubric's table by its metrics.
        states: The state of each test.
        alternative: The metrics of which only the last test that is met counts.
    """
    earned: dict[str, float] = defaultdict(float)
    judged: dict[str, float] = defaultdict(float)
    for name, rows in metrics.items():
        won = [points for row in rows if (points := earned_by(row, states[row.test])) is not None]
        counted = [row.points for row in rows if states[row.test] != NOT_ASSESSED]
        is_sum = name not in alternative
        for start in rows[0].starts:
            earned[start] += sum(won) if is_sum else sum(won[-1:])
            judged[start] += sum(counted) if is_sum else max(counted, default=0)
    score: Score = {}
    for start, share in judged.items():
        score[f"{start}earned"], score[f"{start}judged"] = earned[start], share
        score[f"{start}percent"] = round(100 * earned[start] / share, 2) if share else None
    return score


def earned_by(row: Row, state: int) -> float | None:
    if state == MET:
        return row.points
    return row.partly if state == PARTLY and row.partly else None


def metrics_of(rows: Iterable[Row]) -> dict[str, list[Row]]:
    metrics: dict[str, list[Row]] = {}
    for row in rows:
        metrics.setdefault(row.metric, []).append(row)
    return metrics
