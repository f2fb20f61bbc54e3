"""Who would move by a rubric that is only tried out: by patterns as record by record."""

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core.indicators import INDICATORS
from fairdb_core.indicators.packing import FACT, PACKED, packed
from fairdb_core.rubrics import Rubric, load_rubrics
from fairdb_core.scoring.kernel import score
from fairdb_core.services.moves import largest
from fairdb_core.services.rescoring import LEAST, rescored
from fairdb_core.services.score_frames import judged_by
from fairdb_core.services.standing import Standing

RUBRICS = list(load_rubrics().values())
IDS = pytest.mark.parametrize("base", RUBRICS, ids=lambda rubric: rubric.id)


def facts_of(count: int, seed: int) -> pl.DataFrame:
    """Return facts of datasets of which many are alike, and of some nothing is known."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    kinds = [[chance.choice((0, 1, 1, 2, 3, 3)) for _ in INDICATORS] for _ in range(count // 4 + 1)]
    kinds.append([0] * len(INDICATORS))
    rows = [chance.choice(kinds) for _ in range(count)]
    schema = {FACT + name: pl.UInt8 for name in INDICATORS}
    return pl.DataFrame(rows, schema=schema, orient="row")


def heavier(rubric: Rubric, seed: int) -> Rubric:
    """Return a draft with other weights and without some of its metrics."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    metrics = tuple(
        metric.model_copy(
            update={
                "tests": tuple(
                    test.model_copy(update={"points": test.points * chance.choice((0.3, 1, 2.7))})
                    for test in metric.tests
                )
            }
        )
        for metric in rubric.metrics
        if chance.random() < 0.8 or metric is rubric.metrics[0]
    )
    return rubric.model_copy(update={"metrics": metrics, "digest": f"draft {seed}"})


@IDS
@pytest.mark.parametrize("other", RUBRICS, ids=lambda rubric: rubric.id)
@pytest.mark.parametrize("seed", range(3))
def test_moves_by_pattern_are_those_of_each_dataset(base: Rubric, other: Rubric, seed: int) -> None:
    facts, draft = facts_of(60, seed), heavier(other, seed)
    ids = list(range(100, 160))
    random.Random(seed).shuffle(ids)  # noqa: S311 - not for secrets
    rows, patterns = judged_by(base, packed(facts).with_columns(dataset_id=pl.Series(ids)))
    columns = rows.select(name for name in rows.columns if name.startswith(PACKED))
    found = rescored(Standing(rows, patterns), columns, base, draft)
    before, after = (score(facts, rubric)["percent"] for rubric in (base, draft))
    np.testing.assert_array_equal(found.before[found.numbers], before.to_numpy())
    np.testing.assert_array_equal(found.after[found.numbers], after.to_numpy())
    moves = (after - before).to_list()
    assert found.counts.sum() == sum(move is not None for move in moves)
    moved = [place for place, move in enumerate(moves) if move is not None and abs(move) > LEAST]
    moved.sort(key=lambda place: (-abs(moves[place]), ids[place]))
    for count in (1, 5, 100):
        assert found.most(count).tolist() == moved[:count]


@IDS
def test_fact_that_is_not_held_counts_as_not_assessed(base: Rubric) -> None:
    facts = facts_of(20, 1)
    held = sorted({FACT + test.indicator for test in base.tests})
    rows, patterns = judged_by(
        base, packed(facts[held]).with_columns(dataset_id=pl.Series(range(20)))
    )
    columns = rows.select(name for name in rows.columns if name.startswith(PACKED))
    for draft in RUBRICS:
        wanted = sorted({FACT + test.indicator for test in draft.tests})
        known = facts.select(
            pl.col(name) if name in held else pl.lit(0, pl.UInt8).alias(name) for name in wanted
        )
        found = rescored(Standing(rows, patterns), columns, base, draft)
        expected = score(known, draft)["percent"].to_numpy()
        np.testing.assert_array_equal(found.after[found.numbers], expected)


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 8), st.randoms())
def test_largest_come_by_ascending_key_among_equals(
    gaps: list[int], count: int, chance: random.Random
) -> None:
    keys = list(range(len(gaps)))
    chance.shuffle(keys)
    some = [place for place in range(len(gaps)) if place % 3]
    expected = sorted(some, key=lambda place: (-gaps[place], keys[place]))[:count]
    found = largest(np.array(some, np.intp), np.array(gaps), np.array(keys), count)
    assert found.tolist() == expected
