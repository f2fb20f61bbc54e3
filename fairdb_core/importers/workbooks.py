"""XLSX workbooks: bounded before anything is unpacked, then read one sheet."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.scan import Scan

MAX_MEMBERS = 2_000
MAX_SHEETS = 200
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_CELLS = 20_000_000
_ROWS_PER_PIECE = 2_000
_SMALL_MEMBER = 1 << 20


def is_workbook(found: Scan, file_name: str) -> bool:
    """Return whether a file says by its name and its first bytes that it is a workbook."""
    return file_name.lower().endswith(".xlsx") and found.head.startswith(b"PK\x03\x04")


def read_workbook(
    source: Path | bytes,
    file_name: str,
    sheet: str | None,
    *,
    max_rows: int,
    max_columns: int,
) -> tuple[tuple[str, ...], pl.DataFrame, str, tuple[str, ...]]:
    """Return header, cells by position, the sheet that was read, and the names of all sheets.

    Args:
        sheet: The sheet to read, else the first.
        max_rows: How many rows the sheet may have.
        max_columns: How many columns it may have.

    Raises:
        UnreadableFileError: The workbook is damaged, too large, or has no such sheet.
    """
    _refuse_bombs(source, file_name)
    try:
        book = CalamineWorkbook.from_filelike(
            io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        )
        names = tuple(book.sheet_names)
        chosen = _chosen_sheet(names, sheet, file_name)
        cells = book.get_sheet_by_name(chosen)
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(file_name, str(error)) from error
    height, width = (cells.end or (-1, -1))[0] + 1, cells.width
    _refuse_size(file_name, chosen, (height, width), (max_rows, max_columns))
    rows = (_texts(row, width) for row in cells.iter_rows())
    header = next((row for row in rows if any(row)), None)
    if header is None:
        raise UnreadableFileError(
            file_name,
            f"the sheet {chosen} is empty",
            code="empty_file",
            line=1,
            found="nothing",
            expected="a header row and one row a dataset",
            remedy="Choose another sheet.",
        )
    return tuple(header), _frame(rows, width), chosen, names


def _frame(rows: Iterator[list[str]], width: int) -> pl.DataFrame:
    pieces = []
    while piece := list(islice(rows, _ROWS_PER_PIECE)):
        columns = zip(*piece, strict=True)
        pieces.append(
            pl.DataFrame(
                [
                    pl.Series(str(number), column, dtype=pl.String)
                    for number, column in enumerate(columns)
                ]
            )
        )
    if pieces:
        return pl.concat(pieces)
    return pl.DataFrame(schema={str(number): pl.String for number in range(width)})


def _texts(row: list[Any], width: int) -> list[str]:
    return [_text(cell) for cell in row] + [""] * (width - len(row))


def _text(cell: Any) -> str:
    """Return a cell as a person sees it, dates as ISO 8601."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _refuse_bombs(source: Path | bytes, file_name: str) -> None:
    """List the members, and stop before anything is unpacked that would be too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
            members = file.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(file_name, str(error)) from error
    unpacked = sum(member.file_size for member in members)
    worst = max(
        (m.file_size / max(m.compress_size, 1) for m in members if m.file_size > _SMALL_MEMBER),
        default=0.0,
    )
    found = ""
    if any(member.flag_bits & 1 for member in members):
        raise _damaged(file_name, "it is protected by a password")
    if len(members) > MAX_MEMBERS:
        found = f"{len(members):,} parts; at most {MAX_MEMBERS:,} are read"
    elif unpacked > MAX_UNPACKED_BYTES:
        found = f"{unpacked:,} bytes unpacked; at most {MAX_UNPACKED_BYTES:,} are read"
    elif worst > MAX_RATIO:
        found = f"a part that unpacks to {worst:,.0f} times its size; at most {MAX_RATIO} is read"
    if found:
        raise UnreadableFileError(
            file_name,
            "the workbook is too large once it is unpacked",
            code="workbook_too_large",
            found=found,
            expected="one plain table",
            remedy="Save the sheet as CSV.",
        )


def _chosen_sheet(names: tuple[str, ...], sheet: str | None, file_name: str) -> str:
    if not names or len(names) > MAX_SHEETS:
        raise _damaged(file_name, f"it has {len(names)} sheets")
    if sheet is None:
        return names[0]
    if sheet not in names:
        raise UnreadableFileError(
            file_name,
            f"it has no sheet named {sheet}",
            code="no_such_sheet",
            found=", ".join(names[:10]),
            expected=f"a sheet named {sheet}",
            remedy="Choose one of the sheets.",
        )
    return sheet


def _refuse_size(
    file_name: str, sheet: str, size: tuple[int, int], limits: tuple[int, int]
) -> None:
    (height, width), (max_rows, max_columns) = size, limits
    if height - 1 > max_rows or width > max_columns or height * width > MAX_CELLS:
        raise UnreadableFileError(
            file_name,
            f"the sheet {sheet} is too large",
            code="sheet_too_large",
            found=f"{height:,} rows and {width:,} columns",
            expected=f"at most {max_rows:,} rows and {max_columns:,} columns, "
            f"{MAX_CELLS:,} cells in all",
            remedy="Remove columns or rows that do not describe datasets, or split the sheet.",
        )


def _damaged(file_name: str, detail: str) -> UnreadableFileError:
    return UnreadableFileError(
        file_name,
        "the workbook cannot be opened",
        code="damaged_workbook",
        found=detail,
        expected="a workbook that Excel or LibreOffice opens",
        remedy="Save it again as XLSX without a password, or as CSV.",
    )
