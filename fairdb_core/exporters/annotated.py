"""The person's own file with two columns added; what was there stays byte for byte."""

import csv
import io
from collections.abc import Iterator, Mapping

from fairdb_core.domain.uploads import ReadReport
from fairdb_core.exporters.tables import csv_of, neutral

HEADERS = ("FAIRDatabase problem", "FAIRDatabase suggestion")
_HEADER_ROW = 1


def annotate(content: bytes, report: ReadReport, notes: Mapping[int, tuple[str, str]]) -> bytes:
    """Return a text table with a problem and a suggestion at the end of each record.

    Args:
        content: The bytes that were read.
        report: How they were read.
        notes: Problem and suggestion by row, as a spreadsheet numbers it.
    """
    codec = _bare(content, report.encoding)
    separator = report.separator
    parts: list[bytes] = []
    row = 0
    for record in _records(content.decode(codec), report):
        body, end = _without_line_end(record)
        is_blank = not body.strip("\ufeff")
        row += bool(row or not is_blank)
        if is_blank:
            parts.append(record.encode(codec))
            continue
        added = new_headers(report.header) if row == _HEADER_ROW else notes.get(row, ("", ""))
        cells = separator + separator.join(_cell(text, report) for text in added)
        parts += (body.encode(codec), cells.encode(codec, "replace"), end.encode(codec))
    return b"".join(parts)


def annotate_workbook(
    header: tuple[str, ...], rows: Iterator[tuple[str, ...]], notes: Mapping[int, tuple[str, str]]
) -> bytes:
    """Return a workbook's sheet as CSV with a problem and a suggestion at the end of each row."""
    noted = ((*cells, *notes.get(row, ("", ""))) for row, cells in enumerate(rows, 2))
    return csv_of((*header, *new_headers(header)), noted)


def new_headers(header: tuple[str, ...]) -> tuple[str, str]:
    """Return the names of the two columns, numbered where the file has such columns already."""
    first, second = HEADERS
    number = 1
    while first in header or second in header:
        number += 1
        first, second = (f"{name} {number}" for name in HEADERS)
    return first, second


def _records(text: str, report: ReadReport) -> Iterator[str]:
    """Yield each record as it stands in the text, its line end included."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    for _ in csv.reader(
        lines(),
        delimiter=report.separator,
        strict=True,
        quoting=csv.QUOTE_MINIMAL if report.has_quotes else csv.QUOTE_NONE,
    ):
        yield "".join(taken)
        taken.clear()


def _without_line_end(record: str) -> tuple[str, str]:
    body = record.rstrip("\r\n")
    return body, record[len(body) :]


def _cell(text: str, report: ReadReport) -> str:
    flat = neutral(" ".join(text.split()))
    if not report.has_quotes:
        return flat.replace(report.separator, " ")
    return '"' + flat.replace('"', '""') + '"' if flat else ""


def _bare(content: bytes, codec: str) -> str:
    """Return the codec that neither expects nor writes a byte order mark."""
    if codec not in ("utf-16", "utf-32"):
        return codec
    order = "le" if content[:1] == b"\xff" else "be"
    return f"{codec}-{order}"
