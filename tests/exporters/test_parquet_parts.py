"""Packed frames put together as the Parquet file that one writer makes of them."""

import io
import pickle

import polars as pl
import pyarrow.parquet as pq
import pytest

from fairdb_core.exporters.parquet_parts import PartsWriter, part_of


def made_up(start: int, height: int) -> pl.DataFrame:
    rows = pl.DataFrame({"row": pl.int_range(start, start + height, eager=True)})
    return rows.with_columns(
        identifier=pl.when(pl.col("row") % 3 != 0).then(pl.format("10.1000/{}", "row")),
        fact=(pl.col("row") % 4).cast(pl.UInt8),
        percent=pl.col("row") / 7,
        is_met=pl.col("row") % 2 == 0,
        nothing=pl.lit(None, pl.String),
    )


@pytest.mark.parametrize("heights", [(5,), (0, 3), (40_000, 0, 1, 25_000), (7,) * 14, (7,) * 200])
def test_parts_are_the_file_that_one_writer_makes(heights: tuple[int, ...]) -> None:
    frames = [made_up(sum(heights[:place]), height) for place, height in enumerate(heights)]
    together, alone = io.BytesIO(), io.BytesIO()
    writer = PartsWriter(together)
    for frame in frames:
        writer.append(pickle.loads(pickle.dumps(part_of(frame))))  # noqa: S301
    writer.finish()
    tables = [frame.to_arrow(compat_level=pl.CompatLevel.oldest()) for frame in frames]
    with pq.ParquetWriter(alone, tables[0].schema, compression="zstd") as one:
        for table in tables:
            one.write_table(table)
    assert together.getvalue() == alone.getvalue()
    together.seek(0)
    assert pl.read_parquet(together).equals(pl.concat(frames))


def test_rows_of_other_columns_are_refused() -> None:
    writer = PartsWriter(io.BytesIO())
    writer.append(part_of(made_up(0, 5)))
    with pytest.raises(ValueError, match="different columns"):
        writer.append(part_of(made_up(5, 5).drop("fact")))
