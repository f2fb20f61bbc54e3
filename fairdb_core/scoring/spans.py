"""From when until when each version of a dataset stands, and what happened between two times.

A version stands from its batch on, until a later version's batch; versions that never stood are
left out of what happened. Sums are kept in whole hundredths of a percent, as percents have two
decimals, so that parts add up to the whole in any order.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from fairdb_core.scoring.quantiles import Counts, Spread, Values

UNTIL = "until_at"
CENTS = "cents"
TO_CENTS = 100


@dataclass(frozen=True, slots=True)
class Total:
    """Datasets that count, and the sum of their percents in hundredths."""

    count: int
    cents: int

    @property
    def mean(self) -> float | None:
        """The mean percent, ``None`` where no dataset counts."""
        return self.cents / (TO_CENTS * self.count) if self.count else None


def with_spans(rows: pl.DataFrame) -> pl.DataFrame:
    """Return every version with the time until which it stands, null where it stands still.

    Args:
        rows: Versions by ascending key, with ``dataset_id`` and ``batch_at``.
    """
    if rows.is_empty():
        return rows
    slim = _by_dataset(rows.select("dataset_id", "batch_at").with_row_index("place"))
    is_last = slim["dataset_id"] != slim["dataset_id"].shift(-1, fill_value=-1)
    later = slim.select(pl.when(~is_last).then(pl.col("batch_at").shift(-1))).to_series()
    until = later
    # Hardly ever does a version's batch lie before that of the version before it.
    while True:
        further = until.to_frame("until").select(
            pl.min_horizontal(pl.lit(later), pl.when(~is_last).then(pl.col("until").shift(-1)))
        )
        if further.to_series().equals(until):
            break
        until = further.to_series()
    slim = slim.with_columns(until.alias(UNTIL)).sort("place")
    return rows.with_columns(slim[UNTIL])


def cents_of(percents: Values) -> Counts:
    """Return percents in whole hundredths."""
    return np.rint(percents * TO_CENTS).astype(np.int64)


def total_of(percents: Spread) -> Total:
    """Return how many datasets count, and with how much."""
    return Total(percents.count, int(cents_of(percents.values) @ percents.counts))


def _by_dataset(rows: pl.DataFrame) -> pl.DataFrame:
    """Return versions dataset by dataset: a tenth of the time of windows over many datasets."""
    return rows.sort("dataset_id", maintain_order=True)
