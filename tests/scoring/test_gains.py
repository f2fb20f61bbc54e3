"""What a check would bring, against scoring once more with the check met."""

import polars as pl
import pytest

from fairdb_core.indicators import Basis, State
from fairdb_core.records import frame_of
from fairdb_core.rubrics import Rubric, load_rubrics
from fairdb_core.scoring.gains import gains, mean_gains, point_gain
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.levels import FACT
from tests.scoring import made_up

RUBRICS = load_rubrics()
ALWAYS = pl.lit(int(State.MET), pl.UInt8).alias(f"{FACT}always")


@pytest.fixture(scope="module")
def facts() -> pl.DataFrame:
    return compute_facts(frame_of([{}, *made_up.records(60, 3)])).with_columns(ALWAYS)


def with_met(rubric: Rubric, met: set[str]) -> Rubric:
    """Return a rubric in which some tests rest on a fact that is always met."""
    metrics = tuple(
        metric.model_copy(
            update={
                "tests": tuple(
                    test.model_copy(update={"indicator": "always"}) if test.id in met else test
                    for test in metric.tests
                )
            }
        )
        for metric in rubric.metrics
    )
    return rubric.model_copy(update={"metrics": metrics})


def shares(points: pl.DataFrame) -> pl.Series:
    share = pl.when(pl.col("judged") > 0).then(100 * pl.col("earned") / pl.col("judged"))
    return points.select(share.otherwise(0.0)).to_series()


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_gain_is_what_scoring_with_the_check_met_gives_more(
    rubric: Rubric, facts: pl.DataFrame
) -> None:
    before, rises = score(facts, rubric), gains(facts, rubric)
    for test in rubric.tests:
        after = score(facts, with_met(rubric, {test.id, *test.implies}))
        points = facts.select(point_gain(test, rubric)).to_series()
        assert points.to_list() == pytest.approx((after["earned"] - before["earned"]).to_list())
        if test.id in rises.columns:
            rise = (shares(after) - shares(before)).to_list()
            assert rises[test.id].to_list() == pytest.approx(rise)


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_gains_are_of_the_checks_that_a_record_decides(rubric: Rubric, facts: pl.DataFrame) -> None:
    decidable = [
        test.id for test in rubric.tests if test.fact.basis not in {Basis.NETWORK, Basis.PERSON}
    ]
    assert gains(facts, rubric).columns == decidable
    assert {gain.check_id for gain in mean_gains(facts, rubric)} == set(decidable)


def test_mean_gains_count_and_average_and_come_in_order(facts: pl.DataFrame) -> None:
    rubric = RUBRICS["fsf_v0_8"]
    rises, found = gains(facts, rubric), mean_gains(facts, rubric)
    assert [(-gain.mean_gain, gain.check_id) for gain in found] == sorted(
        (-gain.mean_gain, gain.check_id) for gain in found
    )
    by_id = {test.id: test for test in rubric.tests}
    for gain in found:
        states = facts[FACT + by_id[gain.check_id].indicator].to_list()
        assert gain.dataset_count == sum(state != State.MET for state in states)
        assert gain.mean_gain == pytest.approx(sum(rises[gain.check_id]) / facts.height)


def test_no_records_have_no_gains() -> None:
    assert mean_gains(compute_facts(frame_of([])), RUBRICS["fsf_v0_8"]) == []


def test_gain_in_a_rubric_of_which_nothing_is_judged_is_the_whole() -> None:
    rubric = RUBRICS["fsf_v0_8"]
    only = rubric.model_copy(update={"metrics": (rubric.metric_of("FsF-R1.3-01M-1"),)})
    facts = compute_facts(frame_of([{}]))
    assert gains(facts, only).row(0) == (100, 100)


def test_one_point_that_is_earned_already_brings_nothing() -> None:
    rubric = RUBRICS["fsf_v0_8"]
    only = rubric.model_copy(update={"metrics": (rubric.metric_of("FsF-R1.1-01M-1"),)})
    facts = compute_facts(frame_of([{"license": "CC0-1.0"}, {}]))
    assert gains(facts, only).to_series().to_list() == [0, 100]


def test_check_without_points_brings_nothing() -> None:
    rubric = RUBRICS["fsf_v0_8"]
    metric = rubric.metric_of("FsF-F1-01MD-2")
    only = rubric.model_copy(
        update={"metrics": (metric.model_copy(update={"tests": metric.tests[1:]}),)}
    )
    facts = compute_facts(frame_of([{}]))
    assert gains(facts, only).row(0) == (0,)


def test_check_that_implies_one_of_another_metric_brings_both() -> None:
    rubric = RUBRICS["fsf_v0_8"]
    licence, link = rubric.metric_of("FsF-R1.1-01M-1"), rubric.metric_of("FsF-F3-01M-2")
    (test,) = link.tests
    implying = test.model_copy(update={"implies": (licence.tests[0].id,)})
    two = rubric.model_copy(
        update={"metrics": (licence, link.model_copy(update={"tests": (implying,)}))}
    )
    facts = compute_facts(frame_of([{}]))
    assert facts.select(point_gain(implying, two)).item() == 2
    assert gains(facts, two).row(0) == (50, 100)
