"""Whatever happened, the parts of a change add up, and every version stands when it should."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdb_core.domain.histories import ChangeKind
from fairdb_core.repositories.assessments import live
from fairdb_core.scoring.changes import effect, parts_of
from fairdb_core.scoring.quantiles import ranks_of
from fairdb_core.scoring.spans import UNTIL, with_spans
from fairdb_core.services.migrations import percents_of
from fairdb_core.services.moves import Moved, Moves
from fairdb_core.services.past import Past, told
from fairdb_core.services.standing import Mask
from fairdb_core.services.steps import course_of, movement, steps

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


def past_of(rows: pl.DataFrame, column: str = "percent") -> Past:
    """Return versions as services hold them, by one of two rubrics."""
    rows = rows.with_columns(percent=pl.col(column))
    before, standing = told(rows)
    every = pl.concat([before.drop(UNTIL), standing])
    return Past(every, ranks_of(every["percent"].to_numpy()), before[UNTIL])


def meant_of(past: Past) -> Mask:
    return past.rows["is_meant"].to_numpy()


@settings(max_examples=300, deadline=None)
@given(versions=HISTORIES, order=st.permutations(range(10)), at=TIMES)
def test_version_stands_exactly_when_it_is_the_last_of_its_dataset(
    versions: list[tuple[object, ...]], order: list[int], at: datetime
) -> None:
    rows = rows_of(versions, order)
    expected = live(rows, at=at).drop_nulls("percent")["dataset_version_id"].to_list()
    past = past_of(rows)
    found = past.rows.filter(pl.Series(past.standing_at(at)))["dataset_version_id"].to_list()
    assert sorted(found) == sorted(expected)
    assert past.counted().states([at])[0].count == len(expected)


@settings(max_examples=300, deadline=None)
@given(versions=HISTORIES, order=st.permutations(range(10)), times=st.tuples(TIMES, TIMES))
def test_moves_are_the_datasets_that_counted_otherwise(
    versions: list[tuple[object, ...]], order: list[int], times: tuple[datetime, datetime]
) -> None:
    since, until = sorted(times)
    rows = rows_of(versions, order)
    past = past_of(rows)
    then, now = (percents_at(rows, at) for at in (since, until))
    pairs = {each: (then.get(each), now.get(each)) for each in then | now}
    moves = Moves(past.counted(meant_of(past)), since, until)
    found = moves.most(60)
    assert {each.dataset_id: (each.before, each.after) for each in found} == {
        each: pair for each, pair in pairs.items() if pair[0] != pair[1]
    }
    assert len(found) == sum(count for count, _ in moves.sums().values())
    for each in found:
        of_it = rows.filter(pl.col("dataset_id") == each.dataset_id)
        last = of_it["dataset_version_id"].max()
        assert past.rows["dataset_version_id"][each.place] == last
    for kind in ChangeKind:
        of_kind = [each for each in found if each.kind is kind]
        assert of_kind == sorted(of_kind, key=by_size)
        assert [each for each in moves.most(2) if each.kind is kind] == of_kind[:2]
    counted: Counter[tuple[float | None, float | None]] = Counter()
    percents = percents_of(moves)
    for before, after, count in zip(percents.before, percents.after, percents.counts, strict=True):
        pair = [None if np.isnan(percent) else percent for percent in (before, after)]
        counted[pair[0], pair[1]] += int(count)
    assert counted == Counter(pairs.values())


def percents_at(rows: pl.DataFrame, at: datetime) -> dict[int, float]:
    """Return the plain way with which percents those datasets count that are meant."""
    found = live(rows, at=at).filter("is_meant").drop_nulls("percent")
    return dict(found.select("dataset_id", "percent").iter_rows())


def by_size(moved: Moved) -> tuple[int, int]:
    """Return what moves of a kind are sorted by."""
    return -abs(round(100 * ((moved.after or 0) - (moved.before or 0)))), moved.dataset_id


@settings(max_examples=500, deadline=None)
@given(versions=HISTORIES, order=st.permutations(range(10)), times=st.tuples(TIMES, TIMES))
def test_parts_and_batches_add_up_to_the_difference_of_the_means(
    versions: list[tuple[object, ...]], order: list[int], times: tuple[datetime, datetime]
) -> None:
    since, until = sorted(times)
    rows = rows_of(versions, order)
    past, meant = past_of(rows), rows.filter("is_meant")
    chosen = meant_of(past)
    counted = past.counted(chosen)
    before_counted = past_of(rows, "percent_then").counted(chosen)
    moved = movement(Moves(counted, since, until), by_rubric_before=before_counted)
    parts = parts_of(moved)
    before = live_mean(meant, rows, since, "percent_then")
    after = live_mean(meant, rows, until, "percent")
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
        for _, count, cents, _ in steps(counted, since, until).iter_rows()
    ]
    assert sum(by_batch) == pytest.approx(total - by_rubric, abs=1e-12)
    signs = {part.kind: part.points for part in parts}
    assert signs[ChangeKind.FIXED] >= 0 >= signs[ChangeKind.WORSENED]


def live_mean(meant: pl.DataFrame, rows: pl.DataFrame, at: datetime, column: str) -> float | None:
    """Return the mean the plain way: the last versions, those that are meant, their percents."""
    last = live(rows, at=at).join(meant, on="dataset_version_id", how="semi")
    return last[column].drop_nulls().mean()  # type: ignore[return-value]


@settings(max_examples=200, deadline=None)
@given(versions=HISTORIES, order=st.permutations(range(10)))
def test_course_is_the_mean_at_every_moment(
    versions: list[tuple[object, ...]], order: list[int]
) -> None:
    rows = rows_of(versions, order)
    for at, count, mean in course_of(past_of(rows)).iter_rows():
        percents = live(rows, at=at)["percent"].drop_nulls()
        assert (count, mean) == (percents.len(), pytest.approx(percents.mean(), abs=1e-9))


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
    past, end = past_of(rows), START + 5 * DAY
    moved = movement(
        Moves(past.counted(), START, end),
        by_rubric_before=past_of(rows, "percent_then").counted(),
    )
    # Before 50 by the old rubric and 40 by the new; after (80 + 35 + 10 + 90) / 4 = 53.75.
    assert {part.kind.value: (part.points, part.count) for part in parts_of(moved)} == {
        "rubric": (-10.0, 3),
        "fixed": (15.0, 1),
        "worsened": (-1.25, 1),
        "new": (5.0, 2),
        "removed": (-5.0, 1),
    }
    assert [
        (batch_id, effect(cents, count, moved.rescored, moved.after), datasets)
        for batch_id, count, cents, datasets in steps(past.counted(), START, end).iter_rows()
    ] == [(1, 13.75, 2), (2, 0.0, 3)]


def test_empty_store_has_no_spans() -> None:
    assert with_spans(pl.DataFrame()).is_empty()
