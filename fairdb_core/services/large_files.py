"""Files of any size, scored a batch at a time into another file; nothing of them is stored.

Whoever may read the file and write the other may do so: there is no record of the store in it.
CSV is brought to canonical records as an import does it. Parquet holds them already: columns named
as fields, of texts, or of lists of texts where a field has several values.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import numpy as np
import polars as pl

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.errors import UnreadableFileError, ValidationError
from fairdb_core.exporters.parquet_parts import Part, PartsWriter, part_of
from fairdb_core.importers.mapping import suggest_mapping
from fairdb_core.importers.normalise import normalise
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import VALUE_SEPARATOR, complete
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.kernel import BATCH_ROWS, compute_facts, score
from fairdb_core.services.previews import with_choices

# Raw cells are many times as large as what is kept of them; these divide a batch evenly.
RAW_ROWS = BATCH_ROWS // 4
Told = Callable[[int], None]


@dataclass
class Tally:
    """What was counted while a file was scored.

    Attributes:
        rows: Rows that were read.
        blank: Rows of these in which no field is filled; they are left out.
        percents: How many have each percent by a rubric, in hundredths.
    """

    rows: int = 0
    blank: int = 0
    percents: dict[str, "np.ndarray[tuple[int], np.dtype[np.int64]]"] = field(default_factory=dict)

    @classmethod
    def of(cls, scored: pl.DataFrame, rows: int, rubrics: Iterable[str]) -> "Tally":
        """Return what is counted in the scores of some rows."""
        cents = {
            name: (scored[f"{name}.percent"].drop_nulls() * 100).round().cast(pl.Int64).to_numpy()
            for name in rubrics
        }
        counts = {name: np.bincount(each, minlength=10_001) for name, each in cents.items()}
        return cls(rows, rows - scored.height, counts)

    def add(self, other: "Tally") -> None:
        """Count what was counted elsewhere, too."""
        self.rows += other.rows
        self.blank += other.blank
        for name, counts in other.percents.items():
            self.percents[name] = self.percents.get(name, 0) + counts

    def median(self, name: str) -> float | None:
        """Return the median percent by a rubric, ``None`` where nothing was judged."""
        counts = self.percents.get(name)
        if counts is None or not (total := int(counts.sum())):
            return None
        up_to = counts.cumsum()
        middle = [np.searchsorted(up_to, place, side="right") for place in _middle(total)]
        return float(np.mean(middle)) / 100

    def mean(self, name: str) -> float | None:
        """Return the mean percent by a rubric, ``None`` where nothing was judged."""
        counts = self.percents.get(name)
        if counts is None or not (total := int(counts.sum())):
            return None
        return float((counts * np.arange(counts.size)).sum()) / total / 100


@dataclass(frozen=True, slots=True)
class ScoredBatch:
    """The scores of some records, as they are written, and what was counted in them."""

    part: Part
    tally: Tally


def _middle(total: int) -> tuple[int, int]:
    return (total - 1) // 2, total // 2


def mapping_of(
    raw: pl.DataFrame, file_name: str, choices: Mapping[str, str | None]
) -> tuple[ColumnMapping, ...]:
    """Return where the columns of a text table go, decided on its first batch.

    A column that bears the name of a field goes there; for any other the import's suggestion holds.

    Args:
        raw: The first rows.
        file_name: The file as the person named it.
        choices: Where a person wants columns to go, ``None`` to leave one out.

    Raises:
        ValidationError: A column or field of the choices is not there.
        UnreadableFileError: No column goes anywhere.
    """
    for column, name in choices.items():
        if column not in raw.columns:
            raise ValidationError("--map", f"there is no column {column!r} in the file")
        if name is not None and name not in FIELD_BY_NAME:
            raise ValidationError("--map", f"there is no field {name!r}")
    named = {column: column for column in raw.columns if column in FIELD_BY_NAME}
    suggested = with_choices(suggest_mapping(raw), named, "the name of the field")
    mapping = with_choices(suggested, choices, "chosen with --map")
    if not any(column.field for column in mapping):
        raise UnreadableFileError(file_name, "none of its columns is known to be a field")
    return mapping


def text_records(
    batches: Iterable[pl.DataFrame], mapping: Sequence[ColumnMapping]
) -> Iterator[pl.DataFrame]:
    """Yield canonical records of a text table, as many at a time as are scored.

    Args:
        batches: Its raw cells, ``RAW_ROWS`` at a time.
        mapping: Where the columns go.
    """

    def canonical(raw: pl.DataFrame) -> pl.DataFrame:
        return normalise(raw, mapping).records

    # A loop over the batches would hold the last one while others are scored.
    each = map(canonical, batches)
    while ready := list(islice(each, BATCH_ROWS // RAW_ROWS)):
        yield _taken(ready)


def _taken(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Return frames as one, and let go of them."""
    whole = pl.concat(frames, rechunk=True)
    frames.clear()
    return whole


