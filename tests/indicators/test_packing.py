"""Facts packed into numbers: the layout that is stored, and what is read from it."""

import polars as pl
import pytest

from fairdb_core.indicators.packing import FACT, PACKED, facts_in, only, packed, parts_of, unpacked


def frame(states: dict[str, list[int | None]]) -> pl.DataFrame:
    """Return a frame of facts."""
    columns = {FACT + name: values for name, values in states.items()}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.UInt8))


def many(count: int) -> dict[str, list[int | None]]:
    return {f"f{number}": [number % 4, (number + 1) % 4, 3] for number in range(count)}


@pytest.mark.parametrize("place", [0, 1, 3, 4, 15, 31])
def test_each_fact_has_two_bits_of_the_number(place: int) -> None:
    states = {f"f{number}": [3 if number == place else 0] for number in range(32)}
    row = packed(frame(states)).row(0)
    assert row == (3 * 4**place,)


@pytest.mark.parametrize("count", [1, 4, 5, 32, 33, 70])
def test_unpacked_facts_are_those_that_were_packed(count: int) -> None:
    facts = frame(many(count))
    stored = packed(facts)
    assert stored.width == (count + 31) // 32
    assert set(stored.dtypes) == {pl.UInt64}
    assert unpacked(stored).equals(facts)


def test_other_columns_stand_before_the_packed_ones() -> None:
    rows = frame({"a": [1, 2]}).with_columns(title=pl.Series(["x", "y"]))
    stored = packed(rows)
    assert stored.columns == ["title", PACKED + "a"]
    assert unpacked(stored).columns == ["title", FACT + "a"]


def test_fact_that_is_not_there_or_null_counts_as_not_assessed() -> None:
    stored = packed(frame({"b": [2, None]}), ["a", "b"])
    assert stored.columns == [PACKED + "a,b"]
    assert unpacked(stored).to_dict(as_series=False) == {FACT + "a": [0, 0], FACT + "b": [2, 0]}


def test_wanted_facts_alone_are_unpacked() -> None:
    stored = packed(frame({"a": [1], "b": [2], "c": [3]}))
    assert unpacked(stored, ["c", "a", "stranger"]).row(0, named=True) == {
        FACT + "a": 1, FACT + "c": 3,
    }  # fmt: skip


def test_packed_column_with_some_facts_holds_no_others() -> None:
    stored = packed(frame({name: [3] for name in "abcdef"}))
    column = stored.columns[0]
    assert facts_in(column) == list("abcdef")
    kept = stored.select(only(column, ["b", "f"]).alias(column))
    assert unpacked(kept).row(0) == (0, 3, 0, 0, 0, 3)


def test_facts_are_parted_by_the_number_that_holds_them() -> None:
    assert [len(part) for part in parts_of(["x"] * 65)] == [32, 32, 1]
    assert parts_of([]) == []
