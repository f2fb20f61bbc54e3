"""Why a mean moved between two times: what each kind of change and each batch added to it.

Every dataset that counts in the end adds ``(percent - mean before) / count after``, so that what is
new is held against the mean it came into, and all parts together are the whole change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from fairdb_core.domain.histories import ChangeKind, ChangePart
from fairdb_core.scoring.spans import TO_CENTS, Total


@dataclass(frozen=True, slots=True)
class Movement:
    """What happened between two times.

    Attributes:
        before: All that counted then, by the rubric of then.
        rescored: The same by the rubric of now.
        after: All that counts in the end.
        sums: Of each kind how many datasets differ, and by how much they raised the sum.
    """

    before: Total
    rescored: Total
    after: Total
    sums: Mapping[ChangeKind, tuple[int, int]]


def parts_of(movement: Movement) -> tuple[ChangePart, ...]:
    """Return what each kind of change added to the mean, nothing where a mean is missing."""
    before, rescored, after = movement.before, movement.rescored, movement.after
    if not (before.count and rescored.count and after.count):
        return ()
    by_rubric = _mean(rescored) - _mean(before)
    parts = [ChangePart(ChangeKind.RUBRIC, float(by_rubric), rescored.count if by_rubric else 0)]
    for kind, more in (
        (ChangeKind.FIXED, 0),
        (ChangeKind.WORSENED, 0),
        (ChangeKind.NEW, 1),
        (ChangeKind.REMOVED, -1),
    ):
        count, gained = movement.sums.get(kind, (0, 0))
        points = effect(gained, more * count, rescored, after)
        parts.append(ChangePart(kind, points, count))
    return tuple(parts)


def effect(cents: int, count: int, before: Total, after: Total) -> float:
    """Return what some datasets added to the mean, in points of percent.

    Args:
        cents: By how much they raised the sum.
        count: How many more of them count.
        before: All that counted before.
        after: All that count in the end.
    """
    if not (before.count and after.count):
        return 0.0
    gained = cents * before.count - count * before.cents
    return gained / (TO_CENTS * before.count * after.count)


def _mean(total: Total) -> Fraction:
    return Fraction(total.cents, TO_CENTS * total.count)
