"""Verdicts in words: they say what the evidence says, and small swaps leave them as they are."""

import random
from statistics import fmean, variance

import pytest

from fairdb_core.domain.comparisons import Funnel, FunnelPoint, Standing
from fairdb_core.scoring.intervals import Sample
from fairdb_core.services.verdicts import funnel_verdict, verdict_of


def sample(count: int, mean: float, spread: float = 14.0) -> Sample:
    return Sample(count, mean, spread**2)


def test_two_groups_alike_cannot_be_told_apart() -> None:
    words, details = verdict_of({"Water": sample(50, 61.0), "Soil": sample(60, 60.0)})
    assert (words, details) == ("Soil and Water cannot be told apart.", ())


def test_verdict_names_who_scores_higher_and_what_stays_open() -> None:
    words, details = verdict_of(
        {"Air": sample(80, 40.0), "Rock": sample(80, 71.0), "Soil": sample(80, 70.0)}
    )
    assert words == (
        "Rock scores higher than Air. Soil scores higher than Air. "
        "Rock and Soil cannot be told apart."
    )
    assert details[0].startswith("Rock is 31.0 points above Air; between ")


def test_many_groups_alike_are_told_in_one_sentence() -> None:
    names = "abcdef"
    assert verdict_of({name: sample(30, 60.0) for name in names})[0] == (
        "The 6 groups cannot be told apart."
    )
    higher = {name: sample(30, 60.0) for name in names} | {"a": sample(30, 95.0, 4.0)}
    assert verdict_of(higher)[0] == (
        "a scores higher than b, c, d, e and f. All other pairs cannot be told apart."
    )


def test_group_below_ten_is_not_judged() -> None:
    words, _ = verdict_of(
        {"Air": sample(9, 5.0), "Soil": sample(50, 60.0), "Water": sample(50, 61.0)}
    )
    assert words == (
        "Soil and Water cannot be told apart. Air: fewer than ten datasets, too few to judge."
    )
    alone, _ = verdict_of({"Air": sample(9, 5.0), "Soil": sample(50, 60.0)})
    assert alone.startswith("There are no two groups with ten datasets or more to compare.")


@pytest.mark.parametrize(("gap", "expected"), [(0, "cannot be told"), (20, "scores higher")])
def test_small_swaps_do_not_change_the_wording(gap: float, expected: str) -> None:
    chance = random.Random(20)  # noqa: S311 - no secret
    one, other = (
        [min(100.0, max(0.0, chance.gauss(mean, 14))) for _ in range(60)] for mean in (60 + gap, 60)
    )
    words = _words(one, other)
    assert expected in words
    wordings = set()
    for _ in range(200):
        swapped, rest = list(one), list(other)
        for place in chance.sample(range(60), 3):
            swapped[place], rest[place] = rest[place], swapped[place]
        wordings.add(_words(swapped, rest))
    assert wordings == {words}


def test_order_of_means_within_chance_does_not_change_the_wording() -> None:
    up = verdict_of({"Soil": sample(50, 60.1), "Water": sample(50, 60.0)})
    down = verdict_of({"Soil": sample(50, 60.0), "Water": sample(50, 60.1)})
    assert up == down


def _words(one: list[float], other: list[float]) -> str:
    samples = {
        name: Sample(len(scores), fmean(scores), variance(scores))
        for name, scores in (("Soil", one), ("Water", other))
    }
    return verdict_of(samples)[0]


def _funnel(*standings: Standing) -> Funnel:
    points = tuple(
        FunnelPoint(str(n), f"group {n}", 20, 50.0, standing)
        for n, standing in enumerate(standings)
    )
    return Funnel(50.0, 10.0, 2.5, points, 0)


def test_funnel_names_who_stands_out() -> None:
    inside = [Standing.WITHIN] * 7
    assert funnel_verdict(_funnel(*inside), "publisher").startswith(
        "No publisher stands out: all 7 lie where chance alone"
    )
    assert funnel_verdict(_funnel(Standing.ABOVE, Standing.BELOW, *inside), "publisher") == (
        "2 of 9 stand out, above the mean of all: group 0; below the mean of all: group 1. "
        "The other 7 cannot be told apart from the mean."
    )
    assert funnel_verdict(_funnel(), "publisher") == "No group has five datasets or more."
