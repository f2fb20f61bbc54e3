"""Intervals cover what they promise, agree with resampling, and stay between nothing and all."""

import random
from collections.abc import Callable
from statistics import fmean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core.scoring.intervals import (
    Sample,
    are_told_apart,
    difference_interval,
    mean_interval,
    paired_interval,
    t_quantile,
)

SCORES = (40.0, 60.61, 72.73, 72.73, 81.82)
Draw = Callable[[random.Random], float]
# How scores may spread, each with its true mean.
SPREADS: dict[str, tuple[Draw, float]] = {
    "in the middle": (lambda chance: 100 * chance.betavariate(2, 2), 50.0),
    "high": (lambda chance: 100 * chance.betavariate(8, 2), 80.0),
    "near all": (lambda chance: 100 * chance.betavariate(12, 0.7), 1200 / 12.7),
    "low": (lambda chance: 100 * chance.betavariate(1, 6), 100 / 7),
    "two heaps": (lambda chance: 20.0 if chance.random() < 0.3 else 85.0, 65.5),
    "few values": (lambda chance: chance.choice(SCORES), fmean(SCORES)),
    "alike": (lambda chance: chance.gauss(60, 3), 60.0),
}


def sample_of(scores: list[float]) -> Sample:
    return Sample(len(scores), fmean(scores), variance(scores))


@pytest.mark.parametrize("count", [10, 20, 50])
@pytest.mark.parametrize("name", SPREADS)
def test_interval_holds_the_true_mean_as_often_as_it_says(name: str, count: int) -> None:
    draw, mean = SPREADS[name]
    chance = random.Random(7)  # noqa: S311 - no secret
    tries = 400
    held = 0
    for _ in range(tries):
        found = mean_interval(sample_of([draw(chance) for _ in range(count)]))
        held += found.lower <= mean <= found.upper
    assert held / tries >= 0.91


@pytest.mark.parametrize("count", [30, 100])
@pytest.mark.parametrize("name", [name for name in SPREADS if name != "alike"])
def test_interval_is_close_to_that_of_resampling(name: str, count: int) -> None:
    draw, _ = SPREADS[name]
    chance = random.Random(11)  # noqa: S311 - no secret
    scores = [draw(chance) for _ in range(count)]
    means = sorted(fmean(chance.choices(scores, k=count)) for _ in range(1_000))
    found = mean_interval(sample_of(scores))
    width = means[974] - means[25]
    assert found.lower == pytest.approx(means[25], abs=0.2 * width)
    assert found.upper == pytest.approx(means[974], abs=0.2 * width)


@pytest.mark.parametrize("count", [30, 100])
def test_difference_is_close_to_that_of_resampling(count: int) -> None:
    chance = random.Random(5)  # noqa: S311 - no secret
    one, other = (
        [SPREADS[name][0](chance) for _ in range(count)] for name in ("high", "two heaps")
    )
    gaps = sorted(
        fmean(chance.choices(one, k=count)) - fmean(chance.choices(other, k=count))
        for _ in range(1_000)
    )
    found = difference_interval(sample_of(one), sample_of(other))
    width = gaps[974] - gaps[25]
    assert found.lower == pytest.approx(gaps[25], abs=0.2 * width)
    assert found.upper == pytest.approx(gaps[974], abs=0.2 * width)


def test_equal_groups_are_rarely_told_apart_and_others_nearly_always() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    draw = SPREADS["few values"][0]
    groups = [sample_of([draw(chance) for _ in range(40)]) for _ in range(600)]
    mistaken = sum(are_told_apart(*groups[n : n + 2]) for n in range(0, 600, 2))
    assert mistaken / 300 <= 0.08
    higher = [Sample(each.count, each.mean + 15, each.variance) for each in groups]
    found = sum(are_told_apart(high, low) for high, low in zip(higher, groups[::-1], strict=True))
    assert found / 600 >= 0.97


@given(
    count=st.integers(2, 10_000),
    mean=st.floats(0, 100),
    share=st.floats(0, 1),
    level=st.sampled_from([0.9, 0.95, 0.999]),
)
def test_interval_holds_its_mean_and_leaves_no_bounds(
    count: int, mean: float, share: float, level: float
) -> None:
    most = mean * (100 - mean) * count / (count - 1)
    found = mean_interval(Sample(count, mean, share * most), level)
    assert 0 <= found.lower <= mean + 1e-9
    assert mean - 1e-9 <= found.upper <= 100


def test_difference_below_a_point_does_not_count_however_sure_it_is() -> None:
    one, other = Sample(1_000_000, 60.9, 100.0), Sample(1_000_000, 60.0, 100.0)
    assert difference_interval(one, other).lower > 0
    assert not are_told_apart(one, other)
    assert are_told_apart(Sample(1_000_000, 61.1, 100.0), other)


def test_more_pairs_make_each_one_stricter() -> None:
    one, other = Sample(40, 66.5, 200.0), Sample(40, 60.0, 200.0)
    assert are_told_apart(one, other)
    assert not are_told_apart(one, other, pairs=15)


@pytest.mark.parametrize(
    ("freedom", "expected"), [(4, 2.7764), (9, 2.2622), (29, 2.0452), (1000, 1.9623)]
)
def test_quantile_is_that_of_the_tables(freedom: int, expected: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(expected, rel=2e-3)


def test_paired_interval_is_the_usual_one() -> None:
    found = paired_interval(25, 2.0, 4.0)
    assert (found.lower, found.upper) == pytest.approx((2 - 0.8256, 2 + 0.8256), abs=1e-3)
