import csv
import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.reader import ReadLimits, Table, read_table

LIMITS = ReadLimits()
HEADER = "identifier,title,license\n"
ROW = "10.5061/dryad.8515,Soil moisture,CC-BY-4.0\n"


def read(content: bytes, name: str = "x.csv", **asked: str) -> Table:
    return read_table(content, file_name=name, limits=LIMITS, **asked)


def refusal(content: bytes, name: str = "x.csv", **asked: str) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read(content, name, **asked)
    return caught.value


def workbook(rows: list[list[object]], *more_sheets: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for name in more_sheets:
        book.create_sheet(name).append(["title", "year"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_reader_reads_every_sample_as_its_manifest_says(samples: Path) -> None:
    files = json.loads((samples / "manifest.json").read_text())
    for entry in files:
        if entry["ragged_rows"]:
            continue
        table = read_table(samples / entry["file"], file_name=entry["file"], limits=LIMITS)
        assert (table.report.row_count, table.frame.width) == (entry["rows"], entry["columns"])
        assert table.report.separator == entry["separator"]


def test_reader_counts_the_rows_of_a_sample_whose_header_is_too_short(samples: Path) -> None:
    name = "btaa-lake-county-2019.csv"
    with pytest.raises(UnreadableFileError) as caught:
        read_table(samples / name, file_name=name, limits=LIMITS)
    assert caught.value.code == "ragged_rows"
    assert caught.value.read.row_count == 347


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_reader_finds_separator_on_records(separator: str, end: str) -> None:
    rows = [["id", "title", "note"]] + [
        [str(n), f"Soil, moisture; part {n}", f"line one{end}line | two\tend"] for n in range(5)
    ]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator=end).writerows(rows)
    table = read(buffer.getvalue().encode())
    assert table.report.separator == separator
    assert [list(row) for row in table.frame.iter_rows()] == rows[1:]


@pytest.mark.parametrize(
    ("codec", "name", "is_certain"),
    [
        ("utf-8", "utf-8", True),
        ("utf-8-sig", "utf-8", True),
        ("utf-16", "utf-16", False),
        ("cp1252", "cp1252", False),
        ("latin-1", "latin-1", False),
    ],
)
def test_reader_says_which_encodings_it_is_sure_of(codec: str, name: str, is_certain: bool) -> None:
    extra = "\x81" if codec == "latin-1" else ""
    text = f"identifier,title\n1,Überflutung im Tal{extra}\n2,Été en forêt\n"
    table = read(text.encode(codec))
    assert (table.report.encoding, table.report.is_encoding_certain) == (name, is_certain)
    assert table.frame["title"][1] == "Été en forêt"


def test_reader_takes_the_word_of_a_person_for_the_encoding() -> None:
    content = "identifier,title\n1,Überflutung\n".encode("utf-16-le")
    assert refusal(content).code == "utf16_without_mark"
    assert read(content, encoding="utf-16").frame["title"][0] == "Überflutung"


MALFORMED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty_file"),
    "blank lines only": (b"\n\n\n", "empty_file"),
    "header only": (HEADER.encode(), "no_rows"),
    "NUL": ((HEADER + "1,So\0il,x\n").encode(), "nul_character"),
    "unclosed quote": ((HEADER + ROW + '2,"Soil,x\n' + ROW * 3).encode(), "unclosed_quote"),
    "text after a quote": ((HEADER + '2,"Soil" moist,x\n').encode(), "stray_quote"),
    "backslash quotes": ((HEADER + '2,"Soil \\"wet\\" x",y\n').encode(), "stray_quote"),
    "gzip": (gzip.compress((HEADER + ROW).encode()), "not_a_text_table"),
    "workbook named csv": (workbook([["title"], ["Soil"]]), "not_a_text_table"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_text_table"),
    "HTML": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "not_a_text_table"),
    "JSON": (b'[{"title": "Soil"}]', "not_a_text_table"),
    "Excel 97": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_a_text_table"),
    "5,000 columns": (
        (",".join(f"c{n}" for n in range(5000)) + "\n" + "," * 4999 + "\nx" + "," * 4999).encode(),
        "too_many_columns",
    ),
    "repeated header": (b"title,license,title\nSoil,x,y\n", "repeated_header"),
    "unnamed column": (b"title,,license\nSoil,7,x\n", "missing_header"),
    "row too long": ((HEADER + ROW + "1,2,3,4\n").encode(), "ragged_rows"),
    "row too short": ((HEADER + ROW + "1,2\n").encode(), "ragged_rows"),
    "broken UTF-8": (
        (HEADER + ROW + "1,Überfülle äöüß,x\n").encode() + b"2,\xe9t,y\n",
        "broken_utf8",
    ),
    "surrogates in UTF-8": (
        (HEADER + "1,äöüäöüäöüäöü,x\n").encode() + b"2,\xed\xa0\x80,y\n",
        "broken_utf8",
    ),
    "lone surrogate in UTF-16": (
        b"\xff\xfe" + "id,title\n1,a".encode("utf-16-le") + b"\x00\xd8" + "\n".encode("utf-16-le"),
        "wrong_encoding",
    ),
    "UTF-16 without mark": ((HEADER + ROW).encode("utf-16-le"), "utf16_without_mark"),
    "long cell": ((HEADER + f"1,{'x' * 70_000},y\n").encode(), "cell_too_long"),
    "runaway quote": ((HEADER + '1,"' + "x\n" * 90_000).encode(), "cell_too_long"),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_reader_refuses_malformed_file_with_place_and_remedy(kind: str) -> None:
    content, code = MALFORMED[kind]
    error = refusal(content)
    assert error.code == code
    assert error.expected
    assert error.remedy
    assert str(error).startswith("x.csv cannot be read: ")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "workbook named csv",
            "x.csv cannot be read: it is an Excel workbook with the name of another kind (line 1). "
            "Expected a table as text: CSV or TSV. "
            "Give it a name that ends with .xlsx, or save the table as CSV.",
        ),
        (
            "NUL",
            "x.csv cannot be read: it holds a NUL character (0x00), so it is damaged or no text "
            "(line 2). Expected a table as text. Export the table again.",
        ),
    ],
)
def test_reader_says_each_thing_once(kind: str, said: str) -> None:
    assert str(refusal(MALFORMED[kind][0])) == said


