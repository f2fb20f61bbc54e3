"""Orders of fixes: gains that add up, groups that add up, and the best sets by brute force."""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdb_core.domain.gaps import exactly
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.indicators import State
from fairdb_core.indicators.packing import packed
from fairdb_core.rubrics import DEFAULT_RUBRIC, Rubric, load_rubrics
from fairdb_core.scoring.crossings import crossing_sets
from fairdb_core.scoring.fix_order import fix_gains, signatures
from fairdb_core.scoring.fixables import COUNT, Fixable, fixables, mean_percent
from fairdb_core.scoring.kernel import score
from fairdb_core.scoring.patterns import PATTERN, patterns_in
from fairdb_core.services.methods import method_of
from fairdb_core.services.narrowing import Scope, matching
from fairdb_core.services.standing import Standing

RUBRICS = list(load_rubrics().values())
USUAL = load_rubrics()[DEFAULT_RUBRIC]
by_each_rubric = pytest.mark.parametrize("rubric", RUBRICS, ids=lambda rubric: rubric.id)
seeds = st.integers(0, 2**32)


def facts_of(
    rubric: Rubric, seed: int, *, height: int = 40, only: frozenset[str] | None = None
) -> pl.DataFrame:
    """Return made-up facts; those that a record cannot decide are not assessed.

    Args:
        rubric: Whose facts they are.
        seed: Another one gives other facts.
        height: How many datasets.
        only: The facts that may fail; every one where ``None``.
    """
    decided = {check.indicator for check in fixables(rubric)}
    names = sorted({test.indicator for test in rubric.tests})
    columns = {}
    for place, name in enumerate(names):
        drawn = pl.int_range(height, eager=True).hash(seed + place) % 8
        states = drawn.replace_strict(dict(enumerate([0, 1, 1, 1, 2, 3, 3, 3])))
        if name not in decided:
            states = pl.Series([State.NOT_ASSESSED] * height)
        elif only is not None and name not in only:
            states = pl.Series([State.MET] * height)
        columns[f"fact:{name}"] = states.cast(pl.UInt8)
    return pl.DataFrame(columns)


