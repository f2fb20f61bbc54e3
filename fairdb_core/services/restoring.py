"""What an undo puts back: whole datasets, or of those changed since the fields that were not."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from fairdb_core import records
from fairdb_core.domain.undos import UndoConflict
from fairdb_core.metadata import FIELDS
from fairdb_core.records import VALUE_SEPARATOR, content_hash

CONFLICTS_KEPT = 1_000
_NAMES = [field.name for field in FIELDS]
_TITLES = {field.name: field.title for field in FIELDS}


@dataclass(frozen=True)
class Restoring:
    """What an undo will write, and what it leaves alone.

    Attributes:
        versions: One row a dataset that changes: ``dataset_id``, ``metadata_json``,
            ``content_hash``, ``is_deletion``.
        conflicts: The first of the fields that were changed since.
        conflict_count: Datasets with such a field.
    """

    versions: pl.DataFrame
    conflicts: tuple[UndoConflict, ...]
    conflict_count: int


def restoring_of(written: pl.DataFrame) -> Restoring:
    """Return what puts back what stood before a batch, later changes left alone.

    Args:
        written: What ``DatasetVersionRepository.to_undo`` gave.
    """
    # By what it holds, not by version: a later change that was undone itself is none.
    is_untouched = (pl.col("current_hash") == pl.col("written_hash")) & (
        pl.col("current_is_deletion") == pl.col("written_is_deletion")
    )
    was_absent = pl.col("previous_json").is_null() | pl.col("previous_is_deletion")
    whole = written.filter(is_untouched).select(
        "dataset_id",
        metadata_json=pl.col("previous_json").fill_null("{}"),
        content_hash=pl.col("previous_hash").fill_null(content_hash("{}")),
        is_deletion=was_absent,
    )
    touched = written.filter(~is_untouched)
    is_one_piece = was_absent | pl.col("written_is_deletion") | pl.col("current_is_deletion")
    lost = touched.filter(is_one_piece)
    merged, conflicts, count = _merged(touched.filter(~is_one_piece))
    of_wholes = (
        UndoConflict(row["dataset_id"], row["identity"], "") for row in lost.iter_rows(named=True)
    )
    return Restoring(
        pl.concat([whole, merged]).sort("dataset_id"),
        (*list(of_wholes)[:CONFLICTS_KEPT], *conflicts)[:CONFLICTS_KEPT],
        lost.height + count,
    )


def _merged(touched: pl.DataFrame) -> tuple[pl.DataFrame, list[UndoConflict], int]:
    """Return the records in which every field that only the batch changed is put back."""
    schema = {
        "dataset_id": pl.Int64,
        "metadata_json": pl.String,
        "content_hash": pl.String,
        "is_deletion": pl.Boolean,
    }
    if touched.is_empty():
        return pl.DataFrame(schema=schema), [], 0
    before, wrote, now = (
        records.frame_of_json(touched[name]).rename({field: f"{mark}:{field}" for field in _NAMES})
        for name, mark in (
            ("previous_json", "before"),
            ("written_json", "wrote"),
            ("current_json", "now"),
        )
    )
    sides = pl.concat([before, wrote, now], how="horizontal")
    put_back = sides.select(
        pl.when(_same("now", "wrote", name))
        .then(pl.col(f"before:{name}"))
        .otherwise(pl.col(f"now:{name}"))
        .alias(name)
        for name in _NAMES
    )
    clashes = sides.select(
        (
            ~_same("before", "wrote", name)
            & ~_same("now", "wrote", name)
            & ~_same("now", "before", name)
        ).alias(name)
        for name in _NAMES
    )
    texts = records.json_of(put_back)
    hashes = records.hashes_of(texts)
    merged = pl.DataFrame(
        {
            "dataset_id": touched["dataset_id"],
            "metadata_json": texts,
            "content_hash": hashes,
            "is_deletion": pl.Series([False], dtype=pl.Boolean).new_from_index(0, touched.height),
        },
        schema=schema,
    ).filter(hashes != touched["current_hash"])
    count = int(clashes.select(pl.any_horizontal(pl.all()).sum()).item())
    return merged, list(_conflicts(touched, sides, clashes)), count


def _same(one: str, other: str, name: str) -> pl.Expr:
    return pl.col(f"{one}:{name}").eq_missing(pl.col(f"{other}:{name}"))


def _conflicts(
    touched: pl.DataFrame, sides: pl.DataFrame, clashes: pl.DataFrame
) -> Iterator[UndoConflict]:
    for name in _NAMES:
        for place in clashes[name].arg_true().head(CONFLICTS_KEPT).to_list():
            yield UndoConflict(
                dataset_id=touched["dataset_id"][place],
                identity=touched["identity"][place],
                field_title=_TITLES[name],
                before=_shown(sides[f"before:{name}"][place]),
                written=_shown(sides[f"wrote:{name}"][place]),
                now=_shown(sides[f"now:{name}"][place]),
            )


def _shown(text: str | None) -> str:
    return (text or "").replace(VALUE_SEPARATOR, "; ")
