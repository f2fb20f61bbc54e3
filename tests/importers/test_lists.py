import polars as pl
import pytest

from fairdb_core.importers.lists import has_inner_marks, listed, parted
from fairdb_core.metadata import Kind


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('["soil", "water"]', ["soil", "water"]),
        ("['soil', u'water']", ["soil", "water"]),
        ("['soil' 'water'\n 'air']", ["soil", "water", "air"]),
        ("[2020, 2021.5, null]", ["2020", "2021.5"]),
        ('[["soil"], ["water"]]', ["soil", "water"]),
        ('[{"name": "Ada", "orcid": "0"}]', ["Ada"]),
        ('[{"@id": "https://a.org"}]', ["https://a.org"]),
        ("[]", []),
    ],
)
def test_list_is_recognised_as_json_and_as_python(cell: str, expected: list[str]) -> None:
    assert listed(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "soil; water",
        "[1] Smith; [2] Jones",
        "[unpublished]",
        '[{"name": "Ada"}, {"given": "Ada", "family": "Verwey"}]',
        "[b'soil']",
        "['\\ud800']",
        "[" * 1000 + "]" * 1000,
        "[" + "-" * 100_000 + "1]",
    ],
)
def test_cell_that_is_no_list_of_values_is_left_whole(cell: str) -> None:
    assert listed(cell) is None


@pytest.mark.parametrize(
    ("cell", "separator", "expected"),
    [
        ("a;b", None, ["a;b"]),
        ("a;b", ";", ["a", "b"]),
        ("['a;b', 'c']", ";", ["a;b", "c"]),
        ("['a'];['b']", ";", ["a", "b"]),
        ("['a', 'b'],", ",", ["a", "b"]),
    ],
)
def test_mark_parts_values(cell: str, separator: str | None, expected: list[str]) -> None:
    assert parted(cell, separator) == expected


@pytest.mark.parametrize(
    ("kind", "separator", "cell", "expected"),
    [
        (Kind.URL, ";", "https://a.org/x?a=1;b=2;https://b.org", 2),
        (Kind.URL, ",", "https://a.org/wms?bbox=1,2,3,4,https://b.org, https://c.org", 3),
        (Kind.URL, "|", "https://a.org/x|y", 1),
        (Kind.IDENTIFIER, ";", "10.1890/0012(2006)87[2496:CFACN]2.0.CO;2;GSE1", 2),
    ],
)
def test_mark_inside_of_an_address_does_not_part_it(
    kind: Kind, separator: str, cell: str, expected: int
) -> None:
    parts = parted(cell, separator, kind)
    assert len(parts) == expected
    assert separator.join(parts) == cell
    assert has_inner_marks(pl.Series([cell]), separator, kind)


@pytest.mark.parametrize(
    ("kind", "separator", "cell"),
    [
        (Kind.URL, ";", "https://a.org;https://b.org; https://c.org;"),
        (Kind.URL, ";", "https://a.org;n/a;-"),
        (Kind.URL, "\n", "https://a.org\nhttps://b.org"),
        (Kind.URL, None, "https://a.org"),
        (Kind.IDENTIFIER, ";", "GSE1;2;10.1234/x"),
        (Kind.TEXT, ";", "a;b"),
    ],
)
def test_mark_between_values_parts_them(kind: Kind, separator: str | None, cell: str) -> None:
    assert parted(cell, separator, kind) == (cell.split(separator) if separator else [cell])
