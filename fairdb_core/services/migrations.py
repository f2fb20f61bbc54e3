"""Two days side by side: groups before and after, and how datasets moved between score bands."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from fairdb_core.domain.comparisons import BeforeAfter, GroupShift, Migration
from fairdb_core.domain.summaries import BANDS
from fairdb_core.scoring.intervals import LEAST_POINTS, SMALLEST_JUDGED, paired_interval
from fairdb_core.services.groups import Group
from fairdb_core.services.overview import number

SHIFTS_SHOWN = 40
_BAND_WIDTH = 100 // len(BANDS)
_NOWHERE = len(BANDS)


def before_after(
    days: tuple[date, date],
    states: Sequence[pl.DataFrame],
    then: Sequence[Group],
    now: Sequence[Group],
    rubric_title: str,
) -> BeforeAfter:
    """Return two days side by side.

    Args:
        days: The first and the last.
        states: The datasets that stood on each.
        then: The groups on the first.
        now: The groups on the last.
        rubric_title: By what they are judged.
    """
    pairs = _pairs(*states)
    shifts = _shifts(then, now)
    verdict, details = _verdict(pairs)
    whole = GroupShift("All together", *_means(pairs), *_counts(pairs))
    return BeforeAfter(
        *days,
        rubric_title=rubric_title,
        shifts=(*shifts[:SHIFTS_SHOWN], whole),
        hidden_count=max(0, len(shifts) - SHIFTS_SHOWN),
        migration=_migration(pairs),
        verdict=verdict,
        details=details,
    )


def _pairs(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Return the percents of every dataset that was judged on one of the days."""
    return (
        then.select("dataset_id", before="percent")
        .drop_nulls("before")
        .join(
            now.select("dataset_id", after="percent").drop_nulls("after"),
            on="dataset_id",
            how="full",
            coalesce=True,
        )
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


def _means(pairs: pl.DataFrame) -> tuple[float | None, float | None]:
    return number(pairs["before"].mean()), number(pairs["after"].mean())


def _counts(pairs: pl.DataFrame) -> tuple[int, int]:
    return pairs["before"].drop_nulls().len(), pairs["after"].drop_nulls().len()


def _migration(pairs: pl.DataFrame) -> Migration:
    counted = (
        pairs.select(
            (pl.col(name) // _BAND_WIDTH).clip(0, _NOWHERE - 1).fill_null(_NOWHERE).cast(pl.Int64)
            for name in ("before", "after")
        )
        .group_by("before", "after")
        .len()
    )
    found = {(before, after): count for before, after, count in counted.iter_rows()}
    bands = range(_NOWHERE)
    return Migration(
        counts=tuple(tuple(found.get((i, j), 0) for j in bands) for i in bands),
        came=tuple(found.get((_NOWHERE, j), 0) for j in bands),
        went=tuple(found.get((i, _NOWHERE), 0) for i in bands),
    )


def _verdict(pairs: pl.DataFrame) -> tuple[str, tuple[str, ...]]:
    """Return in words whether the datasets that stood on both days moved as a whole."""
    moves = pairs.drop_nulls().select(move=pl.col("after") - pl.col("before"))["move"]
    if moves.len() < SMALLEST_JUDGED:
        return (
            "Fewer than ten datasets stood on both days, too few to judge whether they moved.",
            (),
        )
    mean, variance = number(moves.mean()) or 0.0, number(moves.var()) or 0.0
    found = paired_interval(moves.len(), mean, variance)
    detail = (
        f"The {moves.len():,} datasets that stood on both days moved by {mean:+.1f} points on "
        f"average; between {found.lower:+.1f} and {found.upper:+.1f}, allowing for chance."
    ).replace("-", "\u2212")
    if not moves.abs().sum():
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
