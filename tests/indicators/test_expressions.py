"""The expressions that indicators are made of, where a cell is empty or holds several values."""

import polars as pl
import pytest

from fairdb_core.indicators import State
from fairdb_core.indicators.expressions import (
    distinct,
    holds,
    matches,
    met_if,
    met_if_given,
    of_any_value,
)
from fairdb_core.records import frame_of

CELLS = [None, "a", "b", "a\x1fb", "c\x1fd", "b"]
HAS_B = [False, False, True, True, False, True]


@pytest.mark.parametrize("count", [1, 2, 6])
def test_each_of_several_values_is_judged(count: int) -> None:
    for start in range(len(CELLS) - count + 1):
        cells = pl.DataFrame({"x": CELLS[start : start + count]}, schema={"x": pl.String})
        found = cells.select(distinct(pl.col("x"), lambda text: text == "b")).to_series()
        assert found.to_list() == HAS_B[start : start + count]


def test_each_distinct_cell_is_judged_once() -> None:
    asked: list[str] = []

    def decide(text: str) -> bool:
        asked.append(text)
        return True

    pl.DataFrame({"x": ["a", "b", "a", "b"]}).select(distinct(pl.col("x"), decide))
    assert sorted(asked) == ["a", "b"]


def test_empty_cell_holds_nothing() -> None:
    frame = frame_of([{"title": "soil"}, {}])
    assert frame.select(holds("title", "")).to_series().to_list() == [True, False]


@pytest.mark.parametrize(
    ("values", "is_met"),
    [
        (["10.1/x", "https://a.org/b"], True),
        (["https://a.org/b c", "https://a.org/ d"], False),
        (["ark", "//a.org"], False),
        (["https://", "a.org"], False),
        ([" https://a.org/b "], True),
    ],
)
def test_pattern_of_a_whole_value_matches_no_part_and_no_two(
    values: list[str], is_met: bool
) -> None:
    pattern = r"(?i)^\s*https?://[^\s/?#]+\S*\s*$"
    frame = frame_of([{"download_url": values}])
    assert frame.select(matches("download_url", pattern)).item() is is_met


def test_pattern_without_ends_stays_as_it_is() -> None:
    assert of_any_value("soil|[0-9]+") == "soil|[0-9]+"


def test_condition_that_is_empty_is_not_met() -> None:
    frame = pl.DataFrame({"x": [None, True, False]}, schema={"x": pl.Boolean})
    assert frame.select(met_if(pl.col("x"))).to_series().to_list() == [
        State.UNMET,
        State.MET,
        State.UNMET,
    ]
    given = frame.select(met_if_given(pl.col("x").is_not_null(), pl.col("x"))).to_series()
    assert given.to_list() == [State.NOT_ASSESSED, State.MET, State.UNMET]
    assert given.dtype == pl.UInt8
