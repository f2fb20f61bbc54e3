"""Rows that share what they are known by are told which column would tell them apart."""

import polars as pl
import pytest

from fairdb_core.domain.uploads import ColumnMapping, Problem
from fairdb_core.importers.normalise import normalise

DOIS = ["10.1000/paper", "10.1000/paper", "10.1000/paper"]
PIDS = ["hdl:11304/a1", "hdl:11304/a2", "hdl:11304/a3"]
TITLES = ["Soil", "Water", "Air"]
MAPPING = [ColumnMapping("doi", "identifier"), ColumnMapping("name", "title")]


def repeated(**columns: list[str | None]) -> Problem:
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    found = normalise(frame, MAPPING).problems
    return next(each for each in found if each.code == "duplicate_in_file")


def test_column_that_is_filled_and_different_in_all_rows_is_named() -> None:
    problem = repeated(doi=DOIS, name=TITLES, note=["x", "y", "z"], pid=PIDS)
    assert problem.remedy.startswith("Keep the row that is right and leave the others out.")
    assert "map the column “pid” to Identifier instead of “doi”" in problem.remedy


def test_handles_under_any_header_are_named() -> None:
    assert "“zzz”" in repeated(doi=DOIS, name=TITLES, zzz=PIDS).remedy


@pytest.mark.parametrize(
    "values",
    [
        [*PIDS[:2], ""],
        [*PIDS[:2], None],
        [*PIDS[:2], PIDS[0].upper()],
        ["a set", "another set", "a third"],
    ],
)
def test_column_that_tells_no_rows_apart_is_not_named(values: list[str | None]) -> None:
    assert "map the column" not in repeated(doi=DOIS, name=TITLES, pid=values).remedy


def test_column_without_the_look_of_identifiers_is_not_named() -> None:
    assert "map the column" not in repeated(doi=DOIS, name=TITLES, note=["x", "y", "z"]).remedy
