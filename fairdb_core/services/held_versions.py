"""The assessed versions of one collection, held in memory and continued when more is stored."""

from dataclasses import dataclass

import polars as pl

from fairdb_core.cache import Cache
from fairdb_core.domain.datasets import Collection
from fairdb_core.repositories.assessments import in_order
from fairdb_core.repositories.storage import Work
from fairdb_core.scoring.spans import UNTIL
from fairdb_core.services.past import told


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one collection.

    Attributes:
        keys: The chunks that it comes of.
        before: The versions that stand no more.
        live: Those that stand.
    """

    keys: frozenset[int]
    before: pl.DataFrame
    live: pl.DataFrame

    def with_new(self, keys: frozenset[int], new: pl.DataFrame) -> "Held":
        """Return this with some more versions; datasets that these are not of stay untouched."""
        is_touched = pl.col("dataset_id").is_in(new["dataset_id"].unique().implode())
        touched = [
            part.filter(is_touched).drop(UNTIL, strict=False)
            for part in (self.before, self.live)
            if part.height
        ]
        before, live = told(in_order(pl.concat([*touched, new], how="diagonal")))
        kept = [
            part.filter(~is_touched) if part.height else part for part in (self.before, self.live)
        ]
        return Held(
            keys,
            *(
                pl.concat([old, more], how="diagonal") if old.height else more
                for old, more in zip(kept, (before, live), strict=True)
            ),
        )


def held_of(work: Work, cache: Cache, collection: Collection, rubric_id: str) -> Held:
    """Return the assessed versions of a collection; only chunks that are new are read."""
    slot = ("assessed", collection.collection_id)
    return cache.compute(
        (*slot, collection.data_version),
        lambda: _read(work, collection.collection_id, rubric_id, cache.latest(slot)),
        slot=slot,
    )


def _read(work: Work, collection_id: int, rubric_id: str, known: Held | None) -> Held:
    keys = work.assessments.keys(collection_id, rubric_id)
    if known is None or not known.keys or not known.keys <= keys:
        rows = work.assessments.rows([collection_id], rubric_id)
        return Held(keys, *told(rows)) if rows.height else Held(keys, rows, rows)
    new = work.assessments.rows([collection_id], rubric_id, only=keys - known.keys)
    return known.with_new(keys, new) if new.height else known
