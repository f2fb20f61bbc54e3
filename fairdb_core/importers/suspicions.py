"""What is read as it stands, and yet is probably not what was meant: warnings, not refusals."""

import math
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import polars as pl

from fairdb_core.domain.uploads import ReadReport
from fairdb_core.importers.dates import date_of
from fairdb_core.vocabularies.identifiers import scheme_of

FIRST_ROW = 2
_LONG_CELL_LINES = 50
_HALF = 0.5
_UNSEEN = r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\x{202a}-\x{202e}\x{2066}-\x{2069}\x{fffd}]"
_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*")
_ADDRESS = re.compile(r"(?i)^(?:https?|ftp)://|^[^@\s]+@[^@\s.]+\.[^@\s]+$")
_BLOCK = 1 << 20
_LONGEST_TAG = 64
_TRACES = (
    (re.compile(rb"<c [^>]*t=\"e\""), "Cells with an error such as #N/A count as empty."),
    (
        re.compile(rb"<f[ >/]"),
        "Cells with a formula are read as the result that was saved last; those without a saved "
        "result count as empty.",
    ),
    (
        re.compile(rb"<mergeCell "),
        "Of merged cells only the first holds the value; the others count as empty.",
    ),
    (re.compile(rb"<(?:row|col) [^>]*hidden=\"(?:1|true)\""), "Hidden rows or columns are read."),
)


@dataclass(frozen=True, slots=True)
class OfBytes:
    """What the bytes of a file say of its cells, which then need not be looked at.

    Attributes:
        has_nul: Whether a cell may hold a NUL.
        has_unseen: Whether a cell may hold a letter that nobody sees.
        line_feeds: How many line feeds there may be in all cells.
    """

    has_nul: bool = True
    has_unseen: bool = True
    line_feeds: float = math.inf


def suspicions(
    frame: pl.DataFrame, header: tuple[str, ...], report: ReadReport, known: OfBytes
) -> tuple[str, ...]:
    """Return warnings about a table that was read.

    Args:
        frame: The raw cells.
        header: The names of the columns.
        report: How it was read.
        known: What its bytes say.
    """
    found = (
        _swallowed_rows(frame, report) if known.line_feeds >= _LONG_CELL_LINES else None,
        _header_of_values(header),
        _unseen_characters(frame) if known.has_unseen else None,
    )
    return tuple(warning for warning in found if warning)


def suspicions_of_workbook(source: Path | BinaryIO) -> tuple[str, ...]:
    """Return warnings about a workbook whose cells hold more, or less, than their values.

    Args:
        source: A workbook whose unpacked size was bounded before.
    """
    found: set[str] = set()
    with zipfile.ZipFile(source) as file:
        for name in file.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with file.open(name) as sheet:
                    tail = b""
                    while block := sheet.read(_BLOCK):
                        text = tail + block
                        found.update(said for trace, said in _TRACES if trace.search(text))
                        tail = text[-_LONGEST_TAG:]
    return tuple(said for _, said in _TRACES if said in found)


def _swallowed_rows(frame: pl.DataFrame, report: ReadReport) -> str | None:
    """Return a warning where a cell looks as if it had swallowed rows."""
    if not report.separator or not report.has_quotes:
        return None
    most = frame.select(pl.all().str.count_matches("\n", literal=True).max()).row(0)
    for name, count in zip(frame.columns, most, strict=True):
        if (count or 0) < _LONG_CELL_LINES:
            continue
        breaks = frame[name].str.count_matches("\n", literal=True)
        row = breaks.arg_max() or 0
        if frame[name][row].count(report.separator) >= breaks[row] * (frame.width - 1):
            return (
                f"The cell in row {row + FIRST_ROW}, column {name} holds {breaks[row]:,} line "
                "breaks and as many separators: a quotation mark may be missing before it."
            )
    return None


def _header_of_values(header: tuple[str, ...]) -> str | None:
    """Return a warning where the first row holds values and no names."""
    values = [name for name in header if _is_value(name)]
    has_identifier = any(scheme_of(name) or _ADDRESS.search(name) for name in values)
    if not values or (len(values) < _HALF * len(header) and not has_identifier):
        return None
    return (
        f"The first row holds “{values[0][:60]}”, which looks like a value and not like the name "
        "of a column. If the file has no header row, put one above: the first row is not stored."
    )


def _is_value(name: str) -> bool:
    is_date = date_of(name)[0] is not None
    return bool(_NUMBER.fullmatch(name) or _ADDRESS.search(name) or is_date or scheme_of(name))


def _unseen_characters(frame: pl.DataFrame) -> str | None:
    """Return a warning where cells hold control characters or letters that were lost."""
    counts = frame.select(pl.all().str.contains(_UNSEEN).sum()).row(0)
    total = sum(counts)
    if not total:
        return None
    name = next(column for column, count in zip(frame.columns, counts, strict=True) if count)
    row = frame[name].str.contains(_UNSEEN).arg_max() or 0
    cells = "1 cell holds" if total == 1 else f"{total:,} cells hold"
    return (
        f"{cells} control characters or letters that were lost on the way, the first in row "
        f"{row + FIRST_ROW}, column {name}. They are kept as they are; look at the text there."
    )
