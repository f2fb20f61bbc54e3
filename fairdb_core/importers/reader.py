"""From bytes to rows, strictly: one dialect for the whole file, and nothing is guessed silently.

A quicker reader only reads what ``well_formed`` has proven to be regular: on malformed files they
return tables that are silently wrong.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import polars as pl

from fairdb_core.domain.uploads import ReadReport
from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers import refusals
from fairdb_core.importers.dialects import decide_separator
from fairdb_core.importers.headers import checked_header
from fairdb_core.importers.scan import (
    Scan,
    decide_encoding,
    refuse_other_kinds,
    scan,
    wrong_encoding,
)
from fairdb_core.importers.suspicions import OfBytes, suspicions, suspicions_of_workbook
from fairdb_core.importers.well_formed import Shape, read_well_formed
from fairdb_core.importers.workbooks import is_workbook, read_workbook
from fairdb_core.settings import Settings

MAX_LINE_BYTES = 4 * 1024 * 1024
FIRST_ROW = 2
_BLOCK = 1 * 1024 * 1024
_CELLS_PER_PIECE = 100_000
_SAMPLE_CHARACTERS = 200_000
_BLANK_LINES = 10_000
_ROWS_LOOKED_AT = 1_000
# Encodings in which ASCII stands for itself and for nothing else.
_BYTEWISE = frozenset({"utf-8", "cp1252", "latin-1"})
_QUOTE_CODES = frozenset({"stray_quote", "unclosed_quote", "cell_too_long"})


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What a file may be.

    Attributes:
        max_bytes: Bytes of the file, ``None`` for no limit.
        max_cell_bytes: Bytes of one cell as UTF-8.
        max_line_bytes: Bytes of one physical line.
    """

    max_bytes: int | None = None
    max_rows: int = 2_000_000
    max_columns: int = 500
    max_cell_bytes: int = 65_536
    max_line_bytes: int = MAX_LINE_BYTES

    @classmethod
    def of(cls, settings: Settings) -> "ReadLimits":
        """Return the limits of an installation; the ways in bound the bytes."""
        return cls(
            max_rows=settings.max_rows,
            max_columns=settings.max_columns,
            max_cell_bytes=settings.max_cell_bytes,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """What was read.

    Attributes:
        frame: One text column a header, the cells as they stand in the file.
    """

    frame: pl.DataFrame
    report: ReadReport


def read_table(
    source: Path | bytes,
    *,
    file_name: str,
    limits: ReadLimits,
    encoding: str | None = None,
    separator: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Read a CSV, TSV or XLSX file.

    Args:
        source: The file or its bytes.
        file_name: The file as the person named it.
        limits: What it may be.
        encoding: What the person says it is, else what the bytes prove.
        separator: The same for the separator.
        sheet: The sheet of a workbook, else its first.

    Raises:
        UnreadableFileError: The file is refused, with place and remedy.
    """
    with closing(_open(source)) as stream:
        found = scan(stream)
    refusals.refuse_size(found, file_name, limits.max_bytes)
    if is_workbook(found, file_name):
        return _read_workbook(source, found, file_name, limits, sheet)
    refuse_other_kinds(found, file_name)
    codec, is_encoding_certain = decide_encoding(found, encoding, file_name)
    refusals.refuse_long_line(found, file_name, limits.max_line_bytes)
    with closing(_text(source, codec)) as text:
        sample = _sample_of(text, file_name)
    refusals.refuse_separator_line(sample, file_name)
    mark, is_separator_certain = decide_separator(sample, separator)
    report = ReadReport(
        file_name=file_name,
        byte_count=found.byte_count,
        sha256=found.sha256,
        encoding=codec,
        separator=mark,
        header=(),
        row_count=0,
        is_encoding_certain=is_encoding_certain,
        is_separator_certain=is_separator_certain,
    )
    return _read_text_or_plain(source, report, limits, found)


def _read_text_or_plain(
    source: Path | bytes, report: ReadReport, limits: ReadLimits, found: Scan
) -> Table:
    """Read a text table; where tabs part it, quotation marks may stand for themselves."""
    try:
        return _read_text(source, report, limits, found)
    except UnreadableFileError as error:
        if report.separator != "\t" or error.code not in _QUOTE_CODES:
            raise
    warning = "Quotation marks stand for themselves here: they do not enclose cells as CSV says."
    plain = replace(report, has_quotes=False, warnings=(*report.warnings, warning))
    return _read_text(source, plain, limits, found)


def _read_text(source: Path | bytes, report: ReadReport, limits: ReadLimits, found: Scan) -> Table:
    """Read all records of a text table."""
    known = OfBytes(
        has_nul=found.nul_line is not None,
        has_unseen=not (found.is_plain and report.encoding in _BYTEWISE),
    )
    csv.field_size_limit(max(csv.field_size_limit(), limits.max_cell_bytes))
    shape = Shape(report.separator, report.has_quotes, longest=csv.field_size_limit())
    whole = read_well_formed(_blocks(source, report.encoding), shape, limits.max_rows)
    if whole is not None:
        report = replace(report, header=whole.row(0), row_count=whole.height - 1)
        # Each record ends with a line feed here, but perhaps the last.
        known = replace(known, line_feeds=found.line_feeds + 1 - whole.height)
        return _finished(whole.slice(1), report, limits, known)
    return _read_records(source, report, limits, known)


def _read_records(
    source: Path | bytes, report: ReadReport, limits: ReadLimits, known: OfBytes
) -> Table:
    """Read a text table record by record, and name the place of what is wrong."""
    with closing(_text(source, report.encoding)) as text:
        records = _Records(text, report)
        first = records.first()
        if first is None:
            raise refusals.empty(report.file_name)
        pieces = [_piece(first, piece, report) for piece in records.pieces(len(first), limits)]
    row_count = records.row_count
    report = replace(report, header=tuple(first), row_count=row_count)
    if records.ragged is not None:
        raise refusals.ragged(
            report, records.ragged, records.ragged_count, is_uniform=records.is_uniform
        )
    frame = pl.concat(pieces) if pieces else pl.DataFrame()
    return _finished(frame, report, limits, OfBytes())


def _finished(frame: pl.DataFrame, report: ReadReport, limits: ReadLimits, known: OfBytes) -> Table:
    """Return a table whose header and cells were checked."""
    refusals.refuse_long_names(report, limits.max_cell_bytes)
    kept, header, warnings = checked_header(report, frame, limits.max_columns)
    frame = frame.select(kept).rename(dict(zip(kept, header, strict=True)))
    frame, blank = _without_blank_end(frame)
    if frame.is_empty():
        raise refusals.no_rows(replace(report, header=header))
    _refuse_long_cells(frame, report, limits.max_cell_bytes)
    if known.has_nul:
        _refuse_nul(frame, report)
    if blank:
        warnings = (*warnings, f"{blank:,} blank rows at the end were left out.")
    warnings = (*report.warnings, *warnings, *suspicions(frame, header, report, known))
    report = replace(report, header=header, row_count=frame.height, warnings=warnings)
    return Table(frame, report)


class _Records:
    """The records of a text table, with the physical line on which each begins."""

    def __init__(self, text: io.TextIOWrapper, report: ReadReport) -> None:
        self._report = report
        self._reader = csv.reader(
            text,
            delimiter=report.separator,
            strict=True,
            quoting=csv.QUOTE_MINIMAL if report.has_quotes else csv.QUOTE_NONE,
        )
        self._line = 1
        self.row_count = 0
        self.ragged: tuple[int, int, int] | None = None
        self.ragged_count = 0
        self._widths: set[int] = set()

    @property
    def is_uniform(self) -> bool:
        """Whether all rows of another width have the same."""
        return len(self._widths) == 1

    def first(self) -> list[str] | None:
        """Return the first record that is not a blank line, if one comes soon."""
        for _ in range(_BLANK_LINES):
            taken = self._take(1)
            if not taken:
                return None
            self._line = self._reader.line_num + 1
            if taken[0]:
                return taken[0]
        return None

    def pieces(self, width: int, limits: ReadLimits) -> Iterator[list[list[str]]]:
        """Yield records in pieces; those of another width are counted, blank lines padded."""
        size = max(100, _CELLS_PER_PIECE // width)
        blank = [""] * width
        while piece := self._take(size):
            begin = self._line
            self.row_count += len(piece)
            if self.row_count > limits.max_rows:
                raise refusals.too_many_rows(self._report.file_name, limits.max_rows)
            if set(map(len, piece)) != {width}:
                self._note_ragged(piece, width, begin)
                piece = [row or blank for row in piece]
            if self.ragged is None:
                yield piece
            self._line = self._reader.line_num + 1

    def _take(self, count: int) -> list[list[str]]:
        taken: list[list[str]] = []
        try:
            taken.extend(islice(self._reader, count))
        except csv.Error as error:
            line = _line_after(self._line, taken)
            raise refusals.bad_quotes(self._report.file_name, str(error), line) from error
        except UnicodeError as error:
            raise wrong_encoding(self._report.file_name, self._report.encoding, error) from error
        return taken

    def _note_ragged(self, piece: list[list[str]], width: int, begin: int) -> None:
        for number, row in enumerate(piece):
            if row and len(row) != width:
                self.ragged_count += 1
                self._widths.add(len(row))
                if self.ragged is None:
                    self.ragged = (_line_after(begin, piece[:number]), len(row), width)


def _line_after(begin: int, records: list[list[str]]) -> int:
    """Return the physical line after some records, the first of which begins at a line."""
    breaks = sum(cell.count("\n") or cell.count("\r") for row in records for cell in row)
    return begin + len(records) + breaks


def _piece(first: list[str], piece: list[list[str]], report: ReadReport) -> pl.DataFrame:
    columns = zip(*piece, strict=True)
    try:
        return pl.DataFrame(
            [
                pl.Series(str(number), column, dtype=pl.String)
                for number, column in zip(range(len(first)), columns, strict=True)
            ]
        )
    except UnicodeEncodeError as error:
        raise UnreadableFileError(
            report.file_name,
            "it holds half a character (a lone surrogate)",
            code="lone_surrogate",
            found=f"U+{ord(error.object[error.start]):04X}",
            expected="whole characters",
            remedy="Export the table again as UTF-8.",
        ) from error


def _without_blank_end(frame: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Return the rows up to the last that is not blank, and how many were left out."""
    height = _height_without_empty_end(frame)
    while height and all(not cell.strip() for cell in frame.row(height - 1)):
        height -= 1
    return frame.head(height), frame.height - height


def _height_without_empty_end(frame: pl.DataFrame) -> int:
    """Return how many rows are left without the empty ones at the end."""
    height = frame.height
    while height and not any(frame.row(height - 1)):
        start = max(0, height - _ROWS_LOOKED_AT)
        filled = frame.slice(start, height - start).select(pl.any_horizontal(pl.all() != ""))
        last = filled.to_series().arg_true().max()
        height = start if last is None else start + int(str(last)) + 1
    return height


def _refuse_long_cells(frame: pl.DataFrame, report: ReadReport, max_cell_bytes: int) -> None:
    longest = frame.select(pl.all().str.len_bytes().max()).row(0)
    for name, count in zip(frame.columns, longest, strict=True):
        if count > max_cell_bytes:
            row = frame[name].str.len_bytes().arg_max() or 0
            raise UnreadableFileError(
                report.file_name,
                "a cell is too long",
                code="cell_too_long",
                line=None,
                column=name,
                found=f"{count:,} bytes in row {row + FIRST_ROW}",
                expected=f"at most {max_cell_bytes:,} bytes in a cell",
                remedy="Shorten the text, or look for a quotation mark that is not closed.",
                read=report,
            )


def _refuse_nul(frame: pl.DataFrame, report: ReadReport) -> None:
    has_nul = frame.select(pl.all().str.contains("\0", literal=True).any()).row(0)
    for name, has_it in zip(frame.columns, has_nul, strict=True):
        if has_it:
            row = frame[name].str.contains("\0", literal=True).arg_max() or 0
            raise UnreadableFileError(
                report.file_name,
                f"row {row + FIRST_ROW} holds a NUL character (0x00), so it is damaged or no text",
                code="nul_character",
                column=name,
                found="a NUL character (0x00)",
                expected="a table as text",
                remedy="Export the table again.",
            )


def _read_workbook(
    source: Path | bytes, found: Scan, file_name: str, limits: ReadLimits, sheet: str | None
) -> Table:
    header, frame, chosen, sheets = read_workbook(
        source, file_name, sheet, max_rows=limits.max_rows, max_columns=limits.max_columns
    )
    report = ReadReport(
        file_name=file_name,
        byte_count=found.byte_count,
        sha256=found.sha256,
        encoding="xlsx",
        separator="",
        header=header,
        row_count=frame.height,
        warnings=suspicions_of_workbook(source if isinstance(source, Path) else _open(source)),
        sheet=chosen,
        sheets=sheets,
    )
    return _finished(frame, report, limits, OfBytes())


def _open(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _text(source: Path | bytes, encoding: str) -> io.TextIOWrapper:
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    return io.TextIOWrapper(_open(source), encoding=codec, newline="")


def _blocks(source: Path | bytes, encoding: str) -> Iterator[bytes]:
    """Yield a text as UTF-8 without a mark, up to where it is not of its encoding."""
    if encoding == "utf-8":
        with closing(_open(source)) as stream:
            yield stream.read(_BLOCK).removeprefix(codecs.BOM_UTF8)
            while block := stream.read(_BLOCK):
                yield block
        return
    with closing(_text(source, encoding)) as text:
        while letters := text.read(_BLOCK):
            yield letters.encode()


def _sample_of(text: io.TextIOWrapper, file_name: str) -> str:
    try:
        return text.read(_SAMPLE_CHARACTERS)
    except UnicodeError as error:
        raise wrong_encoding(file_name, text.encoding, error) from error
