"""Text tables that are proven to be regular, byte by byte, and only then read by a quick reader.

Nothing is guessed here: where quotation marks, separators or line ends leave the least doubt, the
whole file is left to the strict reader, which knows how to name the place.
"""

import codecs
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

_QUOTE, _LINE_FEED, _CARRIAGE_RETURN = b'"\n\r'
_FEWEST_COLUMNS, _FEWEST_ROWS, _MANY_EMPTY = 2, 2, 2

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Shape:
    """What every record has to be.

    Attributes:
        separator: What parts cells, one byte.
        has_quotes: Whether quotation marks enclose cells.
        longest: Bytes that a record may have.
        width: Cells of a record, ``None`` before the first.
    """

    separator: str
    has_quotes: bool
    longest: int
    width: int | None = None


def read_well_formed(blocks: Iterable[bytes], shape: Shape, max_rows: int) -> pl.DataFrame | None:
    """Return all records, the header as the first, or ``None`` where anything is in doubt.

    Args:
        blocks: The whole file as UTF-8 without a mark.
        shape: What every record has to be.
        max_rows: Records below the header.
    """
    try:
        count, frames = _read_pieces(blocks, shape, max_rows)
    except UnicodeError:
        return None
    if count < _FEWEST_ROWS or count != sum(frame.height for frame in frames):
        return None
    return pl.concat(frames)


def _read_pieces(
    blocks: Iterable[bytes], shape: Shape, max_rows: int
) -> tuple[int, list[pl.DataFrame]]:
    """Return how many records there have to be, none where in doubt, and what was read."""
    parts: list[Future[pl.DataFrame]] = []
    count = 0
    # One piece is read in the thread while the next one is looked at.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="records") as thread:
        for piece, height, width in proven_pieces(blocks, shape):
            count += height
            if not height or count > max_rows + 1:
                return 0, []
            if parts:
                parts[-1].result()
            parts.append(thread.submit(_read, piece, shape, width))
        return count, [part.result() for part in parts]


def proven_pieces(blocks: Iterable[bytes], shape: Shape) -> Iterator[tuple[bytes, int, int]]:
    """Yield pieces of whole records, how many and how wide; none of a piece that is in doubt."""
    rest = b""
    width = shape.width
    for block in _with_end(blocks):
        piece = rest + block
        if piece.startswith(codecs.BOM_UTF8):  # a letter here, which the quick reader leaves out
            yield b"", 0, 0
            return
        stop, height, width = _proven(np.frombuffer(piece, np.uint8), shape, width)
        yield piece[:stop], height, width
        rest = piece[stop:]
    if rest:
        yield b"", 0, 0


def _with_end(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield blocks, the last of which ends a line."""
    last = b"\n"
    for block in blocks:
        if block:
            yield block
            last = block
    if not last.endswith(b"\n"):
        yield b"\n"


def _proven(text: Bytes, shape: Shape, width: int | None) -> tuple[int, int, int]:
    """Return where the last whole record ends, how many there are, how wide; none where in doubt.

    A place is inside of quotation marks where an odd number of them stands before it. That holds
    when each that opens stands at the beginning of a cell and each that closes at its end.
    """
    in_doubt = 0, 0, 0
    quotes = np.flatnonzero(text == _QUOTE) if shape.has_quotes else np.empty(0, np.intp)
    ends = _outside(np.flatnonzero(text == _LINE_FEED), quotes)
    if not ends.size or np.diff(ends, prepend=-1).max() > shape.longest:
        return in_doubt
    stop = int(ends[-1]) + 1
    text, quotes = text[:stop], quotes[: np.searchsorted(quotes, stop)]
    separator = ord(shape.separator)
    if not (_enclose_cells(text, quotes, separator) and _end_lines(text, quotes)):
        return in_doubt
    marks = _outside(np.flatnonzero(text == separator), quotes)
    counts = np.diff(np.searchsorted(marks, ends), prepend=0)
    wanted = int(counts[0]) + 1 if width is None else width
    if wanted < _FEWEST_COLUMNS or (counts != wanted - 1).any():
        return in_doubt
    return stop, int(ends.size), wanted


def _outside(places: Places, quotes: Places) -> Places:
    """Return the places that are not inside of quotation marks."""
    return places[np.searchsorted(quotes, places) & 1 == 0] if quotes.size else places


def _enclose_cells(text: Bytes, quotes: Places, separator: int) -> bool:
    """Return whether quotation marks stand around whole cells, or twice inside of one."""
    if not quotes.size:
        return True
    opening, closing = quotes[::2], quotes[1::2]
    before = text[opening - 1]
    before[opening == 0] = _LINE_FEED
    after = text[closing + 1]
    begins = (before == separator) | (before == _LINE_FEED) | (before == _QUOTE)
    finishes = (
        (after == separator)
        | (after == _LINE_FEED)
        | (after == _CARRIAGE_RETURN)
        | (after == _QUOTE)
    )
    return bool(begins.all() and finishes.all())


def _end_lines(text: Bytes, quotes: Places) -> bool:
    """Return whether carriage returns outside of cells only stand before line feeds."""
    returns = _outside(np.flatnonzero(text == _CARRIAGE_RETURN), quotes)
    return not returns.size or bool((text[returns + 1] == _LINE_FEED).all())


def _read(piece: bytes, shape: Shape, width: int) -> pl.DataFrame:
    """Return a piece that is proven; its empty columns share one, since there may be hundreds."""
    frame = parsed(piece, shape, width)
    is_empty = frame.select((pl.all() == "").all()).row(0)
    if sum(is_empty) < _MANY_EMPTY:
        return frame
    empty = pl.Series([""]).new_from_index(0, frame.height)
    # All of one chunk, since columns of different chunks would be copied by whatever comes next.
    return pl.DataFrame(
        [
            empty.alias(column.name) if is_so else column.rechunk()
            for column, is_so in zip(frame.iter_columns(), is_empty, strict=True)
        ]
    )


def parsed(piece: bytes, shape: Shape, width: int) -> pl.DataFrame:
    """Return a piece that is proven as columns named by their numbers."""
    return pl.read_csv(
        piece,
        has_header=False,
        schema=dict.fromkeys(map(str, range(width)), pl.String),
        separator=shape.separator,
        quote_char='"' if shape.has_quotes else None,
        empty_string_is_null=False,
    )
