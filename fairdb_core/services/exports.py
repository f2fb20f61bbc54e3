"""Chosen datasets as a table: canonical fields that can be read again, and scores."""

from collections.abc import Collection as Container
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
import polars as pl

from fairdb_core import records
from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.summaries import Filters
from fairdb_core.errors import ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from fairdb_core.records import VALUE_SEPARATOR
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.patterns import PATTERN
from fairdb_core.services.assessments import readable_collections
from fairdb_core.services.narrowing import matching
from fairdb_core.services.score_frames import ScoreFrames

MOST_EXPORTED = 100_000
PREFIX = "FAIRDatabase"
_BETWEEN_VALUES = "; "
_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table to be written in some format."""

    header: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]


class ExportService:
    """Tables of the datasets that somebody may read.

    Args:
        storage: The store.
        cache: Where frames are kept.
        rubrics: By id; the first is the one that is taken when none is chosen.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def table(
        self,
        viewer: Viewer,
        filters: Filters,
        *,
        rubric_id: str = "",
        only: Container[int] = (),
    ) -> ExportedTable:
        """Return the datasets that match, with canonical fields and scores.

        Args:
            viewer: Who asks; what they may not read is left out.
            filters: Which datasets are meant.
            rubric_id: By which they are judged, the usual one where empty.
            only: Of these only the ones named here, where any is named.

        Raises:
            ResourceNotFoundError: There is no such rubric.
            ValidationError: There are more than one file should hold.
        """
        rubric = self._frames.rubric(rubric_id)
        with self._storage.read() as work:
            seen = readable_collections(work, viewer)
            scope = self._frames.scope(work, viewer, rubric, seen)
            standing = self._frames.standing(work, seen, rubric)
            rows = matching(standing, filters, scope).rows
            if only and rows.height:
                rows = rows.filter(pl.col("dataset_id").is_in(list(only)))
            if rows.height > MOST_EXPORTED:
                raise ValidationError("Export", f"narrow it down to {MOST_EXPORTED:,} datasets")
            table = _table(work, rows, scope.collections, scope.dimensions, scope.patterns)
        _log.info("datasets_exported", datasets=len(table.rows))
        return table


def _table(
    work: Work,
    rows: pl.DataFrame,
    names: Mapping[int, str],
    dimensions: Container[tuple[str, str, float]],
    patterns: pl.DataFrame,
) -> ExportedTable:
    if rows.is_empty():
        return ExportedTable((), ())
    shares = {f"{PREFIX} {title} %": f"{key}.percent" for key, title, _ in dimensions}
    scores = rows.select(
        "dataset_id",
        pl.col("collection_id")
        .replace_strict(names, default="", return_dtype=pl.String)
        .alias(f"{PREFIX} keeps it in"),
        pl.col("percent").alias(f"{PREFIX} score %"),
        *(
            patterns[column].gather(rows[PATTERN]).alias(header)
            for header, column in shares.items()
        ),
    )
    standing = pl.concat(
        [
            work.datasets.current(
                key, rows.filter(pl.col("collection_id") == key)["dataset_id"].to_list()
            )
            for key in rows["collection_id"].unique().sort()
        ]
    )
    fields = records.frame_of_json(standing["metadata_json"])
    filled = [field.name for field in FIELDS if fields[field.name].null_count() < fields.height]
    shown = [_readable(fields[name]) for name in filled]
    joined = standing.select("dataset_id").hstack(pl.DataFrame(shown))
    joined = joined.join(scores, on="dataset_id", how="left", maintain_order="left")
    joined = joined.drop("dataset_id")
    return ExportedTable(tuple(joined.columns), tuple(joined.iter_rows()))


def _readable(column: pl.Series) -> pl.Series:
    """Return a field as one cell a dataset, from which the same values are read again.

    Several values stand one after the other; as a list in JSON where nothing else would tell
    what parts them from what is within them.
    """
    if not FIELD_BY_NAME[column.name].is_many:
        return column
    is_unclear = column.str.contains(";", literal=True).any() or (
        column.str.contains("[,|]").any()
        and not column.str.contains(VALUE_SEPARATOR, literal=True).any()
    )
    if not is_unclear:
        return column.str.replace_all(VALUE_SEPARATOR, _BETWEEN_VALUES, literal=True)
    return pl.Series(
        column.name,
        [
            None if text is None else orjson.dumps(text.split(VALUE_SEPARATOR)).decode()
            for text in column.to_list()
        ],
        dtype=pl.String,
    )
