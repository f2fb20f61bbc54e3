"""Points looked up for rows that are alike are those that adding up gives, to the bit."""

import random
from collections.abc import Callable

import polars as pl
import pytest

from fairdb_core.indicators import INDICATORS
from fairdb_core.records import frame_of
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring import kernel
from fairdb_core.scoring.alike import for_rows_alike
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.levels import FACT
from tests.scoring import made_up

ROWS = 3_000
RUBRICS = load_rubrics()


def row_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(pl.concat_str(pl.all(), separator=" ").alias("told"))


def facts_of(width: int, patterns: int, rows: int = ROWS) -> pl.DataFrame:
    draw = random.Random(width)  # noqa: S311 - no secret
    few = [[draw.randrange(4) for _ in range(width)] for _ in range(patterns)]
    names = [str(number) for number in range(width)]
    return pl.DataFrame(
        [draw.choice(few) for _ in range(rows)], dict.fromkeys(names, pl.UInt8), orient="row"
    )


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_many_rows_score_as_each_does_alone(rubric_id: str) -> None:
    few = compute_facts(frame_of(made_up.records(150, 5)))
    places = pl.Series(random.Random(1).choices(range(few.height), k=ROWS))  # noqa: S311
    once = score(few, RUBRICS[rubric_id])
    assert score(few[places], RUBRICS[rubric_id]).equals(once[places])


@pytest.mark.parametrize("width", [1, 4, 5, 31, 32, 33, 70])
def test_every_row_gets_what_is_told_of_it(width: int) -> None:
    facts = facts_of(width, 40)
    asked: list[int] = []

    def work_out(rows: pl.DataFrame) -> pl.DataFrame:
        asked.append(rows.height)
        return row_numbers(rows)

    assert for_rows_alike(facts, work_out).equals(row_numbers(facts))
    assert len(asked) == 1
    assert asked[0] <= 40


@pytest.mark.parametrize("place", range(0, 66, 5))
def test_rows_that_differ_in_one_fact_are_told_apart(place: int) -> None:
    states = [[3 if number != place else row % 4 for number in range(66)] for row in range(8)]
    facts = pl.DataFrame(states, [str(n) for n in range(66)], orient="row").cast(pl.UInt8)
    asked: list[int] = []

    def work_out(rows: pl.DataFrame) -> pl.DataFrame:
        asked.append(rows.height)
        return row_numbers(rows)

    assert for_rows_alike(facts, work_out).equals(row_numbers(facts))
    assert asked == [4]


@pytest.mark.parametrize(("patterns", "asked_for"), [(499, 499), (500, 500), (501, 1_000)])
def test_rows_of_which_most_differ_are_all_worked_out(patterns: int, asked_for: int) -> None:
    numbers = [row % patterns for row in range(1_000)]
    names = [str(place) for place in range(5)]
    states = [[number // 4**place % 4 for place in range(5)] for number in numbers]
    facts = pl.DataFrame(states, names, orient="row").cast(pl.UInt8)
    asked: list[int] = []

    def work_out(rows: pl.DataFrame) -> pl.DataFrame:
        asked.append(rows.height)
        return row_numbers(rows)

    assert for_rows_alike(facts, work_out).equals(row_numbers(facts))
    assert asked == [asked_for]


def test_state_that_fits_no_key_is_worked_out_row_by_row() -> None:
    facts = facts_of(6, 3).with_columns(pl.lit(200, pl.UInt8).alias("2"))
    assert for_rows_alike(facts, row_numbers).equals(row_numbers(facts))
    facts = facts_of(6, 3).with_columns(pl.lit(None, pl.UInt8).alias("2"))
    assert for_rows_alike(facts, lambda rows: rows.select("0", "2")).equals(facts.select("0", "2"))


def test_states_too_large_for_their_bits_are_not_taken_for_others() -> None:
    facts = pl.DataFrame({"0": [0, 4] * 100, "1": [1, 0] * 100}).cast(pl.UInt8)
    assert for_rows_alike(facts, row_numbers).equals(row_numbers(facts))
    halves = pl.DataFrame({"0": [0.25, 0.5] * 100})
    assert for_rows_alike(halves, row_numbers).equals(row_numbers(halves))


def test_rows_of_which_nothing_was_assessed_are_alike() -> None:
    nothing = pl.DataFrame({FACT + key: [0] * ROWS for key in INDICATORS}).cast(pl.UInt8)
    for rubric in RUBRICS.values():
        found = score(nothing, rubric)
        assert (found["percent"].null_count(), found["earned"].sum()) == (ROWS, 0)


@pytest.mark.parametrize(("rows", "is_asked"), [(1_999, False), (2_000, True)])
def test_only_many_rows_are_looked_up(
    rows: int, is_asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def look_up(facts: pl.DataFrame, work_out: Callable[[pl.DataFrame], pl.DataFrame]) -> object:
        asked.append(facts.height)
        return for_rows_alike(facts, work_out)

    monkeypatch.setattr(kernel, "for_rows_alike", look_up)
    rubric = RUBRICS["datacite_v4"]
    facts = pl.DataFrame({FACT + key: [3] * rows for key in rubric.indicators}).cast(pl.UInt8)
    assert score(facts, rubric)["percent"].unique().to_list() == [100]
    assert asked == ([rows] if is_asked else [])
