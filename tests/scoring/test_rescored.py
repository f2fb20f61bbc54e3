"""Records scored by one rubric, scored by another without their metadata."""

import polars as pl
import pytest

from fairdb_core.records import frame_of
from fairdb_core.rubrics import Rubric, load_rubrics
from fairdb_core.scoring.assess import assess
from fairdb_core.scoring.kernel import compute_facts, rescored
from fairdb_core.scoring.levels import FACT
from tests.scoring import made_up

RUBRICS = load_rubrics()
USUAL = RUBRICS["fsf_v0_8"]


@pytest.fixture(scope="module")
def assessed() -> pl.DataFrame:
    return assess(frame_of(made_up.records(20, 9)), USUAL)


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_rescored_records_are_as_if_scored_by_the_other_rubric_at_first(
    assessed: pl.DataFrame, rubric: Rubric
) -> None:
    anew = rescored(assessed, USUAL, rubric)
    at_first = assess(frame_of(made_up.records(20, 9)), rubric)
    assert sorted(anew.columns) == sorted(at_first.columns)
    assert anew.select(at_first.columns).equals(at_first)


def test_fact_that_was_not_known_then_or_is_empty_costs_nothing(assessed: pl.DataFrame) -> None:
    lacking = assessed.drop(f"{FACT}has_licence")
    partly = pl.concat([lacking.head(10), assessed.tail(10)], how="diagonal")
    for poorer in (lacking, partly):
        anew = rescored(poorer, USUAL, USUAL)
        assert anew[f"{FACT}has_licence"].head(10).to_list() == [0] * 10
        assert anew["R1.1.judged"].head(10).to_list() == [0] * 10
    assert rescored(partly, USUAL, USUAL)["R1.1.judged"].tail(10).to_list() == [1] * 10


def test_scores_that_are_not_there_are_not_missed() -> None:
    facts = compute_facts(frame_of(made_up.records(3, 9)))
    assert rescored(facts, USUAL, USUAL).height == 3


def test_no_records_stay_none(assessed: pl.DataFrame) -> None:
    assert rescored(assessed.head(0), USUAL, USUAL).is_empty()
