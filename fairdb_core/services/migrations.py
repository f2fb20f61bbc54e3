"""Two days side by side: groups before and after, and how datasets moved between score bands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from fairdb_core.domain.comparisons import BeforeAfter, GroupShift, Migration
from fairdb_core.domain.summaries import BANDS
from fairdb_core.scoring.intervals import LEAST_POINTS, SMALLEST_JUDGED, paired_interval
from fairdb_core.scoring.quantiles import Counts, Spread, Values
from fairdb_core.services.groups import Group
from fairdb_core.services.moves import Moves
from fairdb_core.services.standing import MOST_CELLS, Places

SHIFTS_SHOWN = 40
_BAND_WIDTH = 100 // len(BANDS)
_NOWHERE = len(BANDS)


@dataclass(frozen=True, slots=True)
class Percents:
    """How many datasets had which percent at one time and at another.

    Attributes:
        before: The percents at the one time, ascending, not a number for what was not judged then.
        after: The same at the other.
        counts: How many datasets had both, each above 0.
    """

    before: Values
    after: Values
    counts: Counts


def percents_of(moves: Moves) -> Percents:
    """Return how many datasets had which percent at one time and at another."""
    (then,) = moves.counted.states(moves.times[:1])
    unjudged, width = len(then.values), len(then.values) + 1
    stayed = then.counts - np.bincount(moves.before, minlength=width)[:unjudged]
    key, counts = _occurring(moves.before * width + moves.after, width**2)
    every = np.arange(unjudged)
    before = np.concatenate([every, np.full(unjudged, unjudged), key // width])
    after = np.concatenate([every, every, key % width])
    count = np.concatenate([stayed, moves.new, counts])
    there = np.flatnonzero(count > 0)
    percents = np.append(then.values, np.nan)
    return Percents(percents[before[there]], percents[after[there]], count[there])


def _occurring(numbers: Places, limit: int) -> tuple[Places, Counts]:
    """Return which numbers below a limit there are, and how often each."""
    if limit > MOST_CELLS:
        return np.unique(numbers, return_counts=True)
    counts = np.bincount(numbers, minlength=1)
    found = np.flatnonzero(counts)
    return found, counts[found]


def before_after(
    days: tuple[date, date],
    moves: Percents,
    then: Sequence[Group],
    now: Sequence[Group],
    rubric_title: str,
) -> BeforeAfter:
    """Return two days side by side.

    Args:
        days: The first and the last.
        moves: What ``percents_of`` gave of them.
        then: The groups on the first.
        now: The groups on the last.
        rubric_title: By what they are judged.
    """
    shifts = _shifts(then, now)
    verdict, details = _verdict(moves)
    before, after = (_spread(each, moves.counts) for each in (moves.before, moves.after))
    together = GroupShift("All together", before.mean, after.mean, before.count, after.count)
    return BeforeAfter(
        *days,
        rubric_title=rubric_title,
        shifts=(*shifts[:SHIFTS_SHOWN], together),
        hidden_count=max(0, len(shifts) - SHIFTS_SHOWN),
        migration=_migration(moves),
        verdict=verdict,
        details=details,
    )


def _shifts(then: Sequence[Group], now: Sequence[Group]) -> list[GroupShift]:
    before, after = ({group.label: group.sample for group in groups} for groups in (then, now))
    shifts = [
        GroupShift(
            label,
            before[label].mean if label in before and before[label].count else None,
            after[label].mean if label in after and after[label].count else None,
            before[label].count if label in before else 0,
            after[label].count if label in after else 0,
        )
        for label in {**after, **before}
    ]
    return sorted(shifts, key=_by_change)


def _by_change(shift: GroupShift) -> tuple[float, str]:
    if shift.before is None or shift.after is None:
        return 1.0, shift.label.casefold()
    return -abs(shift.after - shift.before), shift.label.casefold()


def _spread(percents: Values, counts: Counts) -> Spread:
    judged = np.flatnonzero(~np.isnan(percents))
    judged = judged[np.argsort(percents[judged], kind="stable")]
    return Spread(percents[judged], counts[judged])


def _migration(moves: Percents) -> Migration:
    size = _NOWHERE + 1
    before, after = (_bands_of(each) for each in (moves.before, moves.after))
    counts = np.bincount(before * size + after, moves.counts, size**2).astype(np.int64)
    rows = counts.reshape(size, size).tolist()
    return Migration(
        counts=tuple(tuple(row[:_NOWHERE]) for row in rows[:_NOWHERE]),
        came=tuple(rows[_NOWHERE][:_NOWHERE]),
        went=tuple(row[_NOWHERE] for row in rows[:_NOWHERE]),
    )


def _bands_of(percents: Values) -> Places:
    """Return the band of each percent, that of nowhere where there is none."""
    bands = np.clip(percents // _BAND_WIDTH, 0, _NOWHERE - 1)
    return np.where(np.isnan(percents), _NOWHERE, bands).astype(np.intp)


def _verdict(moves: Percents) -> tuple[str, tuple[str, ...]]:
    """Return in words whether the datasets that stood on both days moved as a whole."""
    move = moves.after - moves.before
    judged = np.flatnonzero(~np.isnan(move))
    move, counts = move[judged], moves.counts[judged]
    total = int(counts.sum())
    if total < SMALLEST_JUDGED:
        return (
            "Fewer than ten datasets stood on both days, too few to judge whether they moved.",
            (),
        )
    mean = float(move @ counts) / total
    variance = float((move - mean) ** 2 @ counts) / (total - 1)
    found = paired_interval(total, mean, variance)
    detail = (
        f"The {total:,} datasets that stood on both days moved by {mean:+.1f} points on "
        f"average; between {found.lower:+.1f} and {found.upper:+.1f}, allowing for chance."
    ).replace("-", "\u2212")
    if not move.any():
        return "No dataset that stood on both days moved.", ()
    if found.lower <= 0 <= found.upper:
        return (
            "The two days cannot be told apart: what rose and what fell among the datasets that "
            "stood on both evens out.",
            (detail,),
        )
    if abs(mean) < LEAST_POINTS:
        return "The datasets that stood on both days hardly moved as a whole.", (detail,)
    word = "higher" if mean > 0 else "lower"
    return f"The datasets that stood on both days scored {word} on the second.", (detail,)
