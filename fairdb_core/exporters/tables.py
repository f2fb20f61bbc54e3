"""Tables as CSV that a spreadsheet opens without running anything.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, on each of its
lines: spreadsheets show the text and compute nothing.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"(?m)^(?=[ \t\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_NUMBER = re.compile(r"[ \t]*[+-]?\d+([.,]\d+)*([eE][+-]?\d+)?[ \t]*")


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; numbers stay as they are."""
    if not text or _NUMBER.fullmatch(text):
        return text
    return _FORMULA.sub("'", text)


def csv_of(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as UTF-8 CSV with a byte order mark, which spreadsheets need."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([neutral(str(cell)) for cell in header])
    for row in rows:
        writer.writerow(["" if cell is None else neutral(str(cell)) for cell in row])
    return ("\ufeff" + buffer.getvalue()).encode()
