"""How datasets stood before, against the same worked out version by version."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core.repositories.assessments import live
from fairdb_core.scoring.patterns import PATTERN
from fairdb_core.scoring.quantiles import ranks_of
from fairdb_core.services import courses
from fairdb_core.services.courses import Course
from fairdb_core.services.overview import times_of
from fairdb_core.services.past import Past, told

START = datetime(2026, 1, 1, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.integers(0, 300),
        st.one_of(st.none(), st.integers(0, 20).map(lambda n: n * 5.0)),
        st.booleans(),
    ),
    min_size=1,
    max_size=25,
)


def rows_of(
    steps: Sequence[tuple[int, int, float | None, bool]], *, is_in_order: bool
) -> pl.DataFrame:
    """Return versions: of a dataset, on a day, with a percent, mostly no deletions."""
    days = [day for _, day, _, _ in steps]
    days = sorted(days) if is_in_order else days
    return pl.DataFrame(
        {
            "collection_id": 1,
            "dataset_id": [dataset for dataset, *_ in steps],
            "dataset_version_id": list(range(1, len(steps) + 1)),
            "batch_id": [day + 1 for day in days],
            "batch_at": [START + timedelta(days=day) for day in days],
            "percent": pl.Series([percent for *_, percent, _ in steps], dtype=pl.Float64),
            "is_deleted": [is_deleted and dataset > 3 for dataset, *_, is_deleted in steps],
        },
        schema_overrides={"batch_at": pl.Datetime("us", "UTC")},
    )


def course_of(rows: pl.DataFrame, dataset_ids: Sequence[int] | None = None) -> Course:
    before, standing = told(rows)
    every = pl.concat([before.drop("until_at"), standing])
    past = Past(every, ranks_of(every["percent"].to_numpy()), before["until_at"])
    mask = None
    if dataset_ids is not None:
        mask = standing["dataset_id"].is_in(dataset_ids).to_numpy()
    return courses.course_of(past, past.of_live(mask), times_of)


@given(STEPS)
def test_trend_is_what_stood_at_each_time(
    steps: list[tuple[int, int, float | None, bool]],
) -> None:
    rows = rows_of(steps, is_in_order=True)
    found = course_of(rows).trend
    expected = []
    for at in times_of(rows["batch_at"]):
        percents = live(rows, at=at)["percent"].drop_nulls()
        if percents.len():
            expected.append((at, percents.mean(), percents.median(), percents.len()))
    assert [(p.at, p.count) for p in found] == [(at, count) for at, _, _, count in expected]
    assert np.allclose([p.mean for p in found], [mean for _, mean, _, _ in expected])
    assert np.allclose([p.median for p in found], [middle for _, _, middle, _ in expected])


@given(STEPS, st.sets(st.integers(1, 6), min_size=1))
def test_trend_of_some_is_that_of_a_store_with_only_these(
    steps: list[tuple[int, int, float | None, bool]], dataset_ids: set[int]
) -> None:
    rows = rows_of(steps, is_in_order=True)
    standing = set(live(rows)["dataset_id"]) & dataset_ids
    alone = rows.filter(pl.col("dataset_id").is_in(list(standing)))
    found = course_of(rows, list(dataset_ids))
    assert found == (course_of(alone) if alone.height else Course())


@given(STEPS, st.sets(st.integers(0, 43)), st.booleans())
def test_course_of_some_patterns_is_that_of_the_live_datasets_that_have_them(
    steps: list[tuple[int, int, float | None, bool]], chosen: set[int], is_in_order: bool
) -> None:
    check_course_of_patterns(rows_of(steps, is_in_order=is_in_order), chosen)


def test_course_of_some_patterns_is_right_where_there_are_many_more_of_them() -> None:
    steps = [(dataset, dataset * 9 % 5, dataset % 4 * 5.0, False) for dataset in range(1, 60)]
    again = [(dataset, 7, 20.0, False) for dataset in range(1, 20)]
    check_course_of_patterns(rows_of([*steps, *again], is_in_order=True), {2, 5, 10}, times=10**5)


def check_course_of_patterns(rows: pl.DataFrame, chosen: set[int], *, times: int = 1) -> None:
    # Two patterns for each percent, and two where nothing is judged.
    pattern = ((pl.col("percent").fill_null(-5) / 5 + 1) * 2 + pl.col("batch_id") % 2) * times
    before, standing = told(rows.with_columns(pattern.cast(pl.UInt32).alias(PATTERN)))
    every = pl.concat([before.drop("until_at"), standing])
    past = Past(every, ranks_of(every["percent"].to_numpy()), before["until_at"])
    patterns = np.zeros(44 * times, dtype=bool)
    patterns[[number * times for number in chosen]] = True
    stood = past.of_patterns(patterns)
    alike = past.of_live(patterns[standing[PATTERN].to_numpy()])
    at = times_of(rows["batch_at"])
    assert stood.trend(at) == alike.trend(at)
    assert stood.times.to_list() == alike.times.to_list()
    assert courses.course_of(past, stood, times_of) == courses.course_of(past, alike, times_of)


@given(STEPS)
def test_change_is_between_a_quarter_ago_and_now(
    steps: list[tuple[int, int, float | None, bool]],
) -> None:
    rows = rows_of(steps, is_in_order=True)
    change = course_of(rows).change
    if change is None:
        return
    then, now = (
        part.select("dataset_id", "percent").drop_nulls()
        for part in (live(rows, at=change.since), live(rows))
    )
    both = now.join(then, on="dataset_id", suffix="_then")
    moved = (both["percent"] - both["percent_then"]).sum() / now.height
    assert change.from_edits == pytest.approx(moved)
    assert change.total == pytest.approx(now["percent"].mean() - then["percent"].mean())
    assert change.from_edits + change.from_membership == pytest.approx(change.total, abs=1e-12)


@given(STEPS)
def test_batches_told_out_of_order_leave_the_last_version_standing(
    steps: list[tuple[int, int, float | None, bool]],
) -> None:
    rows = rows_of(steps, is_in_order=False)
    before, standing = told(rows)
    assert standing.sort("dataset_id").equals(live(rows).sort("dataset_id"))
    assert before.height + standing.height == rows.height
    assert (before["until_at"].drop_nulls() >= START).all()
    assert all(point.count >= 0 for point in course_of(rows).trend)
