"""Why a text table is refused as a whole: with place, finding, expectation and remedy."""

import csv
from dataclasses import replace

from fairdb_core.domain.uploads import ReadReport
from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.scan import Scan

_LONGEST_NOTE = 8


def ragged(
    report: ReadReport, first: tuple[int, int, int], count: int, *, is_uniform: bool
) -> UnreadableFileError:
    """Return why a table with rows of other widths is refused.

    Args:
        first: Line, width and expected width of the first of them.
        count: How many there are.
        is_uniform: Whether all of them have the same width.
    """
    line, found, width = first
    is_header = is_uniform and count == report.row_count
    reason = (
        f"the header has {width} cells, and all {report.row_count:,} rows have {found}"
        if is_header
        else f"{count:,} of {report.row_count:,} rows do not have {width} cells"
    )
    remedy = (
        "Give each column its name in the first row, remove what stands above the header, and put "
        "cells that hold the separator into double quotation marks."
        if is_header
        else "Look for a separator inside a cell that is not in quotation marks, "
        "or for a missing one."
    )
    return UnreadableFileError(
        report.file_name,
        reason,
        code="ragged_rows",
        line=line,
        found=f"{found} cells",
        expected=f"{width} cells, as in the header",
        remedy=remedy,
        read=report,
    )


def bad_quotes(name: str, text: str, line: int) -> UnreadableFileError:
    """Return why quotation marks that do not fit refuse a file.

    Args:
        text: What the reader says.
        line: Where the record begins.
    """
    if "unexpected end" in text:
        return UnreadableFileError(
            name,
            "a quotation mark is opened and never closed",
            code="unclosed_quote",
            line=line,
            found="the end of the file inside a cell of the record that begins here",
            expected='a closing "',
            remedy='Close the quotation mark, or write it twice ("") inside a quoted cell.',
        )
    if "field larger" in text:
        return UnreadableFileError(
            name,
            "a cell is far too long, so a quotation mark was probably not closed before it",
            code="cell_too_long",
            line=line,
            found=f"more than {csv.field_size_limit():,} characters in one cell",
            expected="a closing quotation mark, or a shorter text",
            remedy="Look for an opened quotation mark above this line.",
        )
    return UnreadableFileError(
        name,
        "there is text after a closing quotation mark",
        code="stray_quote",
        line=line,
        found=text,
        expected="a separator or the end of the line after a closing quotation mark",
        remedy='Write quotation marks inside a quoted cell twice ("").',
    )


def refuse_size(found: Scan, file_name: str, max_bytes: int | None) -> None:
    """Stop where a file is empty or too large."""
    if not found.byte_count:
        raise empty(file_name)
    if max_bytes is not None and found.byte_count > max_bytes:
        raise UnreadableFileError(
            file_name,
            "it is too large",
            code="file_too_large",
            found=f"{found.byte_count:,} bytes",
            expected=f"at most {max_bytes:,} bytes",
            remedy="Split it, or use the command line: fairdb import has no limit of bytes.",
        )


def refuse_long_line(found: Scan, file_name: str, max_line_bytes: int) -> None:
    """Stop where a line is too long for a table."""
    if found.longest_line > max_line_bytes:
        raise UnreadableFileError(
            file_name,
            "a line is far too long for a table",
            code="line_too_long",
            line=found.longest_line_number,
            found=f"{found.longest_line:,} bytes in one line",
            expected=f"at most {max_line_bytes:,} bytes in a line",
            remedy="Check that the file has line ends and is a table of records.",
        )


def refuse_separator_line(sample: str, file_name: str) -> None:
    """Stop where a spreadsheet's note on its separator stands above the header."""
    first = sample[:_LONGEST_NOTE].split("\n", maxsplit=1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) <= _LONGEST_NOTE:
        raise UnreadableFileError(
            file_name,
            "a note for spreadsheets stands above the header",
            code="separator_line",
            line=1,
            found=first,
            expected="the names of the columns",
            remedy="Remove the first line, or save the table as XLSX.",
        )


def refuse_long_names(report: ReadReport, max_bytes: int) -> None:
    """Stop where the name of a column is longer than a cell may be."""
    for number, name in enumerate(report.header, 1):
        if len(name.encode(errors="surrogatepass")) > max_bytes:
            raise UnreadableFileError(
                report.file_name,
                "the name of a column is too long",
                code="cell_too_long",
                line=1,
                column=f"column {number}",
                found=f"{len(name):,} characters",
                expected=f"at most {max_bytes:,} bytes in a cell",
                remedy="Shorten the name, or look for a quotation mark that is not closed.",
                read=report,
            )


def empty(file_name: str) -> UnreadableFileError:
    """Return why a file without a record is refused."""
    return UnreadableFileError(
        file_name,
        "it is empty",
        code="empty_file",
        line=1,
        found="nothing",
        expected="a header row and one row a dataset",
        remedy="Export the table again.",
    )


def no_rows(report: ReadReport) -> UnreadableFileError:
    """Return why a file without rows is refused."""
    return UnreadableFileError(
        report.file_name,
        "it has a header and no rows",
        code="no_rows",
        line=2,
        found="the end of the file",
        expected="one row a dataset below the header",
        remedy="Export the table again, with its rows.",
        read=replace(report, row_count=0),
    )


def too_many_rows(file_name: str, limit: int) -> UnreadableFileError:
    """Return why a file with too many rows is refused."""
    return UnreadableFileError(
        file_name,
        "it has too many rows",
        code="too_many_rows",
        found=f"more than {limit:,} rows",
        expected=f"at most {limit:,} rows",
        remedy="Split the file.",
    )