def row_count(path: Path) -> int:
    """Return how many records a Parquet file holds.

    Raises:
        UnreadableFileError: It is no Parquet file, or none of its columns is a field.
    """
    _fields_of(path)
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def parquet_records(path: Path, start: int, rows: int = BATCH_ROWS) -> pl.DataFrame:
    """Return some canonical records of a Parquet file.

    Args:
        path: The file.
        start: Records before them.
        rows: How many, where there are so many.
    """
    columns = [
        pl.col(name).list.join(VALUE_SEPARATOR) if isinstance(dtype, pl.List) else pl.col(name)
        for name, dtype in _fields_of(path).items()
    ]
    frame = pl.scan_parquet(path).slice(start, rows).select(columns).collect()
    texts = frame.with_columns(pl.all().cast(pl.String).replace("", None))
    return complete(texts).rechunk()


def scored_batch(records: pl.DataFrame, start: int, rubrics: Mapping[str, Rubric]) -> ScoredBatch:
    """Return the scores of records as they are written, and count them.

    Args:
        records: Canonical records; blank ones are left out.
        start: Records before them in the file.
        rubrics: By their ids.
    """
    scored = scored_records(records, start, rubrics)
    return ScoredBatch(part_of(scored), Tally.of(scored, records.height, rubrics))


def scored_records(
    records: pl.DataFrame, start: int, rubrics: Mapping[str, Rubric]
) -> pl.DataFrame:
    """Return row number, identifier, all facts, and the scores by each rubric.

    Args:
        records: Canonical records; blank ones are left out.
        start: Records before them in the file.
        rubrics: By their ids.
    """
    numbered = records.with_row_index("row", offset=start + 1).with_columns(
        pl.col("row").cast(pl.Int64)
    )
    is_filled = records.select(pl.any_horizontal(pl.col(FIELD_BY_NAME).is_not_null())).to_series()
    # To filter is to copy, of which a batch in which no record is blank has no need.
    filled = numbered if is_filled.all() else numbered.filter(is_filled)
    facts = compute_facts(filled)
    points = [_told(score(facts, rubric), name, rubric) for name, rubric in rubrics.items()]
    return pl.concat([filled.select("row", "identifier"), facts, *points], how="horizontal")


def write_parts(out: Path, parts: Iterable[Part], told: Told) -> None:
    """Write packed frames into a Parquet file, which has its name only once it is whole.

    Args:
        out: The file to be written; one of that name is replaced.
        parts: What it is to hold.
        told: Is called with the rows of each.
    """
    unfinished = out.with_name(out.name + ".part")
    waiting = iter(parts)
    if (first := next(waiting, None)) is None:
        return
    with unfinished.open("wb") as stream:
        writer = PartsWriter(stream)
        for part in chain([first], waiting):
            writer.append(part)
            told(part.row_count)
        writer.finish()
    unfinished.replace(out)


def _fields_of(path: Path) -> dict[str, pl.DataType]:
    try:
        schema = pl.read_parquet_schema(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableFileError(path.name, "it is no Parquet file") from error
    fields = {name: dtype for name, dtype in schema.items() if name in FIELD_BY_NAME}
    if not fields:
        raise UnreadableFileError(
            path.name,
            "none of its columns is named as a field",
            remedy="Bring a CSV file to canonical records with fairdb convert.",
        )
    return fields


def _told(points: pl.DataFrame, name: str, rubric: Rubric) -> pl.DataFrame:
    """Return the points of the whole and of each dimension, under the rubric's name."""
    groups = {dimension.id for dimension in rubric.dimensions}
    return points.select(
        pl.col(column).alias(f"{name}.{column}")
        for column in points.columns
        if "." not in column or column.rpartition(".")[0] in groups
    )
