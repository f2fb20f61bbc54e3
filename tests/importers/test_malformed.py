"""Files as they come: each is read as it stands, read with a warning, or refused with a way out."""

import codecs
import gzip
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.reader import ReadLimits, Table, read_table

HEADER = "identifier,title,license\n"
ROWS = "10.5061/a,Soil,CC-BY-4.0\n10.5061/b,Water,CC0-1.0\n"
Refusal = tuple[bytes, str, int | None]


def book(fill: Callable[[Any, Any], None]) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook, workbook.active)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def rows_of(*rows: list[str]) -> Callable[[Any, Any], None]:
    def fill(_: Any, sheet: Any) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def merged(_: Any, sheet: Any) -> None:
    rows_of(["identifier", "title"], ["1", "Soil"], ["2", ""])(None, sheet)
    sheet.merge_cells("B2:B3")


def hidden(_: Any, sheet: Any) -> None:
    rows_of(["identifier", "title"], ["1", "Soil"], ["2", "Water"])(None, sheet)
    sheet.row_dimensions[2].hidden = True


def second_sheet(workbook: Any, sheet: Any) -> None:
    rows_of(["identifier", "title"], ["1", "Soil"])(None, sheet)
    workbook.create_sheet("more").append(["title"])


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("x.csv", HEADER + ROWS)
    return stream.getvalue()


def after_header(text: str) -> bytes:
    return (HEADER + text).encode()


# The cells of the first row, exactly as they have to be read.
ACCEPTED: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "line ends of old Macs": (
        (HEADER + ROWS).replace("\n", "\r").encode(),
        ("10.5061/a", "Soil", "CC-BY-4.0"),
    ),
    "mixed line ends": (after_header("1,a,b\r\n2,c,d\r3,e,f\n"), ("1", "a", "b")),
    "no line end at the end": (after_header("1,a,b"), ("1", "a", "b")),
    "line break in a cell": (after_header('1,"a\nb",c'), ("1", "a\nb", "c")),
    "quotation mark in the middle of a cell": (
        after_header('1,5" core,x\n'),
        ("1", '5" core', "x"),
    ),
    "byte order mark": (codecs.BOM_UTF8 + after_header("1,a,b\n"), ("1", "a", "b")),
    "other line separators": (after_header("1,a\x85b\u2028c,d\n"), ("1", "a\x85b\u2028c", "d")),
    "decimal commas": (b"identifier;title;size\n1;a;1,5\n2;b;2,5\n", ("1", "a", "1,5")),
    "formula": (after_header("1,=1+1,@x\n2,+1,-1\n"), ("1", "=1+1", "@x")),
    "markup": (after_header("1,<script>x</script>,b\n"), ("1", "<script>x</script>", "b")),
    "SQL": (after_header("1,'); DROP TABLE x;--,b\n"), ("1", "'); DROP TABLE x;--", "b")),
    "columns that differ in case": (b"Title,title\na,b\n", ("a", "b")),
    "long header": (f"identifier,{'t' * 5000},title\n1,2,3\n".encode(), ("1", "2", "3")),
    "500 columns": (
        b",".join(b"c%d" % n for n in range(500)) + b"\n" + b",".join([b"x"] * 500) + b"\n",
        ("x",) * 500,
    ),
    "text named workbook": (after_header("1,a,b\n"), ("1", "a", "b")),
    "two sheets": (book(second_sheet), ("1", "Soil")),
}
WARNED: dict[str, tuple[bytes, tuple[str, ...], str]] = {
    "separator at the end of each line": (
        b"identifier,title,\n1,a,\n2,b,\n",
        ("1", "a"),
        "1 column without a name",
    ),
    "control characters": (after_header("1,a\x01b,c\n"), ("1", "a\x01b", "c"), "row 2, column ti"),
    "terminal codes": (after_header("1,\x1b[31ma,c\n"), ("1", "\x1b[31ma", "c"), "control char"),
    "text turned around": (after_header("1,a\u202eb,c\n"), ("1", "a\u202eb", "c"), "control char"),
    "lost letters": (after_header("1,Caf\ufffd,c\n"), ("1", "Caf\ufffd", "c"), "were lost"),
    "no header": (ROWS.encode(), ("10.5061/b", "Water", "CC0-1.0"), "looks like a value"),
    "numbers for names": (b"1,2,3\n4,5,6\n", ("4", "5", "6"), "looks like a value"),
    "rows swallowed by a cell": (
        after_header('1,"' + "2,Soil,x\n" * 60 + '",x\n' + ROWS),
        ("1", "2,Soil,x\n" * 60, "x"),
        "quotation mark may be missing",
    ),
    "blank rows at the end": (after_header("1,a,b\n\n\n"), ("1", "a", "b"), "2 blank rows"),
    "merged cells": (book(merged), ("1", "Soil"), "merged cells"),
    "hidden row": (book(hidden), ("1", "Soil"), "Hidden rows"),
    "formulas without results": (
        book(rows_of(["identifier", "title"], ["1", "=1+1"])),
        ("1", ""),
        "formula",
    ),
    "cells with errors": (
        book(rows_of(["identifier", "title"], ["1", "#N/A"])),
        ("1", ""),
        "an error such as #N/A",
    ),
}
# The stable name of the cause, and the line where the file can tell one.
REFUSED: dict[str, Refusal] = {
    "byte order mark only": (codecs.BOM_UTF8, "empty_file", 1),
    "UTF-16 mark only": (codecs.BOM_UTF16_LE, "empty_file", 1),
    "blanks only": (b"   \n  \n", "missing_header", 1),
    "empty rows only": (b"identifier,title\n,\n,\n", "no_rows", 2),
    "more cells than names": (after_header("1,a,b,\n2,c,d,\n"), "ragged_rows", 2),
    "fewer cells than names": (b"identifier,title,\n1,a\n2,b\n", "ragged_rows", 2),
    "last row cut off": (after_header("1,a,b\n2,"), "ragged_rows", 3),
    "two separators": (b"identifier,title\n1;a\n2,b\n", "ragged_rows", 2),
    "comment above the header": (b"# made by hand\nidentifier,title\n1,a\n", "ragged_rows", 2),
    "note on the separator": (b"sep=;\nidentifier;title\n1;a\n", "separator_line", 1),
    "blank before a quotation mark": (b'identifier, "title"\n1, "a, b"\n', "ragged_rows", 2),
    "end mark of DOS": (after_header("1,a,b\n\x1a"), "ragged_rows", 3),
    "quotation mark opened in the header": (b'"identifier,title\n1,a\n', "unclosed_quote", 1),
    "quotation mark opened late": (
        after_header(ROWS * 50 + '3,"x,y\n' + ROWS),
        "unclosed_quote",
        102,
    ),
    "quotation mark closed too early": (
        after_header('1,"open,x\n2,"b",y\n3,c,z\n'),
        "stray_quote",
        2,
    ),
    "repeated but for blanks": (b"title,title \na,b\n", "repeated_header", 1),
    "blank names": (b" , ,title\na,b,c\n", "missing_header", 1),
    "name longer than a cell": (f"id,{'t' * 70_000}\n1,2\n".encode(), "cell_too_long", 1),
    "5,000 columns": (b"id" + b"," * 4999 + b"\n1" + b"," * 4999 + b"\n", "too_many_columns", 1),
    "NUL at the end": (after_header("1,a,b\n\0\0"), "nul_character", 3),
    "every byte": (bytes(range(256)) * 10, "nul_character", 1),
    "one letter of another encoding": (
        (HEADER + "1,Überfülle äöü,x\n" * 40).encode() + b"2,Caf\xe9,x\n",
        "broken_utf8",
        42,
    ),
    "mark of UTF-8 before Latin-1": (
        codecs.BOM_UTF8 + b"id,title\n1,\xe4\n",
        "wrong_encoding",
        None,
    ),
    "UTF-16 with half a letter": (
        codecs.BOM_UTF16_LE + "id,title\n1,ä\n".encode("utf-16-le") + b"\x20",
        "wrong_encoding",
        None,
    ),
    "UTF-16 without mark": ("id,title\n1,ä\n".encode("utf-16-be"), "utf16_without_mark", 1),
    "ZIP archive": (zipped(), "not_a_text_table", 1),
    "gzip archive": (gzip.compress(after_header(ROWS)), "not_a_text_table", 1),
    "workbook": (book(rows_of(["title"], ["a"])), "not_a_text_table", 1),
    "JSON": (b'{"title": "Soil"}', "not_a_text_table", 1),
    "XML": (b"<?xml version='1.0'?><a/>", "not_a_text_table", 1),
    "SQLite": (b"SQLite format 3\0" + b"\0" * 100, "not_a_text_table", 1),
}
REFUSED_BOOKS: dict[str, Refusal] = {
    "title above the table": (
        book(rows_of(["Our datasets"], [], ["identifier", "title"], ["1", "Soil"])),
        "missing_header",
        1,
    ),
    "repeated names": (book(rows_of(["title", "title"], ["a", "b"])), "repeated_header", 1),
    "empty sheet": (book(rows_of()), "empty_file", 1),
    "header only": (book(rows_of(["identifier", "title"])), "no_rows", 2),
    "Excel 97": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_a_text_table", 1),
    "other archive": (zipped(), "damaged_workbook", None),
    "cut off": (book(rows_of(["title"], ["a"]))[:900], "damaged_workbook", None),
}


