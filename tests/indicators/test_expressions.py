"""The expressions that indicators are made of, where a cell is empty or holds several values."""

from collections.abc import Iterator, Sequence

import polars as pl
import pytest

from fairdb_core.indicators import State, expressions
from fairdb_core.indicators.expressions import (
    SHARED,
    SHARED_PREFIX,
    Judge,
    JudgedCells,
    holds,
    matches,
    met_if,
    met_if_given,
    met_or_partly_if,
    met_unless,
    of_any_value,
    shared,
)
from fairdb_core.records import frame_of

CELLS = [None, "a", "b", "a\x1fb", "c\x1fd", "b"]
HAS_B = [False, False, True, True, False, True]


def judged(name: str, judges: dict[str, Judge]) -> Iterator[JudgedCells]:
    yield JudgedCells(name, pl.col("x"), judges)
    del SHARED[SHARED_PREFIX + name]


@pytest.fixture
def cells() -> Iterator[JudgedCells]:
    yield from judged("tested", {"a": lambda text: text == "a", "b": lambda text: text == "b"})


def passing(cells: JudgedCells, name: str, texts: Sequence[str | None]) -> list[bool]:
    frame = pl.DataFrame({"x": texts}, schema={"x": pl.String})
    return (
        frame.with_columns(SHARED[SHARED_PREFIX + "tested"])
        .select(cells.passing(name))
        .to_series()
        .to_list()
    )


@pytest.mark.parametrize("count", [1, 2, 6])
def test_each_of_several_values_is_judged(cells: JudgedCells, count: int) -> None:
    for start in range(len(CELLS) - count + 1):
        assert passing(cells, "b", CELLS[start : start + count]) == HAS_B[start : start + count]


def test_judges_are_told_apart(cells: JudgedCells) -> None:
    assert passing(cells, "a", CELLS) == [False, True, False, True, False, False]


def test_column_without_any_value_passes_nothing(cells: JudgedCells) -> None:
    assert passing(cells, "b", [None, None]) == [False, False]
    assert passing(cells, "b", []) == []


def test_pattern_judges_the_whole_cell() -> None:
    for cells in judged("tested", {"both": "(?s)^a.b$"}):
        found = passing(cells, "both", CELLS)
        assert found == [False, False, False, True, False, False]


def test_each_distinct_cell_is_judged_once() -> None:
    asked: list[str] = []

    def decide(text: str) -> bool:
        asked.append(text)
        return True

    for cells in judged("tested", {"any": decide}):
        passing(cells, "any", ["a", "b", "a", "b"])
    assert sorted(asked) == ["a", "b"]


def test_short_texts_are_remembered_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "MEANINGS_KEPT", 2)
    asked: list[str] = []

    def decide(text: str) -> bool:
        asked.append(text)
        return len(text) > 1

    def asked_for(cells: JudgedCells, *texts: str) -> list[str]:
        asked.clear()
        assert passing(cells, "long", texts) == [len(text) > 1 for text in texts]
        return sorted(asked)

    longest, longer = "x" * 200, "y" * 201
    for cells in judged("tested", {"long": decide}):
        assert asked_for(cells, "a", longest, longer) == ["a", longest, longer]
        assert asked_for(cells, "a", longest, longer) == [longer]
        assert asked_for(cells, "b", "c") == ["b", "c"]
        # Four are more than may stay, so all are forgotten once a new one comes.
        assert asked_for(cells, "a", "d") == ["d"]
        assert asked_for(cells, "a") == ["a"]


def test_shared_column_has_a_name_of_its_own() -> None:
    with pytest.raises(KeyError, match="shared twice"):
        shared("licence", pl.col("license"))


def test_pattern_is_looked_for_only_where_it_is_said() -> None:
    frame = frame_of([{"title": "soil"}, {"title": "soil", "version": "1"}, {"version": "1"}])
    found = frame.select(holds("title", "soil", where=pl.col("version").is_not_null()))
    assert found.to_series().to_list() == [False, True, False]


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
    of_two = pl.DataFrame({"x": [True, False, False], "y": [True, True, False]})
    states = of_two.select(met_or_partly_if(pl.col("x"), pl.col("y"))).to_series()
    assert states.to_list() == [State.MET, State.PARTLY, State.UNMET]
    assert states.dtype == pl.UInt8


def test_excused_is_not_assessed_unless_it_is_met_all_the_same() -> None:
    frame = pl.DataFrame({"x": [True, False, True, False], "y": [True, True, False, False]})
    states = frame.select(met_unless(pl.col("x"), pl.col("y"))).to_series()
    assert states.to_list() == [State.MET, State.MET, State.NOT_ASSESSED, State.UNMET]
    assert states.dtype == pl.UInt8


def test_states_are_stored_by_numbers_that_never_change() -> None:
    assert [(state.name, state.value) for state in State] == [
        ("NOT_ASSESSED", 0), ("UNMET", 1), ("PARTLY", 2), ("MET", 3),
    ]  # fmt: skip
