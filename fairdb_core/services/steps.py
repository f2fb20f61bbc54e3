"""What batches added to the count and the sum of the datasets that count, step by step.

Most datasets have one version, and all that their batch did was to add them; only of the others
is each version held against the one before.
"""

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import polars as pl

from fairdb_core.scoring.changes import Movement
from fairdb_core.scoring.quantiles import Counts
from fairdb_core.scoring.spans import CENTS, TO_CENTS, cents_of, total_of
from fairdb_core.services.counted import Counted
from fairdb_core.services.moves import Moves
from fairdb_core.services.versions import Versions

_TIME = pl.Datetime("us", "UTC")


def steps(counted: Counted, since: datetime, until: datetime) -> pl.DataFrame:
    """Return what each batch between two times added to count and sum.

    Args:
        counted: The versions that count.
        since: The first time, batches at it left out.
        until: The second, batches at it included.

    Returns:
        ``batch_id``, ``count``, ``cents`` and ``datasets``, those without any effect left out.
    """
    has_effect = pl.Series(counted.versions.begun_between(since, until))
    return counted.effects.filter(has_effect & (pl.col("datasets") > 0)).sort("batch_id")


def act_by_act(effects: pl.DataFrame, acts: Mapping[int, int]) -> pl.DataFrame:
    """Return the effects of acts, each the sum of those of its batches.

    Args:
        effects: What ``steps`` gave.
        acts: Of which act those batches are that share one with others.

    Returns:
        ``batch_ids``, ``count``, ``cents`` and ``datasets``.
    """
    act = pl.col("batch_id").replace(acts).alias("act_id")
    sums = (pl.col(name).sum() for name in ("count", CENTS, "datasets"))
    together = effects.group_by(act, maintain_order=True).agg(pl.col("batch_id"), *sums)
    return together.drop("act_id").rename({"batch_id": "batch_ids"})


def movement(moves: Moves, *, by_rubric_before: Counted) -> Movement:
    """Return what happened between two times to the datasets that count.

    Args:
        moves: What moved by the rubric of now.
        by_rubric_before: The versions that count, by the rubric of then.
    """
    then, now = moves.counted.states(moves.times)
    before = then
    if by_rubric_before is not moves.counted:
        (before,) = by_rubric_before.states(moves.times[:1])
    return Movement(total_of(before), total_of(then), total_of(now), moves.sums())


def course_of(versions: Versions) -> pl.DataFrame:
    """Return count and mean after every moment at which something happened.

    Returns:
        ``at``, ``count`` and ``mean``, by ascending time; the mean is null where nothing counts.
    """
    stood = np.ones(len(versions.batch), dtype=bool)
    is_void = versions.until <= versions.begun[versions.batch[versions.ended]]
    stood[versions.ended[is_void]] = False
    moments = np.unique(versions.begun[np.unique(versions.batch[stood])])
    ended, size = versions.ended[~is_void], len(moments)
    start = np.searchsorted(moments, np.append(versions.begun, 0))[versions.batch]
    end = np.searchsorted(moments, versions.until[~is_void])

    def total(of_rank: Counts) -> pl.Series:
        worth = of_rank[versions.rank] * stood
        gained, lost = np.bincount(start, worth, size + 1), np.bincount(end, worth[ended], size + 1)
        return pl.Series(np.cumsum(gained - lost)[:size].astype(np.int64))

    count = total(np.append(np.ones(versions.unjudged, dtype=np.int64), 0))
    cents = total(np.append(cents_of(versions.percents), 0))
    return pl.DataFrame({"at": pl.Series(moments).cast(_TIME), "count": count}).with_columns(
        mean=pl.when(pl.col("count") > 0).then(cents / TO_CENTS / pl.col("count"))
    )
