"""Orders of fixes: gains that add up, groups that add up, and the best sets by brute force."""

import random
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdb_core.domain.gaps import exactly, with_gaps
from fairdb_core.domain.summaries import Filters
from fairdb_core.indicators import INDICATORS, State
from fairdb_core.indicators.packing import packed
from fairdb_core.rubrics import DEFAULT_RUBRIC, Rubric, load_rubrics
from fairdb_core.scoring.crossings import crossing_sets
from fairdb_core.scoring.fix_order import fix_gains, signatures, single_gains
from fairdb_core.scoring.fixables import (
    COUNT,
    Fixable,
    failing_counts,
    fixables,
    fixes_due,
    mean_percent,
)
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
    left = {fix.field: fix.checks for fix in fixes_due(patterns, rubric)}
    for step in fix_gains(patterns, rubric):
        means = {
            field: mean_percent(meet(patterns, checks, rubric)) for field, checks in left.items()
        }
        assert step.mean == pytest.approx(means[step.field], abs=1e-9)
        assert step.mean == pytest.approx(max(means.values()), abs=1e-6)
        patterns = meet(patterns, left.pop(step.field), rubric)


@by_each_rubric
@given(seed=seeds)
@settings(max_examples=5, deadline=None)
def test_each_fix_is_one_field_with_every_failed_check_that_it_settles(
    rubric: Rubric, seed: int
) -> None:
    patterns = patterns_of(facts_of(rubric, seed), rubric)
    failing = failing_counts(patterns, fixables(rubric))
    steps = fix_gains(patterns, rubric)
    assert len({step.field for step in steps}) == len(steps)
    fields = {
        check.check_id: INDICATORS[check.indicator].fix_fields[0] for check in fixables(rubric)
    }
    for step in steps:
        assert set(step.check_ids) == {key for key in failing if fields[key] == step.field}
        assert max(failing[check_id] for check_id in step.check_ids) <= step.dataset_count


@by_each_rubric
@given(seed=seeds)
@settings(max_examples=5, deadline=None)
def test_gain_of_a_single_fix_is_what_the_mean_rises_by_it_alone(rubric: Rubric, seed: int) -> None:
    patterns = patterns_of(facts_of(rubric, seed), rubric)
    due = {fix.field: fix.checks for fix in fixes_due(patterns, rubric)}
    found = single_gains(patterns, rubric)
    for each in found:
        after = mean_percent(meet(patterns, due[each.field], rubric))
        assert each.mean == pytest.approx(after, abs=1e-9)
        assert each.gain == pytest.approx(after - mean_percent(patterns), abs=1e-9)
    assert found == sorted(found, key=lambda each: (-round(each.gain, 6), each.field))
    assert found[0] == fix_gains(patterns, rubric)[0]


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
    assert [(step.field, step.check_ids) for step in fix_gains(patterns, USUAL)] == [
        ("related_identifiers", ("FsF-I3-01M-2",))
    ]


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
    fields = sorted({INDICATORS[check.indicator].fix_fields[0] for check in fixables(rubric)})
    some = random.Random(seed).sample(fields, 6)  # noqa: S311 - not for secrets
    only = {
        check.indicator
        for check in fixables(rubric)
        if INDICATORS[check.indicator].fix_fields[0] in some
    }
    patterns = patterns_of(facts_of(rubric, seed, height=20, only=frozenset(only)), rubric)
    below = patterns.filter(pl.col("percent") < target)
    fixes = {fix.field: fix.checks for fix in fixes_due(below, rubric)}

    def crossing(done: Iterable[str]) -> int:
        met = meet(below, [check for field in done for check in fixes[field]], rubric)
        return int(met.filter(pl.col("percent") >= target)[COUNT].sum())

    most = [max(map(crossing, combinations(fixes, size))) for size in range(1, len(fixes) + 1)]
    found = crossing_sets(patterns, rubric, target)
    assert all(each.is_exact for each in found)
    for size in range(1, len(fixes) + 1):
        within = [each.dataset_count for each in found if len(each.fields) <= size]
        assert max(within, default=0) == max(most[:size])
    for each in found:
        assert crossing(each.fields) == each.dataset_count
        settled = {check.check_id for field in each.fields for check in fixes[field]}
        assert set(each.check_ids) == settled


def test_two_fixes_cross_where_neither_does_alone() -> None:
    checks = frozenset({"has_licence", "states_access_rights"})
    facts = facts_of(USUAL, 1, height=8, only=frozenset()).with_columns(
        pl.lit(State.UNMET, pl.UInt8).alias(f"fact:{name}") for name in checks
    )
    found = crossing_sets(patterns_of(facts, USUAL), USUAL, 100)
    assert [(each.fields, each.dataset_count, each.is_exact) for each in found] == [
        (("access_rights", "license"), 8, True)
    ]


def test_more_than_twelve_fixes_are_marked_as_an_estimate_where_not_all_sets_were_tried() -> None:
    first = {INDICATORS[check.indicator].fix_fields[0]: check for check in fixables(USUAL)}
    wrong = [f"fact:{check.indicator}" for check in first.values()][:13]
    facts = facts_of(USUAL, 1, height=6, only=frozenset()).with_columns(
        pl.lit(State.UNMET, pl.UInt8).alias(name) for name in wrong
    )
    found = crossing_sets(patterns_of(facts, USUAL), USUAL, 100)
    assert not found[-1].is_exact
    assert found[-1].dataset_count == 6
    twelve = facts.with_columns(pl.lit(State.MET, pl.UInt8).alias(wrong[-1]))
    assert crossing_sets(patterns_of(twelve, USUAL), USUAL, 100)[-1].is_exact


def opened(facts: pl.DataFrame, gaps: Sequence[str], rubric: Rubric) -> pl.DataFrame:
    """Return the datasets that a filter on failed checks opens, with their percents."""
    numbers, patterns = patterns_in(packed(facts), rubric)
    rows = pl.DataFrame({PATTERN: numbers, "percent": patterns["percent"].gather(numbers)})
    scope = Scope({}, method_of(rubric).checks, (), patterns=patterns)
    return matching(Standing(rows, patterns), with_gaps(Filters(), gaps), scope).rows


@by_each_rubric
def test_filter_of_a_signature_opens_its_datasets(rubric: Rubric) -> None:
    facts = facts_of(rubric, 7, height=60)
    for group in signatures(patterns_of(facts, rubric), rubric)[0]:
        found = opened(facts, [exactly(group.check_ids)], rubric)
        assert found.height == group.dataset_count
        assert found["percent"].mean() == pytest.approx(group.mean, abs=1e-9)


@by_each_rubric
def test_filter_of_a_step_opens_its_datasets(rubric: Rubric) -> None:
    facts = facts_of(rubric, 8, height=60)
    for step in fix_gains(patterns_of(facts, rubric), rubric):
        assert opened(facts, step.check_ids, rubric).height == step.dataset_count


def test_nothing_to_fix_gives_no_order() -> None:
    patterns = patterns_of(facts_of(USUAL, 1, only=frozenset()), USUAL)
    assert (fix_gains(patterns, USUAL), signatures(patterns, USUAL)) == ([], ([], 0))
    assert single_gains(patterns, USUAL) == []
    assert crossing_sets(patterns, USUAL, 80) == []
