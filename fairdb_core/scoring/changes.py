"""Why a mean moved between two times: what each kind of change and each batch added to it.

Every dataset that counts in the end adds ``(percent - mean before) / count after``, so that what is
new is held against the mean it came into, and all parts together are the whole change.
"""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

import numpy as np
import polars as pl

from fairdb_core.domain.histories import ChangeKind, ChangePart
from fairdb_core.scoring.spans import CENTS, TO_CENTS, Total, cents_of, steps_of

BEFORE_CENTS = "cents_before"
_KIND = pl.Enum([kind.value for kind in ChangeKind])


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


def pairs_of(gone: pl.DataFrame, came: pl.DataFrame) -> pl.DataFrame:
    """Return the datasets that differ between two times, as ``Movement`` holds them.

    Args:
        gone: ``dataset_id`` and ``percent`` of the versions that counted then and do not now.
        came: The same of those that count now and did not then.
    """
    before = _with_cents(gone).rename({"percent": "percent_before", CENTS: BEFORE_CENTS})
    after = _with_cents(came)
    is_back = np.isin(gone["dataset_id"].to_numpy(), came["dataset_id"].to_numpy())
    # Mostly few have gone, so that it costs little to look them up for those that came.
    both = after.join(before, on="dataset_id", how="left", maintain_order="left")
    return (
        pl.concat([both, before.filter(pl.Series(~is_back))], how="diagonal")
        .filter(pl.col(CENTS).ne_missing(pl.col(BEFORE_CENTS)))
        .with_columns(
            kind=pl.when(pl.col(BEFORE_CENTS).is_null())
            .then(pl.lit(ChangeKind.NEW.value, _KIND))
            .when(pl.col(CENTS).is_null())
            .then(pl.lit(ChangeKind.REMOVED.value, _KIND))
            .when(pl.col(CENTS) > pl.col(BEFORE_CENTS))
            .then(pl.lit(ChangeKind.FIXED.value, _KIND))
            .otherwise(pl.lit(ChangeKind.WORSENED.value, _KIND))
        )
    )


def _with_cents(versions: pl.DataFrame) -> pl.DataFrame:
    return versions.with_columns(
        pl.Series(CENTS, cents_of(versions["percent"].to_numpy()), dtype=pl.Int64)
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
    return float((Fraction(cents, TO_CENTS) - count * _mean(before)) / after.count)


def _mean(total: Total) -> Fraction:
    return Fraction(total.cents, TO_CENTS * total.count)
