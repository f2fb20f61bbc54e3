"""What holds of scores whatever the records are."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdb_core.indicators import INDICATORS, State
from fairdb_core.metadata import FIELDS, Field
from fairdb_core.records import Record, frame_of
from fairdb_core.rubrics import DEFAULT_RUBRIC, Rubric, load_rubrics
from fairdb_core.scoring.assess import assess
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.levels import FACT
from tests.scoring.made_up import texts_of
from tests.scoring.oracles import ORACLES

RUBRICS = load_rubrics()
RUBRIC = RUBRICS[DEFAULT_RUBRIC]
SLOWLY = settings(max_examples=25, deadline=None)


def values(field: Field) -> st.SearchStrategy[str | list[str]]:
    text = st.sampled_from(texts_of(field.name)).map(lambda made: made.replace("{n}", "12345"))
    return st.lists(text, min_size=1, max_size=3) if field.is_many else text


RECORDS: st.SearchStrategy[Record] = st.fixed_dictionaries(
    {}, optional={field.name: values(field) for field in FIELDS}
)
FILLED = st.fixed_dictionaries({field.name: values(field) for field in FIELDS})


def states(**found: State) -> pl.DataFrame:
    """Return the facts of one record that meets everything but what is named."""
    facts = {FACT + key: [int(found.get(key, State.MET))] for key in INDICATORS}
    return pl.DataFrame(facts, schema=dict.fromkeys(facts, pl.UInt8))


def scaled(rubric: Rubric, factor: float) -> Rubric:
    metrics = tuple(
        metric.model_copy(
            update={
                "tests": tuple(
                    test.model_copy(
                        update={"points": test.points * factor, "partly": test.partly * factor}
                    )
                    for test in metric.tests
                )
            }
        )
        for metric in rubric.metrics
    )
    return rubric.model_copy(update={"metrics": metrics})


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
@SLOWLY
@given(record=RECORDS, factor=st.sampled_from([0.25, 0.5, 2, 3, 7, 100]))
def test_points_scaled_by_a_constant_leave_percents_and_levels(
    rubric: Rubric, record: Record, factor: float
) -> None:
    facts = compute_facts(frame_of([record]))
    before, after = (score(facts, r).row(0, named=True) for r in (rubric, scaled(rubric, factor)))
    for name, value in before.items():
        expected = value * factor if name.endswith(("earned", "judged")) else value
        assert after[name] == expected, name


@SLOWLY
@given(records=st.lists(RECORDS, min_size=2, max_size=6), order=st.randoms())
def test_permuted_records_give_permuted_results(records: list[Record], order: Any) -> None:
    numbers = list(range(len(records)))
    order.shuffle(numbers)
    whole = assess(frame_of(records), RUBRIC)
    permuted = assess(frame_of([records[number] for number in numbers]), RUBRIC)
    assert permuted.equals(whole[numbers])
    alone = pl.concat([assess(frame_of([record]), RUBRIC) for record in records])
    assert alone.equals(whole)


@settings(max_examples=40, deadline=None)
@given(record=RECORDS, filled=FILLED)
def test_filling_an_empty_field_lowers_nothing(record: Record, filled: Record) -> None:
    empty = [field.name for field in FIELDS if field.name not in record]
    variants = [record, *({**record, name: filled[name]} for name in empty)]
    facts = compute_facts(frame_of(variants))
    for key in INDICATORS:
        before, *after = facts[FACT + key]
        lost = [name for name, state in zip(empty, after, strict=True) if is_lower(before, state)]
        assert lost == [], key
    for rubric in RUBRICS.values():
        points = score(facts, rubric)
        for name in points.columns:
            if name.endswith("earned"):
                before, *after = points[name]
                assert min(after, default=before) >= before, (rubric.id, name)


def is_lower(before: int, after: int) -> bool:
    """Return whether what was met, or partly so, is so no more."""
    return before >= State.PARTLY and after < before


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
@settings(max_examples=100, deadline=None)
@given(drawn=st.data())
def test_points_of_any_facts_are_those_of_the_oracle(rubric: Rubric, drawn: st.DataObject) -> None:
    any_state = st.sampled_from(State)
    found = drawn.draw(st.fixed_dictionaries(dict.fromkeys(rubric.indicators, any_state)))
    row = score(states(**found), rubric).row(0, named=True)
    told = {test.id: int(found[test.indicator]) for test in rubric.tests}
    assert row == ORACLES[rubric.id].score_of(told)


def test_worked_example_adds_metrics_and_not_percentages() -> None:
    unmet = (
        "record_names_its_data", "data_can_be_fetched", "uses_vocabulary_terms",
        "format_is_open_or_scientific",
    )  # fmt: skip
    row = score(states(**dict.fromkeys(unmet, State.UNMET)), RUBRIC).row(0, named=True)
    assert {name: (row[f"{name}.earned"], row[f"{name}.percent"]) for name in "FAIR"} == {
        "F": (6, 85.71),
        "A": (6, 85.71),
        "I": (4, 66.67),
        "R": (5, 83.33),
    }
    assert (row["earned"], row["judged"], row["percent"]) == (21, 26, 80.77)
    levels = {name: row[f"{name}.maturity"] for name in "FAIR"}
    # The standards of R1.3 are both met, and the generic one, level 1, comes last.
    assert levels == {"F": 2, "A": 3, "I": 2, "R": 2}
    assert row["maturity"] == 2.25


def test_points_by_principle_are_those_that_were_published() -> None:
    row = score(states(), RUBRIC).row(0, named=True)
    assert {name: row[f"{name}.judged"] for name in RUBRIC.principles} == {
        "F1": 2, "F2": 2, "F3": 1, "F4": 2, "A1": 3, "A1.1": 2, "A1.2": 2, "I1": 2, "I2": 2,
        "I3": 2, "R1": 2, "R1.1": 1, "R1.2": 1, "R1.3": 2,
    }  # fmt: skip
    assert (row["earned"], row["judged"], row["percent"]) == (26, 26, 100)


def test_a_mean_level_between_none_and_the_first_is_the_first() -> None:
    nothing = dict.fromkeys((test.indicator for test in RUBRIC.tests), State.UNMET)
    row = score(states(**{**nothing, "has_resource_type": State.MET}), RUBRIC).row(0, named=True)
    # Of five metrics one has level 1, and of four dimensions one.
    assert (row["R.maturity"], row["F.maturity"], row["maturity"]) == (1, 0, 1)


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_where_nothing_is_judged_nothing_is_said(rubric: Rubric) -> None:
    row = score(states(**dict.fromkeys(INDICATORS, State.NOT_ASSESSED)), rubric).row(0, named=True)
    said = {name for name, value in row.items() if value is not None}
    assert said == {name for name in row if name.endswith(("earned", "judged"))} | (
        {"maturity"} if rubric.has_maturity else set()
    )
    assert {row[name] for name in said} == {0}


def test_dimension_of_which_nothing_is_judged_counts_as_no_level() -> None:
    others = [test.indicator for m in RUBRIC.metrics if m.dimension != "A" for test in m.tests]
    found = dict.fromkeys(others, State.NOT_ASSESSED)
    row = score(states(**found), RUBRIC).row(0, named=True)
    assert (row["A.maturity"], row["R.maturity"], row["maturity"]) == (3, None, 1)
    found = dict.fromkeys((test.indicator for test in RUBRIC.metrics[-1].tests), State.MET)
    nothing = dict.fromkeys(INDICATORS, State.NOT_ASSESSED)
    row = score(states(**{**nothing, **found}), RUBRIC).row(0, named=True)
    assert (row["R.maturity"], row["R1.percent"], row["percent"]) == (3, None, 100)
