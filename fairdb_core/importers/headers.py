"""The header row: every column has a name of its own, or the file is refused."""

from collections import Counter

import polars as pl

from fairdb_core.domain.uploads import ReadReport
from fairdb_core.errors import UnreadableFileError

_SHOWN = 5


def checked_header(
    report: ReadReport, frame: pl.DataFrame, max_columns: int
) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Return which columns of the frame stay, their names, and warnings.

    Columns without name and without any value are left out; spreadsheets leave them behind.

    Args:
        report: What was read; its header is as it stands in the file.
        frame: The cells, by position.
        max_columns: How many columns a file may have.

    Raises:
        UnreadableFileError: There are too many columns, or names are missing or repeated.
    """
    names = [name.strip() for name in report.header]
    if len(names) > max_columns:
        raise UnreadableFileError(
            report.file_name,
            "it has too many columns",
            code="too_many_columns",
            line=1,
            found=f"{len(names):,} columns",
            expected=f"at most {max_columns:,} columns",
            remedy="Leave out columns that do not describe the datasets.",
        )
    unnamed = [number for number, name in enumerate(names) if not name]
    empty = {number for number in unnamed if _is_blank(frame, number)}
    for number in unnamed:
        if number not in empty:
            raise _missing_name(report, number)
    _refuse_repeated(report, names)
    kept = [number for number in range(len(names)) if number not in empty]
    if not kept:
        raise _missing_name(report, 0)
    left_out = "1 column" if len(empty) == 1 else f"{len(empty):,} columns"
    verb = "was" if len(empty) == 1 else "were"
    warnings = (f"{left_out} without a name and without values {verb} left out.",) if empty else ()
    columns = [str(number) for number in kept] if frame.width else []
    return columns, tuple(names[number] for number in kept) if frame.width else (), warnings


def _is_blank(frame: pl.DataFrame, number: int) -> bool:
    return not frame.width or not (frame[str(number)].str.strip_chars() != "").any()


def _refuse_repeated(report: ReadReport, names: list[str]) -> None:
    repeated = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    if repeated:
        places = [str(number) for number, name in enumerate(names, 1) if name == repeated[0]]
        more = f", and {len(repeated) - 1} more names" if len(repeated) > 1 else ""
        raise UnreadableFileError(
            report.file_name,
            "column names are repeated",
            code="repeated_header",
            line=1,
            column=repeated[0],
            found=f"“{repeated[0]}” in columns {', '.join(places[:_SHOWN])}{more}",
            expected="a name of its own for each column",
            remedy="Rename or remove the repeated columns.",
            read=report,
        )


def _missing_name(report: ReadReport, number: int) -> UnreadableFileError:
    return UnreadableFileError(
        report.file_name,
        "a column has no name",
        code="missing_header",
        line=1,
        column=f"column {number + 1}",
        found="an empty cell in the header, with values below it",
        expected="a name for each column",
        remedy="Give the column a name in the first row, or remove it.",
        read=report,
    )
