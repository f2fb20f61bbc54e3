"""Datasets counted by their patterns alone: the same as by going through them."""

import random

import numpy as np
import polars as pl
import pytest

from fairdb_core.domain.summaries import Sort
from fairdb_core.indicators.packing import FACT, packed
from fairdb_core.rubrics import DEFAULT_RUBRIC, load_rubrics
from fairdb_core.services import standing as counting
from fairdb_core.services.score_frames import judged_by
from fairdb_core.services.standing import Matching, Standing, first_places, left_by
from fairdb_core.services.texts import NO_TEXTS

COLUMNS = ("publisher", "collection_id", "batch_id")


def made_up(count: int, seed: int) -> Standing:
    """Return datasets of a few patterns in a few groups, some of which say no publisher."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    rubric = load_rubrics()[DEFAULT_RUBRIC]
    names = sorted({FACT + test.indicator for test in rubric.tests})
    kinds = [[chance.choice((0, 1, 2, 3)) for _ in names] for _ in range(9)]
    facts = [chance.choice(kinds) for _ in range(count)]
    rows = packed(pl.DataFrame(facts, schema=dict.fromkeys(names, pl.UInt8), orient="row"))
    rows = rows.with_columns(
        dataset_id=pl.Series(chance.sample(range(1000), count)),
        dataset_version_id=pl.Series(chance.sample(range(1000), count)),
        publisher=pl.Series([chance.choice(("ETH", "WSL", None)) for _ in range(count)]),
        collection_id=pl.Series([chance.randrange(4) for _ in range(count)]),
        batch_id=pl.Series([chance.randrange(40) for _ in range(count)]),
    )
    return Standing(*judged_by(rubric, rows), NO_TEXTS)


@pytest.mark.parametrize("kept", [0, 100, 1_000_000])
@pytest.mark.parametrize("seed", range(6))
def test_patterns_leave_what_the_datasets_of_them_are(
    monkeypatch: pytest.MonkeyPatch, kept: int, seed: int
) -> None:
    monkeypatch.setattr(counting, "MOST_CELLS_KEPT", kept)
    monkeypatch.setattr(counting, "PLACES_AT_ONCE", 16)
    standing, chance = made_up(200, seed), np.random.default_rng(seed)
    patterns = chance.random(standing.patterns.height) < (0.0, 0.2, 0.5, 0.5, 0.8, 1.0)[seed]
    mask = patterns[standing.numbers]
    found, plain = Matching(standing, None, patterns=patterns), Matching(standing, mask)
    assert found.count == plain.count == mask.sum()
    assert found.pattern_counts.tolist() == plain.pattern_counts.tolist()
    assert found.tally.equals(plain.tally)
    assert found.rows.equals(plain.rows)
    assert found.counts_of(COLUMNS) == plain.counts_of(COLUMNS)
    for column in COLUMNS:
        groups, same = found.groups(column), plain.groups(column)
        assert groups.values == same.values
        for name in ("group", "pattern", "counts"):
            assert getattr(groups, name).tolist() == getattr(same, name).tolist()
        assert found.counts(column) == plain.counts(column)
        some = standing.codes(column).values[:2]
        assert found.by_pattern(column, some).tolist() == plain.by_pattern(column, some).tolist()
    assert found.among(plain).count == plain.count
    for count in (1, 7, 500):
        expected = np.flatnonzero(mask)[:count].tolist()
        assert first_places(found, count).tolist() == expected
        assert first_places(plain, count).tolist() == expected
    for sort in (Sort.LOWEST, Sort.HIGHEST, Sort.NEWEST):
        order = [place for place in standing.order(sort).tolist() if mask[place]]
        first = counting._places_in(found, sort, 5)
        assert first.tolist()[:5] == order[:5]


def test_all_datasets_come_first_where_all_are_meant() -> None:
    assert first_places(made_up(9, 1).all, 4).tolist() == [0, 1, 2, 3]


def test_mask_leaves_what_it_marks() -> None:
    each = np.array([5, 3, 5, 7], dtype=np.uint16)
    left = left_by(np.array([True, False, False, True]), each)
    assert (left.tolist(), left.dtype) == ([5, 7], np.uint16)
