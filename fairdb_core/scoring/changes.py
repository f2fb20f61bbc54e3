"""Why a mean moved between two times: what each kind of change and each batch added to it.

Every dataset that counts in the end adds ``(percent - mean before) / count after``, so that what is
new is held against the mean it came into, and all parts together are the whole change.
"""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import polars as pl

from fairdb_core.domain.histories import ChangeKind, ChangePart
from fairdb_core.scoring.spans import CENTS, Total, state_at, steps_of, total_of

BEFORE_CENTS = "cents_before"
_TO_CENTS = 100


@dataclass(frozen=True, slots=True)
class Movement:
    """What happened between two times.

    Attributes:
        before: All that counted then, by the rubric of then.
        rescored: The same by the rubric of now.
        after: All that counts in the end.
        pairs: Datasets of either time that differ, with ``percent_before``, ``percent``, ``kind``.
    """

    before: Total
    rescored: Total
    after: Total
    pairs: pl.DataFrame


def movement_of(
    rows: pl.DataFrame, since: datetime, until: datetime, *, by_rubric_before: pl.DataFrame
) -> Movement:
    """Return what happened to the datasets that count.

    Args:
        rows: What ``counted`` gave, by the rubric of now.
        since: The first time.
        until: The second.
        by_rubric_before: The same by the rubric of then.
    """
    then, now = state_at(rows, since), state_at(rows, until)
    pairs = (
        then.select("dataset_id", percent_before="percent", cents_before=CENTS)
        .join(
            now.select("dataset_id", "percent", CENTS),
            on="dataset_id",
            how="full",
            coalesce=True,
        )
        .filter(pl.col(CENTS).ne_missing(pl.col(BEFORE_CENTS)))
        .with_columns(
            kind=pl.when(pl.col(BEFORE_CENTS).is_null())
            .then(pl.lit(ChangeKind.NEW.value))
            .when(pl.col(CENTS).is_null())
            .then(pl.lit(ChangeKind.REMOVED.value))
            .when(pl.col(CENTS) > pl.col(BEFORE_CENTS))
            .then(pl.lit(ChangeKind.FIXED.value))
            .otherwise(pl.lit(ChangeKind.WORSENED.value))
        )
    )
    return Movement(
        before=total_of(state_at(by_rubric_before, since)),
        rescored=total_of(then),
        after=total_of(now),
        pairs=pairs,
    )


def parts_of(movement: Movement) -> tuple[ChangePart, ...]:
    """Return what each kind of change added to the mean, nothing where a mean is missing."""
    before, rescored, after = movement.before, movement.rescored, movement.after
    if not (before.count and rescored.count and after.count):
        return ()
    sums = {
        kind: (count, gained)
        for kind, count, gained in movement.pairs.group_by("kind")
        .agg(
            pl.len(),
            pl.col(CENTS).fill_null(0).sum() - pl.col(BEFORE_CENTS).fill_null(0).sum(),
        )
        .iter_rows()
    }
    by_rubric = _mean(rescored) - _mean(before)
    parts = [ChangePart(ChangeKind.RUBRIC, float(by_rubric), rescored.count if by_rubric else 0)]
    for kind, more in (
        (ChangeKind.FIXED, 0),
        (ChangeKind.WORSENED, 0),
        (ChangeKind.NEW, 1),
        (ChangeKind.REMOVED, -1),
    ):
        count, gained = sums.get(kind.value, (0, 0))
        points = effect(gained, more * count, rescored, after)
        parts.append(ChangePart(kind, points, count))
    return tuple(parts)


def batch_steps(rows: pl.DataFrame, since: datetime, until: datetime) -> pl.DataFrame:
    """Return what each batch between two times added to count and sum.

    Args:
        rows: What ``counted`` gave.
        since: The first time, batches at it left out.
        until: The second, batches at it included.

    Returns:
        ``batch_id``, ``count``, ``cents`` and ``datasets``, those without any effect left out.
    """
    return (
        steps_of(rows)
        .filter((pl.col("batch_at") > since) & (pl.col("batch_at") <= until))
        .filter((pl.col("count") != 0) | (pl.col(CENTS) != 0))
        .group_by("batch_id")
        .agg(pl.col("count").sum(), pl.col(CENTS).sum(), datasets=pl.len())
        .sort("batch_id")
    )


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
    return float((Fraction(cents, _TO_CENTS) - count * _mean(before)) / after.count)


def _mean(total: Total) -> Fraction:
    return Fraction(total.cents, _TO_CENTS * total.count)
