"""``fairdb score FILE OUT`` and ``fairdb convert``: files of any size at flat memory."""

import resource
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from fairdb_core.cli.imports import MapOption, SeparatorOption, separator_of
from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.errors import ValidationError
from fairdb_core.exporters.parquet_parts import Part, part_of
from fairdb_core.importers.streams import stream_table
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.kernel import BATCH_ROWS
from fairdb_core.services import clusters, large_files

_OUT = Console(soft_wrap=True, highlight=False, markup=False)
_PARQUET = ".parquet"
_SHOWN = 12


def score_large(
    file: Path,
    out: Path,
    rubrics: Mapping[str, Rubric],
    *,
    separator: str | None,
    mapped: Sequence[str],
    dask: str | None,
) -> None:
    """Score a file of any size into a Parquet file, and say what was counted.

    Raises:
        ValidationError: An option does not fit the files.
        UnreadableFileError: The file is refused.
    """
    _check_names(file, out)
    if dask is not None and file.suffix != _PARQUET:
        raise ValidationError(
            "--dask", "CSV cannot be split safely: make Parquet of it with fairdb convert first"
        )
    tally, began = large_files.Tally(), time.monotonic()
    if dask is not None:
        with clusters.connected(dask) as client:
            count = large_files.row_count(file)
            _OUT.print(f"{len(client.nthreads())} workers at {dask} score {count:,} records.")
            _write(out, _counted(clusters.scored_on(client, file, count, rubrics), tally), count)
    else:
        records, count = _records_of(file, separator, mapped)
        _write(out, _counted(_scored(records, rubrics), tally), count)
    _OUT.print(_summary(file, out, tally, rubrics, time.monotonic() - began))


def convert(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or TSV in UTF-8")],
    out: Annotated[Path, typer.Argument(help="The Parquet file to write")],
    *,
    separator: SeparatorOption = None,
    mapped: MapOption = None,
) -> None:
    """Bring a CSV file of any size to canonical records, as an import does, in Parquet."""
    _check_names(file, out)
    if file.suffix == _PARQUET:
        raise ValidationError("FILE", "it is Parquet already")
    began = time.monotonic()
    records, count = _records_of(file, separator, mapped or [])
    rows = _write(out, map(part_of, records), count)
    _OUT.print(
        f"{out}: {rows:,} canonical records, {out.stat().st_size / 1e6:,.1f} MB, "
        f"{time.monotonic() - began:.1f} s."
    )


def _check_names(file: Path, out: Path) -> None:
    if out.suffix != _PARQUET:
        raise ValidationError("OUT", f"scores are written as Parquet: name it *{_PARQUET}")
    if out.resolve() == file.resolve():
        raise ValidationError("OUT", "it is the file that is read")
    if not out.resolve().parent.is_dir():
        raise ValidationError("OUT", f"there is no folder {out.resolve().parent}")


def _records_of(
    file: Path, separator: str | None, mapped: Sequence[str]
) -> tuple[Iterator[pl.DataFrame], int]:
    """Return the canonical records of a file, batch by batch, and about how many there are."""
    if file.suffix == _PARQUET:
        if mapped or separator:
            raise ValidationError("--map", "the columns of Parquet are named as fields already")
        count = large_files.row_count(file)
        starts = range(0, count, BATCH_ROWS)
        return (large_files.parquet_records(file, start) for start in starts), count
    batches = stream_table(file, large_files.RAW_ROWS, separator_of(separator))
    first = next(batches, pl.DataFrame())
    mapping = large_files.mapping_of(first, file.name, _choices(mapped))
    _OUT.print(_told_mapping(mapping))
    count = round(file.stat().st_size * first.height / max(_bytes_of(first), 1))
    return large_files.text_records(chain([first], batches), mapping), count


def _choices(mapped: Sequence[str]) -> dict[str, str | None]:
    pairs = [pair.rpartition("=") for pair in mapped]
    if any(not mark for _, mark, _ in pairs):
        raise ValidationError("--map", "say COLUMN=FIELD")
    return {column: name or None for column, _, name in pairs}


def _bytes_of(raw: pl.DataFrame) -> int:
    """Return about how many bytes rows take in their file."""
    letters = raw.select(pl.all().str.len_bytes().sum()).sum_horizontal().sum()
    return int(letters) + raw.height * raw.width


def _told_mapping(mapping: Sequence[ColumnMapping]) -> str:
    named = [column for column in mapping if column.field == column.column]
    others = [column for column in mapping if column.field not in {None, column.column}]
    left_out = [column.column for column in mapping if column.field is None]
    lines = [f"Columns: {len(named)} of {len(mapping)} bear the name of a field."]
    lines += [
        f"  {each.column} → {each.field} ({100 * each.confidence:.0f} %, {each.reason})"
        for each in others
    ]
    if left_out:
        more = f" and {len(left_out) - _SHOWN} more" if len(left_out) > _SHOWN else ""
        lines.append(f"  left out: {', '.join(left_out[:_SHOWN])}{more}")
    return "\n".join(lines)


def _scored(
    records: Iterable[pl.DataFrame], rubrics: Mapping[str, Rubric]
) -> Iterator[large_files.ScoredBatch]:
    start = 0
    for batch in records:
        yield large_files.scored_batch(batch, start, rubrics)
        start += batch.height
        del batch  # else it is held while the next one is read


def _counted(scored: Iterable[large_files.ScoredBatch], tally: large_files.Tally) -> Iterator[Part]:
    for batch in scored:
        tally.add(batch.tally)
        yield batch.part


def _write(out: Path, parts: Iterable[Part], count: int) -> int:
    """Write packed frames with a bar that shows how far it is, and return the number of rows."""
    written = 0
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("records", total=count)

        def tell(rows: int) -> None:
            nonlocal written
            written += rows
            progress.advance(task, rows)

        large_files.write_parts(out, parts, tell)
    return written


def _summary(
    file: Path,
    out: Path,
    tally: large_files.Tally,
    rubrics: Mapping[str, Rubric],
    seconds: float,
) -> str:
    scored = tally.rows - tally.blank
    blank = f", {tally.blank:,} blank ones left out" if tally.blank else ""
    lines = [f"{file.name}: {scored:,} of {tally.rows:,} rows scored{blank}."]
    for name, rubric in rubrics.items():
        median, mean = tally.median(name), tally.mean(name)
        if median is not None and mean is not None:
            lines.append(f"  {rubric.title}: median {median:.1f} %, mean {mean:.1f} %.")
    lines.append(
        f"Written to {out}: row, identifier, all facts, and scores by {', '.join(rubrics)}; "
        f"{out.stat().st_size / 1e6:,.1f} MB, {seconds:.1f} s, at most {peak_memory_mb():,.0f} MB "
        "of memory."
    )
    return "\n".join(lines)


def peak_memory_mb() -> float:
    """Return how much memory this process held at most."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
