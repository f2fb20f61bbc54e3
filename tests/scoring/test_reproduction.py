"""Whether two frames are the same to the bit, and where they are not."""

import polars as pl
import pytest

from fairdb_core.scoring.reproduction import differing

STORED = pl.DataFrame(
    {
        "fact:a": pl.Series([3, 1, 0], dtype=pl.UInt8),
        "percent": [50.0, None, 0.0],
        "publisher": ["X", None, "Y"],
    }
)


def found(now: pl.DataFrame) -> dict[str, list[bool]]:
    return differing(STORED, now).to_dict(as_series=False)


def test_frames_that_are_alike_differ_nowhere() -> None:
    assert found(STORED.clone()) == {}


@pytest.mark.parametrize(
    ("column", "values", "where"),
    [
        ("fact:a", pl.Series([3, 2, 0], dtype=pl.UInt8), [False, True, False]),
        ("fact:a", pl.Series([3, 1, None], dtype=pl.UInt8), [False, False, True]),
        ("fact:a", pl.Series([3, 1, 0], dtype=pl.Int64), [True, True, True]),
        ("percent", [50.00000000000001, None, 0.0], [True, False, False]),
        ("percent", [50.0, 0.0, 0.0], [False, True, False]),
        ("percent", [50.0, None, None], [False, False, True]),
        ("percent", [50.0, None, -0.0], [False, False, True]),
        ("publisher", ["X", "", "Y"], [False, True, False]),
        ("publisher", [None, None, "Z"], [True, False, True]),
    ],
)
def test_rows_that_differ_are_named_by_column(
    column: str, values: list[object], where: list[bool]
) -> None:
    now = STORED.with_columns(pl.Series(column, values))
    assert found(now) == {column: where}


def test_column_that_one_of_them_lacks_differs_everywhere() -> None:
    now = STORED.drop("percent").with_columns(further=pl.lit(1))
    assert found(now) == {"percent": [True] * 3, "further": [True] * 3}
    assert differing(STORED, now).columns == ["percent", "further"]
