import pytest

from fairdb_core.importers.lists import listed, parted


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('["soil", "water"]', ["soil", "water"]),
        ("['soil', u'water']", ["soil", "water"]),
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
    ("separator", "expected"), [(None, ["a;b"]), ("json", ["a;b"]), (";", ["a", "b"])]
)
def test_mark_parts_values(separator: str | None, expected: list[str]) -> None:
    assert parted("a;b", separator) == expected
