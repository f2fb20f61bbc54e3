"""Frames packed as they stand in a Parquet file, here or elsewhere, and put together as one.

A Parquet file ends with its contents: what its columns are, and where in the file each group of
rows lies. Groups of rows are appended as they stand, and only their places are told anew, so that
whoever writes the file decodes and packs nothing.
"""

import io
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

import polars as pl
import pyarrow.parquet as pq

from fairdb_core.exporters import thrift

_MAGIC = b"PAR1"
_SIZE = 4
# Fields of the contents, by the numbers that the format's parquet.thrift gives them.
_NUM_ROWS: thrift.Path = (3,)
_ROW_GROUP: thrift.Path = (4,)
_ORDINAL: thrift.Path = (4, 7)
_PLACES: dict[thrift.Path, str] = {
    (4, 5): "file_offset",
    (4, 1, 2): "columns.file_offset",
    (4, 1, 4): "columns.offset_index_offset",
    (4, 1, 6): "columns.column_index_offset",
    (4, 1, 3, 9): "columns.meta_data.data_page_offset",
    (4, 1, 3, 10): "columns.meta_data.index_page_offset",
    (4, 1, 3, 11): "columns.meta_data.dictionary_page_offset",
    (4, 1, 3, 14): "columns.meta_data.bloom_filter_offset",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A frame as it stands in a Parquet file.

    Attributes:
        pages: Its rows, packed column by column.
        row_count: How many there are.
        around: What the contents tell of the columns, before the number of rows and at the end.
        pieces: What the contents tell of these rows, without the numbers that stand between.
        numbers: Those that depend on what is before in the file, each behind the field that it is.
    """

    pages: bytes
    row_count: int
    around: tuple[bytes, bytes]
    pieces: tuple[bytes, ...]
    numbers: tuple[tuple[thrift.Path, int], ...]

    def told_after(self, groups: int, size: int) -> bytes:
        """Return what the contents tell of the rows behind some groups of some bytes."""
        told = [
            thrift.number(groups if path == _ORDINAL else place + size)
            for path, place in self.numbers
        ]
        return b"".join(chain.from_iterable(zip(self.pieces, [*told, b""], strict=True)))


def part_of(frame: pl.DataFrame) -> Part:
    """Return a frame packed as it stands in a Parquet file."""
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    stream = io.BytesIO()
    with pq.ParquetWriter(stream, table.schema, compression="zstd") as writer:
        writer.write_table(table, row_group_size=max(table.num_rows, 1))
    file = stream.getvalue()
    end = len(file) - len(_MAGIC) - _SIZE
    start = end - int.from_bytes(file[end : end + _SIZE], "little")
    contents = file[start:end]
    values = thrift.values_in(contents)
    (rows,) = (value for value in values if value.path == _NUM_ROWS)
    (group,) = (value for value in values if value.path == _ROW_GROUP)
    changing = [v for v in values if v.path == _ORDINAL or (v.path in _PLACES and v.number)]
    starts = [group.start, *(value.end for value in changing)]
    ends = [*(value.start for value in changing), group.end]
    return Part(
        pages=file[len(_MAGIC) : start],
        row_count=rows.number,
        around=(contents[: rows.start], contents[group.end :]),
        pieces=tuple(contents[a:b] for a, b in zip(starts, ends, strict=True)),
        numbers=tuple((value.path, value.number) for value in changing),
    )


class PartsWriter:
    """Writes packed frames of the same columns as the groups of rows of one Parquet file."""

    def __init__(self, stream: BinaryIO) -> None:
        """Begin the file at the start of a stream."""
        self._stream = stream
        self._size = 0
        self._row_count = 0
        self._groups: list[bytes] = []
        self._around = (b"", b"")
        stream.write(_MAGIC)

    def append(self, part: Part) -> None:
        """Write rows behind those before.

        Raises:
            ValueError: They have other columns than those before.
        """
        if self._groups and part.around != self._around:
            raise ValueError("rows of different columns cannot be in one Parquet file")
        self._around = part.around
        self._groups.append(part.told_after(len(self._groups), self._size))
        self._row_count += part.row_count
        self._size += self._stream.write(part.pages)

    def finish(self) -> None:
        """Write the contents, with which the file is whole."""
        before, after = self._around
        row_count = thrift.number(self._row_count)
        head = thrift.head_of_list(len(self._groups))
        contents = b"".join([before, row_count, head, *self._groups, after])
        self._stream.write(contents + len(contents).to_bytes(_SIZE, "little") + _MAGIC)
