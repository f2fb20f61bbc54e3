import csv
import io

import pytest

from fairdb_core.exporters.tables import csv_of, neutral


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("line\n=1+1", "line\n'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("-12.5", "-12.5"),
        ("+49", "+49"),
        ("Soil = wet", "Soil = wet"),
        ("", ""),
    ],
)
def test_neutral_leaves_no_formula(cell: str, expected: str) -> None:
    assert neutral(cell) == expected


def test_csv_of_writes_what_csv_reads() -> None:
    text = csv_of(("Title", "n"), [("Soil, wet", 1), ("a\nb", None)]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["Title", "n"],
        ["Soil, wet", "1"],
        ["a\nb", ""],
    ]