def read(content: bytes, name: str = "x.csv") -> Table:
    return read_table(content, file_name=name, limits=ReadLimits())


def name_of(content: bytes, kind: str) -> str:
    is_book = content.startswith(b"PK") or kind == "text named workbook"
    return "x.xlsx" if is_book else "x.csv"


@pytest.mark.parametrize("kind", ACCEPTED)
def test_file_is_read_as_it_stands(kind: str) -> None:
    content, first = ACCEPTED[kind]
    table = read(content, name_of(content, kind))
    assert table.frame.row(0) == first
    assert table.report.warnings == ()


@pytest.mark.parametrize("kind", WARNED)
def test_file_is_read_with_a_warning(kind: str) -> None:
    content, first, warning = WARNED[kind]
    table = read(content, name_of(content, kind))
    assert table.frame.row(0) == first
    assert any(warning in said for said in table.report.warnings), table.report.warnings


@pytest.mark.parametrize(
    ("codec", "text"),
    [("shift_jis", "土壌水分データ"), ("cp1251", "Почва и вода"), ("mac_roman", "Überflutung")],
)
def test_letters_that_could_be_others_have_to_be_confirmed(codec: str, text: str) -> None:
    report = read(f"identifier,title\n1,{text}\n".encode(codec)).report
    assert not report.is_encoding_certain


@pytest.mark.parametrize("kind", REFUSED | REFUSED_BOOKS)
def test_file_is_refused_with_place_and_way_out(kind: str) -> None:
    is_book = kind in REFUSED_BOOKS
    content, code, line = (REFUSED_BOOKS if is_book else REFUSED)[kind]
    with pytest.raises(UnreadableFileError) as caught:
        read(content, "x.xlsx" if is_book else "x.csv")
    assert (caught.value.code, caught.value.line) == (code, line)
    assert caught.value.found
    assert caught.value.expected
    assert caught.value.remedy
