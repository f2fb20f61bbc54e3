"""What batches added to the count and the sum of the datasets that count, step by step.

Most datasets have one version, and all that their batch did was to add them; only of the others
is each version held against the one before.
"""

from datetime import datetime

import numpy as np
import polars as pl

from fairdb_core.scoring.changes import Movement, batch_steps, pairs_of
from fairdb_core.scoring.quantiles import Counts
from fairdb_core.scoring.spans import CENTS, TO_CENTS, UNTIL, cents_of, counted, total_of
from fairdb_core.services.past import NOBODY, Past
from fairdb_core.services.standing import Mask
from fairdb_core.services.versions import Versions

_TIME = pl.Datetime("us", "UTC")


def steps(
    versions: Past, since: datetime, until: datetime, chosen: Mask | None = None
) -> pl.DataFrame:
    """Return what each batch between two times added to count and sum.

    Args:
        versions: All there are.
        since: The first time, batches at it left out.
        until: The second, batches at it included.
        chosen: Which versions are meant, every one where nothing is said.

    Returns:
        ``batch_id``, ``count``, ``cents`` and ``datasets``, those without any effect left out.
    """
    is_new = np.append(versions.begun_between(since, until), False)[versions.batch]
    is_new[versions.several] = False
    new = versions.judged_of(np.flatnonzero(is_new), chosen)
    batch, size = versions.batch[new], len(versions.batch_ids)
    counts = np.bincount(batch, minlength=size).astype(np.int64)
    cents = np.bincount(batch, cents_of(versions.percents)[versions.rank[new]], size)
    added = pl.DataFrame(
        {
            "batch_id": pl.Series(versions.batch_ids, dtype=pl.Int64),
            "count": counts,
            CENTS: cents.astype(np.int64),
            "datasets": counts,
        }
    ).filter(pl.col("count") > 0)
    changed = batch_steps(_counted(versions, chosen), since, until)
    every = pl.concat([added, changed.select(added.columns).cast(added.schema)])
    return every.group_by("batch_id").agg(pl.all().sum()).sort("batch_id")


def movement(
    versions: Versions,
    since: datetime,
    until: datetime,
    chosen: Mask | None = None,
    *,
    by_rubric_before: Versions,
) -> Movement:
    """Return what happened between two times to the datasets that count.

    Args:
        versions: All there are, by the rubric of now.
        since: The first time.
        until: The second, not before the first.
        chosen: Which versions are meant, every one where nothing is said.
        by_rubric_before: The same by the rubric of then.
    """
    then, now = versions.states([since, until], chosen)
    before = then
    if by_rubric_before is not versions:
        (before,) = by_rubric_before.states([since], chosen)
    kept = versions.rows.select("dataset_id", "percent")
    gone, came = (kept[places(since, until, chosen)] for places in (versions.gone, versions.come))
    return Movement(total_of(before), total_of(then), total_of(now), pairs_of(gone, came))


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


def _counted(versions: Past, chosen: Mask | None) -> pl.DataFrame:
    """Return the versions of datasets with several as ``counted`` gives them."""
    places = versions.several
    ends = np.full(len(versions.batch), NOBODY, dtype=np.int64)
    ends[versions.ended] = versions.until
    rows = versions.rows.select("dataset_id", "batch_id", "batch_at", "is_deleted", "percent")
    rows = rows[places].with_columns(
        pl.Series(UNTIL, ends[places]).replace(NOBODY, None).cast(_TIME)
    )
    return counted(rows, matches=None if chosen is None else pl.Series(chosen[places]))
