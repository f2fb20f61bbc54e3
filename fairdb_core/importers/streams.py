"""Text tables of any size, piece by piece, so that memory stays flat.

Only what is proven to be regular is read in this way. Anything in doubt is refused, and left to the
strict reader, which needs the whole file.
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.dialects import decide_separator
from fairdb_core.importers.well_formed import Shape, parsed, proven_pieces

_BLOCK = 4 * 1024 * 1024
_SAMPLE = 200_000
_LONGEST = 64 * 1024 * 500


def stream_table(
    path: Path, batch_rows: int, separator: str | None = None
) -> Iterator[pl.DataFrame]:
    """Yield the rows of a UTF-8 text table, one text column a header.

    Args:
        path: The file.
        batch_rows: Rows at a time; only the last ones may be fewer.
        separator: What parts the cells, else what the first records show.

    Raises:
        UnreadableFileError: The file is not UTF-8, or is not regular throughout.
    """
    mark = separator or _separator_of(path)
    header: tuple[str, ...] = ()
    kept: list[pl.DataFrame] = []
    for piece in _pieces(path, Shape(mark, has_quotes=True, longest=_LONGEST)):
        rows = piece
        if not header:
            header = _checked_header(path.name, piece.row(0))
            rows = piece.slice(1)
        kept.append(rows.rename(dict(zip(rows.columns, header, strict=True))))
        while sum(frame.height for frame in kept) >= batch_rows:
            yield _taken_off(kept, batch_rows)
    rest = pl.concat(kept) if kept else pl.DataFrame()
    if rest.height:
        yield rest.rechunk()


def _taken_off(kept: list[pl.DataFrame], count: int) -> pl.DataFrame:
    """Return the first rows of frames, which keep only the others."""
    whole = pl.concat(kept)
    kept[:] = [whole.slice(count)]
    return whole.head(count).rechunk()


def _pieces(path: Path, shape: Shape) -> Iterator[pl.DataFrame]:
    row = 1
    for piece, height, width in proven_pieces(_blocks(path), shape):
        try:
            frame = parsed(piece, shape, width) if height else pl.DataFrame()
        except pl.exceptions.PolarsError:
            frame = pl.DataFrame()
        if not height or frame.height != height:
            raise UnreadableFileError(
                path.name,
                f"after record {row:,} it is not regular UTF-8 text with as many cells in each "
                f"record, parted by {shape.separator!r}",
                code="irregular",
                remedy="Name another mark with --separator, or look at fairdb score without a "
                "second file, which names the place.",
            )
        row += height
        yield frame


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield file.read(_BLOCK).removeprefix(b"\xef\xbb\xbf")
        while block := file.read(_BLOCK):
            yield block


def _separator_of(path: Path) -> str:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        return decide_separator(text.read(_SAMPLE), None)[0]


def _checked_header(file_name: str, names: tuple[str | None, ...]) -> tuple[str, ...]:
    header = tuple((name or "").strip() for name in names)
    if "" in header or len(set(header)) < len(header):
        raise UnreadableFileError(
            file_name, "its header has a name that is missing or stands twice", code="header"
        )
    return header