@pytest.mark.parametrize(
    ("kind", "line"),
    [("unclosed quote", 3), ("text after a quote", 2), ("row too long", 3), ("broken UTF-8", 4)],
)
def test_reader_names_the_line_of_a_finding(kind: str, line: int) -> None:
    assert refusal(MALFORMED[kind][0]).line == line


def test_reader_names_the_line_of_a_ragged_row_below_cells_with_line_breaks() -> None:
    content = HEADER + '1,"a\nb\nc",x\n' + "2,y\n"
    error = refusal(content.encode())
    assert (error.line, error.found, error.expected) == (5, "2 cells", "3 cells, as in the header")


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "'; DROP TABLE datasets; --",
        "[x](javascript:1)",
    ],
)
def test_reader_keeps_hostile_cells_as_plain_text(cell: str) -> None:
    assert read((HEADER + f'1,"{cell}",x\n').encode()).frame["title"][0] == cell


def test_reader_accepts_mixed_line_ends() -> None:
    table = read(b"id,title\n1,Soil\r\n2,Water\r3,Air\n")
    assert table.frame["title"].to_list() == ["Soil", "Water", "Air"]


def test_reader_keeps_spreadsheet_row_numbers_across_blank_lines() -> None:
    table = read(b"id,title\n1,Soil\n\n3,Air\n\n\n")
    assert table.frame.rows() == [("1", "Soil"), ("", ""), ("3", "Air")]
    assert table.report.warnings == ("2 blank rows at the end were left out.",)


def test_reader_leaves_out_columns_without_name_and_values() -> None:
    table = read(b"id,title,,\n1,Soil,,\n")
    assert table.report.header == ("id", "title")
    assert table.report.warnings == ("2 columns without a name and without values were left out.",)


