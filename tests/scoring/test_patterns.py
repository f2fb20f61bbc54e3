"""Facts packed and unpacked, and records scored by the patterns of their facts."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core.indicators.packing import FACT, PACKED, packed, unpacked
from fairdb_core.records import frame_of
from fairdb_core.repositories.chunk_layout import assessed, compact
from fairdb_core.rubrics import Rubric, load_rubrics
from fairdb_core.scoring import patterns as patterns_module
from fairdb_core.scoring.assess import assess
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.patterns import (
    _numbered,
    _numbered_by_hash,
    _numbered_slowly,
    patterns_in,
)
from tests.scoring import made_up

RUBRICS = load_rubrics()
USUAL = RUBRICS["fsf_v0_8"]


@given(st.lists(st.lists(st.integers(0, 3), min_size=37, max_size=37), max_size=5))
def test_unpacked_facts_are_those_that_were_packed(rows: list[list[int]]) -> None:
    names = [f"{FACT}f{number}" for number in range(37)]
    facts = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.UInt8), orient="row")
    held = packed(facts)
    assert [name.startswith(PACKED) for name in held.columns] == [True, True]
    assert unpacked(held).equals(facts)
    assert unpacked(held, ["f2", "f36", "f99"]).equals(facts.select(f"{FACT}f2", f"{FACT}f36"))


def test_chunk_gives_back_what_was_assessed_to_the_bit() -> None:
    rows = assess(frame_of(made_up.records(50, 4)), USUAL)
    kept = assessed(compact(rows))
    assert kept.equals(unpacked(rows))
    assert compact(kept).equals(compact(compact(rows)))


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_scores_by_pattern_are_those_of_each_record(rubric: Rubric) -> None:
    records = frame_of(made_up.records(200, 9))
    numbers, patterns = patterns_in(compact(assess(records, USUAL)), rubric)
    expected = score(compute_facts(records), rubric)
    assert patterns[numbers].select(expected.columns).equals(expected)
    facts = [name for name in patterns.columns if name.startswith(FACT)]
    assert patterns.select(facts).is_unique().all()


def test_fact_that_was_not_known_then_or_is_empty_costs_nothing() -> None:
    rows = unpacked(assess(frame_of(made_up.records(20, 9)), USUAL))
    lacking = rows.drop(f"{FACT}has_licence")
    partly = pl.concat([lacking.head(10), rows.tail(10)], how="diagonal")
    for poorer in (lacking, partly):
        numbers, patterns = patterns_in(packed(poorer), USUAL)
        assert patterns[f"{FACT}has_licence"][numbers].head(10).to_list() == [0] * 10
        assert patterns["R1.1.judged"][numbers].head(10).to_list() == [0] * 10
    assert patterns["R1.1.judged"][numbers].tail(10).to_list() == [1] * 10


def test_other_columns_and_facts_of_other_rubrics_make_no_patterns() -> None:
    rows = packed(pl.DataFrame({f"{FACT}has_licence": [3, 3], f"{FACT}own": [1, 3]}))
    rows = rows.with_columns(title=pl.Series(["x", "y"]))
    for held in (rows, rows.select("title", pl.lit(7, pl.UInt64).alias(f"{PACKED}own"))):
        numbers, patterns = patterns_in(held, USUAL)
        assert (numbers.to_list(), patterns.height) == ([0, 0], 1)


def test_no_records_have_no_patterns() -> None:
    numbers, patterns = patterns_in(pl.DataFrame(), USUAL)
    assert (numbers.len(), patterns.height) == (0, 0)
    assert "percent" in patterns.columns


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**64 - 1)), min_size=1, max_size=40))
def test_rows_are_numbered_alike_however_they_are_told_apart(rows: list[tuple[int, int]]) -> None:
    twice = [*rows, *rows]
    keys = pl.DataFrame(twice, schema={"a": pl.UInt64, "b": pl.UInt64}, orient="row")
    expected = list(dict.fromkeys(twice))
    for number in (_numbered, _numbered_by_hash, _numbered_slowly):
        numbers, firsts = number(keys)
        assert [expected[each] for each in numbers] == twice
        assert [twice[each] for each in firsts] == expected


def test_rows_are_told_apart_where_two_share_a_hash() -> None:
    keys = pl.DataFrame({"a": [1, 2, 1, 3], "b": [0, 0, 0, 1]})
    numbers, firsts = _numbered_slowly(keys)
    assert (numbers.to_list(), firsts.to_list()) == ([0, 1, 0, 2], [0, 1, 3])


def test_few_rows_are_numbered_through_the_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns_module, "_numbered_by_hash", None)
    keys = pl.DataFrame({"a": [1, 2, 1, 3, 2], "b": [0, 0, 0, 1, 0]}).cast(pl.UInt64)
    numbers, firsts = patterns_module._numbered(keys)
    assert (numbers.to_list(), firsts.to_list()) == ([0, 1, 0, 2, 1], [0, 1, 3])


def test_rows_are_numbered_by_hash_where_no_two_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns_module, "_numbered_slowly", None)
    keys = pl.DataFrame({"a": [1, 2, 1, 3], "b": [0, 0, 0, 1]}).cast(pl.UInt64)
    numbers, firsts = patterns_module._numbered_by_hash(keys)
    assert (numbers.to_list(), firsts.to_list()) == ([0, 1, 0, 2], [0, 1, 3])
