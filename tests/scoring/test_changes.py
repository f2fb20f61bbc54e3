"""Whatever happened, the parts of a change add up, and every version stands when it should."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdb_core.domain.histories import ChangeKind
from fairdb_core.repositories.assessments import live
from fairdb_core.scoring.changes import batch_steps, effect, movement_of, parts_of
from fairdb_core.scoring.spans import (
    counted,
    course_of,
    stands_at,
    state_at,
    total_of,
    with_spans,
)

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SCHEMA = {
    "dataset_id": pl.Int64,
    "batch_id": pl.Int64,
    "percent": pl.Float64,
    "percent_then": pl.Float64,
    "is_deleted": pl.Boolean,
    "is_meant": pl.Boolean,
}
PERCENTS = st.one_of(st.none(), st.integers(0, 10_000).map(lambda cents: cents / 100))
VERSION = st.tuples(
    st.integers(1, 6), st.integers(0, 9), PERCENTS, PERCENTS, st.booleans(), st.booleans()
)
HISTORIES = st.lists(VERSION, min_size=1, max_size=60)
TIMES = st.integers(-1, 10).map(lambda day: START + day * DAY)


def rows_of(versions: list[tuple[object, ...]], order: list[int]) -> pl.DataFrame:
    """Return versions by ascending key; the batch of a number happens on the day ``order`` says."""
    return (
        pl.DataFrame(versions, schema=SCHEMA, orient="row")
        .with_row_index("dataset_version_id")
        .with_columns(
            batch_at=pl.lit(START)
            + pl.col("batch_id").replace_strict(dict(enumerate(order))) * pl.lit(DAY)
        )
    )


@settings(max_examples=300, deadline=None)
@given(versions=HISTORIES, order=st.permutations(range(10)), at=TIMES)
def test_version_stands_exactly_when_it_is_the_last_of_its_dataset(
    versions: list[tuple[object, ...]], order: list[int], at: datetime
) -> None:
    rows = rows_of(versions, order)
    expected = live(rows, at=at)["dataset_version_id"].to_list()
    found = with_spans(rows).filter(stands_at(at))["dataset_version_id"].to_list()
    assert sorted(found) == sorted(expected)


@settings(max_examples=500, deadline=None)
@given(versions=HISTORIES, order=st.permutations(range(10)), times=st.tuples(TIMES, TIMES))
def test_parts_and_batches_add_up_to_the_difference_of_the_means(
    versions: list[tuple[object, ...]], order: list[int], times: tuple[datetime, datetime]
) -> None:
    since, until = sorted(times)
    spans = with_spans(rows_of(versions, order))
    now = counted(spans, matches=spans["is_meant"])
    then = counted(spans.with_columns(percent="percent_then"), matches=spans["is_meant"])
    moved = movement_of(now, since, until, by_rubric_before=then)
    parts = parts_of(moved)
    meant = spans.filter("is_meant")
    before = live_mean(meant, spans, since, "percent_then")
    after = live_mean(meant, spans, until, "percent")
    assert moved.before.mean == pytest.approx(before, abs=1e-9)
    assert moved.after.mean == pytest.approx(after, abs=1e-9)
    if not parts:
        assert None in (moved.before.mean, moved.rescored.mean, moved.after.mean)
        return
    total = (moved.after.mean or 0) - (moved.before.mean or 0)
    assert sum(part.points for part in parts) == pytest.approx(total, abs=1e-12)
    by_rubric = parts[0].points
    by_batch = [
        effect(cents, count, moved.rescored, moved.after)
        for _, count, cents, _ in batch_steps(now, since, until).iter_rows()
    ]
    assert sum(by_batch) == pytest.approx(total - by_rubric, abs=1e-12)
    signs = {part.kind: part.points for part in parts}
    assert signs[ChangeKind.FIXED] >= 0 >= signs[ChangeKind.WORSENED]


def live_mean(meant: pl.DataFrame, spans: pl.DataFrame, at: datetime, column: str) -> float | None:
    """Return the mean the plain way: the last versions, those that are meant, their percents."""
    last = live(spans, at=at).join(meant, on="dataset_version_id", how="semi")
    return last[column].drop_nulls().mean()  # type: ignore[return-value]


@settings(max_examples=200, deadline=None)
@given(versions=HISTORIES, order=st.permutations(range(10)))
def test_course_is_the_mean_at_every_moment(
    versions: list[tuple[object, ...]], order: list[int]
) -> None:
    rows = counted(with_spans(rows_of(versions, order)))
    for at, count, mean in course_of(rows).iter_rows():
        total = total_of(state_at(rows, at))
        assert (count, mean) == (total.count, pytest.approx(total.mean, abs=1e-9))


def test_parts_of_a_history_worked_out_by_hand() -> None:
    rows = rows_of(
        [
            (1, 0, 20.0, 30.0, False, True),
            (2, 0, 40.0, 50.0, False, True),
            (3, 0, 60.0, 70.0, False, True),
            (1, 1, 80.0, None, False, True),
            (2, 1, 35.0, None, False, True),
            (3, 2, 60.0, None, True, True),
            (4, 2, 10.0, None, False, True),
            (5, 2, 90.0, None, False, True),
        ],
        list(range(10)),
    )
    now = counted(with_spans(rows))
    then = counted(with_spans(rows).with_columns(percent="percent_then"))
    moved = movement_of(now, START, START + 5 * DAY, by_rubric_before=then)
    # Before 50 by the old rubric and 40 by the new; after (80 + 35 + 10 + 90) / 4 = 53.75.
    assert {part.kind.value: (part.points, part.count) for part in parts_of(moved)} == {
        "rubric": (-10.0, 3),
        "fixed": (15.0, 1),
        "worsened": (-1.25, 1),
        "new": (5.0, 2),
        "removed": (-5.0, 1),
    }
    steps = batch_steps(now, START, START + 5 * DAY)
    assert [
        (batch_id, effect(cents, count, moved.rescored, moved.after), datasets)
        for batch_id, count, cents, datasets in steps.iter_rows()
    ] == [(1, 13.75, 2), (2, 0.0, 3)]


def test_empty_store_has_no_spans() -> None:
    assert with_spans(pl.DataFrame()).is_empty()
