import csv
import io

import pytest

from fairdb_core.exporters.annotated import HEADERS, annotate, annotate_workbook
from fairdb_core.importers.reader import ReadLimits, read_table

TEXT = 'identifier,title\r\n1,"Soil, ""wet"""\r\n\r\n3,"two\nlines"\n4,Überfall'


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_annotated_file_keeps_the_original_columns_byte_for_byte(
    codec: str, separator: str
) -> None:
    content = TEXT.replace(",", separator).encode(codec)
    table = read_table(content, file_name="x.csv", limits=ReadLimits())
    noted = annotate(content, table.report, {4: ("Error: title", "Shorten “it”")})
    again = read_table(noted, file_name="x.csv", limits=ReadLimits())
    added = list(again.frame.select(HEADERS).iter_rows())
    assert again.frame.drop(HEADERS).equals(table.frame)
    assert added[2][0] == "Error: title"
    assert added[0] == ("", "")
    bare = content.decode(codec)
    for line in ('"Soil', "lines", "Überfall"):
        assert line in bare
        assert line in noted.decode(codec)


def test_annotated_file_can_be_annotated_again() -> None:
    content = b"id,title\n1,Soil\n"
    for number in (2, 4, 6):
        table = read_table(content, file_name="x.csv", limits=ReadLimits())
        assert table.frame.width == number
        content = annotate(content, table.report, {})


def test_annotation_of_a_workbook_is_a_csv() -> None:
    text = annotate_workbook(("id",), iter([("1",), ("=2",)]), {3: ("Error", "Fix")}).decode(
        "utf-8-sig"
    )
    assert list(csv.reader(io.StringIO(text))) == [
        ["id", *HEADERS],
        ["1", "", ""],
        ["'=2", "Error", "Fix"],
    ]