def patterns_of(facts: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    """Return the distinct facts of those datasets of which something could be judged."""
    numbers, patterns = patterns_in(packed(facts), rubric)
    counts = np.bincount(numbers.to_numpy(), minlength=patterns.height)
    return patterns.with_columns(pl.Series(COUNT, counts)).filter(pl.col("judged") > 0)


def meet(patterns: pl.DataFrame, fixed: Iterable[Fixable], rubric: Rubric) -> pl.DataFrame:
    """Return the patterns with their scores once some checks are met wherever they fail."""
    for check in fixed:
        fails = pl.col(f"fact:{check.indicator}").is_in([State.UNMET, State.PARTLY])
        patterns = patterns.with_columns(
            pl.when(fails).then(pl.lit(State.MET, pl.UInt8)).otherwise(name).alias(name)
            for name in sorted(f"fact:{each}" for each in check.indicators)
        )
    facts = patterns.select(name for name in patterns.columns if name.startswith("fact:"))
    return patterns.with_columns(score(facts, rubric).select("percent", "earned", "judged"))


@by_each_rubric
@given(seed=seeds)
@settings(max_examples=15, deadline=None)
def test_gains_add_up_to_the_gap_to_every_check_met(rubric: Rubric, seed: int) -> None:
    facts = facts_of(rubric, seed)
    patterns = patterns_of(facts, rubric)
    now = score(facts, rubric)["percent"].drop_nulls()
    steps = fix_gains(patterns, rubric)
    best = mean_percent(meet(patterns, fixables(rubric), rubric))
    assert mean_percent(patterns) == pytest.approx(now.mean(), abs=1e-9)
    assert sum(step.gain for step in steps) == pytest.approx(best - now.mean(), abs=1e-9)
    assert steps[-1].mean == pytest.approx(best, abs=1e-9)
    groups, _ = signatures(patterns, rubric)
    assert sum(group.gain for group in groups) == pytest.approx(best - now.mean(), abs=1e-9)


@by_each_rubric
@given(seed=seeds)
@settings(max_examples=5, deadline=None)
def test_each_step_is_the_best_after_those_before_it(rubric: Rubric, seed: int) -> None:
    patterns = patterns_of(facts_of(rubric, seed), rubric)
    left = {check.check_id: check for check in fixables(rubric)}
    for step in fix_gains(patterns, rubric):
        means = {key: mean_percent(meet(patterns, [check], rubric)) for key, check in left.items()}
        assert step.mean == pytest.approx(means[step.check_id], abs=1e-9)
        assert step.mean == pytest.approx(max(means.values()), abs=1e-6)
        patterns = meet(patterns, [left.pop(step.check_id)], rubric)


def test_a_check_not_assessed_is_judged_once_another_implies_it() -> None:
    facts = facts_of(USUAL, 1, height=1, only=frozenset()).with_columns(
        pl.lit(State.UNMET, pl.UInt8).alias("fact:related_resource_is_link"),
        pl.lit(State.NOT_ASSESSED, pl.UInt8).alias("fact:has_related_resource"),
        pl.lit(State.NOT_ASSESSED, pl.UInt8).alias("fact:has_licence"),
    )
    patterns = patterns_of(facts, USUAL)
    after = meet(patterns, fixables(USUAL), USUAL).row(0, named=True)
    assert after["fact:has_related_resource"] == State.MET
    assert after["fact:has_licence"] == State.NOT_ASSESSED
    assert after["percent"] == 100
    assert [step.check_id for step in fix_gains(patterns, USUAL)] == ["FsF-I3-01M-2"]


def test_patterns_stand_for_all_datasets_that_could_be_judged() -> None:
    facts = facts_of(USUAL, 3, height=50)
    unjudged = facts.head(1).with_columns(pl.all() * 0)
    patterns = patterns_of(pl.concat([facts, facts, unjudged]), USUAL)
    assert patterns[COUNT].sum() == 100
    assert patterns.height <= 50
    assert (
        patterns.select(facts.columns)
        .sort(facts.columns)
        .equals(facts.unique().sort(facts.columns))
    )


@by_each_rubric
@given(seed=seeds, most=st.integers(1, 50))
@settings(max_examples=10, deadline=None)
def test_first_signatures_are_the_first_of_all(rubric: Rubric, seed: int, most: int) -> None:
    patterns = patterns_of(facts_of(rubric, seed), rubric)
    every, count = signatures(patterns, rubric)
    assert signatures(patterns, rubric, most=most) == (every[:most], count)
    assert count == len(every)


@by_each_rubric
@given(seed=seeds, target=st.integers(30, 100))
@settings(max_examples=5, deadline=None)
def test_crossing_sets_are_those_of_brute_force(rubric: Rubric, seed: int, target: int) -> None:
    checks = fixables(rubric)[:: max(1, len(fixables(rubric)) // 6)][:6]
    facts = facts_of(rubric, seed, height=20, only=frozenset(each.indicator for each in checks))
    patterns = patterns_of(facts, rubric)
    below = patterns.filter(pl.col("percent") < target)
    most = [
        max(
            int(meet(below, chosen, rubric).filter(pl.col("percent") >= target)[COUNT].sum())
            for chosen in combinations(checks, size)
        )
        for size in range(1, len(checks) + 1)
    ]
    found = crossing_sets(patterns, rubric, target)
    assert all(each.is_exact for each in found)
    for size in range(1, len(checks) + 1):
        within = [each.dataset_count for each in found if len(each.check_ids) <= size]
        assert max(within, default=0) == max(most[:size])
    by_id = {check.check_id: check for check in checks}
    for each in found:
        met = meet(below, [by_id[key] for key in each.check_ids], rubric)
        assert met.filter(pl.col("percent") >= target)[COUNT].sum() == each.dataset_count


def test_two_fixes_cross_where_neither_does_alone() -> None:
    checks = frozenset({"has_licence", "states_access_rights"})
    facts = facts_of(USUAL, 1, height=8, only=frozenset()).with_columns(
        pl.lit(State.UNMET, pl.UInt8).alias(f"fact:{name}") for name in checks
    )
    found = crossing_sets(patterns_of(facts, USUAL), USUAL, 100)
    assert [(len(each.check_ids), each.dataset_count, each.is_exact) for each in found] == [
        (2, 8, True)
    ]


def test_more_than_twelve_checks_are_marked_as_an_estimate_where_not_all_sets_were_tried() -> None:
    facts = facts_of(USUAL, 1, height=6, only=frozenset()).with_columns(
        pl.lit(State.UNMET, pl.UInt8).alias(f"fact:{check.indicator}")
        for check in fixables(USUAL)[:13]
    )
    found = crossing_sets(patterns_of(facts, USUAL), USUAL, 100)
    assert not found[-1].is_exact
    assert found[-1].dataset_count == 6
    twelve = facts.with_columns(
        pl.lit(State.MET, pl.UInt8).alias(f"fact:{fixables(USUAL)[12].indicator}")
    )
    assert crossing_sets(patterns_of(twelve, USUAL), USUAL, 100)[-1].is_exact


def opened(facts: pl.DataFrame, gap: str, rubric: Rubric) -> pl.DataFrame:
    """Return the datasets that a filter on a failed check opens, with their percents."""
    numbers, patterns = patterns_in(packed(facts), rubric)
    rows = pl.DataFrame({PATTERN: numbers, "percent": patterns["percent"].gather(numbers)})
    scope = Scope({}, method_of(rubric).checks, (), patterns=patterns)
    return matching(Standing(rows, patterns), Filters(chosen=((Facet.GAP, (gap,)),)), scope).rows


@by_each_rubric
def test_filter_of_a_signature_opens_its_datasets(rubric: Rubric) -> None:
    facts = facts_of(rubric, 7, height=60)
    for group in signatures(patterns_of(facts, rubric), rubric)[0]:
        found = opened(facts, exactly(group.check_ids), rubric)
        assert found.height == group.dataset_count
        assert found["percent"].mean() == pytest.approx(group.mean, abs=1e-9)


@by_each_rubric
def test_filter_of_a_step_opens_its_datasets(rubric: Rubric) -> None:
    facts = facts_of(rubric, 8, height=60)
    for step in fix_gains(patterns_of(facts, rubric), rubric):
        assert opened(facts, step.check_id, rubric).height == step.dataset_count


def test_nothing_to_fix_gives_no_order() -> None:
    patterns = patterns_of(facts_of(USUAL, 1, only=frozenset()), USUAL)
    assert (fix_gains(patterns, USUAL), signatures(patterns, USUAL)) == ([], ([], 0))
    assert crossing_sets(patterns, USUAL, 80) == []
