"""Tables as people take them home: CSV that no spreadsheet runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(header: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """Return a table as CSV in UTF-8 with its mark, so that spreadsheets read the letters."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str | int | float | None) -> str | int | float | None:
    is_formula = isinstance(cell, str) and cell.lstrip().startswith(_FORMULA_STARTS)
    return f"'{cell}" if is_formula else cell