UNSEEN = [*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x202A, 0x202F),
          *range(0x2066, 0x206A), 0xFFFD]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252", "utf-16"])
def test_reader_warns_of_every_letter_that_nobody_sees(encoding: str) -> None:
    missed = []
    for code in UNSEEN:
        text = HEADER + ROW + f"1,a{chr(code)}b,x\n"
        if encoding in {"latin-1", "cp1252"} and code > 0xFF:
            continue
        table = read(text.encode(encoding), encoding=encoding)
        if not any("row 3, column title" in warning for warning in table.report.warnings):
            missed.append(hex(code))
    assert missed == []


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252", "utf-16"])
def test_reader_does_not_warn_of_letters_that_everybody_sees(encoding: str) -> None:
    text = HEADER + "1,Größe – “é” Œuvre ï â,x\n" + "2,Böden,x\n"
    table = read(text.encode(encoding, errors="replace"), encoding=encoding)
    assert table.report.warnings == ()


def test_reader_warns_of_a_cell_that_swallowed_rows() -> None:
    swallowed = "".join(f"{n},Soil,x\n" for n in range(60))
    table = read((HEADER + f'1,"{swallowed}",x\n' + ROW).encode())
    assert "quotation mark may be missing" in table.report.warnings[0]


def test_reader_reads_tabs_with_bare_quotation_marks() -> None:
    table = read(b'id\ttitle\n1\t"Soil" of 5" cores\n2\t"open\n', "x.tsv")
    assert table.frame["title"].to_list() == ['"Soil" of 5" cores', '"open']
    assert not table.report.has_quotes
    assert "stand for themselves" in table.report.warnings[0]


def test_reader_reads_first_or_chosen_sheet_of_a_workbook() -> None:
    content = workbook([["title", "year", "size"], ["Soil", 2024, 1.5]], "Second")
    table = read(content, "x.xlsx")
    assert table.frame.rows() == [("Soil", "2024", "1.5")]
    assert table.report.sheets == ("Sheet", "Second")
    assert refusal(content, "x.xlsx", sheet="Third").code == "no_such_sheet"
    assert refusal(content, "x.xlsx", sheet="Second").code == "no_rows"


def test_reader_refuses_a_workbook_that_unpacks_to_much_more() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    error = refusal(buffer.getvalue(), "x.xlsx")
    assert error.code == "workbook_too_large"


def test_reader_refuses_a_damaged_workbook() -> None:
    assert refusal(b"PK\x03\x04" + b"x" * 500, "x.xlsx").code == "damaged_workbook"


def test_reader_refuses_more_rows_or_bytes_than_allowed() -> None:
    content = (HEADER + ROW * 30).encode()
    for limits, code in (
        (ReadLimits(max_rows=20), "too_many_rows"),
        (ReadLimits(max_bytes=100), "file_too_large"),
    ):
        with pytest.raises(UnreadableFileError) as caught:
            read_table(content, file_name="x.csv", limits=limits)
        assert caught.value.code == code


LARGE = {
    "one line of 20 MB": b"id,title\n1," + b"x" * 20_000_000,
    "separators only": b",".join(b"c%d" % n for n in range(500))
    + b"\n"
    + (b"," * 499 + b"\n") * 40_000,
    "two narrow columns": b"a,b\n" + b"1,2\n" * 5_000_000,
    "quotes only": b"id,title\n" + b'"' * 20_000_000,
    "line ends only": b"\n" * 20_000_000,
    "many open quotes": b"id,title\n" + b'1,"x\n' * 4_000_000,
    "one column of letters": b"t\n" + b"a\n" * 10_000_000,
}
_MEASURE = """
import resource, sys
from pathlib import Path
from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.reader import ReadLimits, read_table
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_table(Path(sys.argv[1]), file_name="x.csv", limits=ReadLimits())
except UnreadableFileError:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024)
"""


@pytest.mark.parametrize("kind", LARGE)
def test_reader_settles_any_20_megabytes_within_300_megabytes(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(LARGE[kind])
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert float(done.stdout) <= 300
