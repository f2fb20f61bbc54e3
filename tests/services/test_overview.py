"""Figures over a few datasets, worked out by hand."""

from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest

from fairdb_core.domain.summaries import Change, CheckMethod, Fix
from fairdb_core.scoring.quantiles import Spread, ranks_of
from fairdb_core.services import overview
from fairdb_core.services.courses import Course, course_of
from fairdb_core.services.past import Past, told

JANUARY = datetime(2026, 1, 10, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 20, 9, tzinfo=UTC)
CHECKS = (
    CheckMethod(
        "L", "licence", "R", "R1.1", "Is a licence given?", 1, "", "", "record", fields=("license",)
    ),
    CheckMethod("K", "keywords", "F", "F2", "Are there keywords?", 2, "", "", "record"),
    CheckMethod("N", "unscored", "F", "F2", "Does it not count?", 0, "", "", "record"),
)


def _rows(*rows: tuple[int, int, datetime, float | None, bool]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "dataset_id": pl.Int64,
            "dataset_version_id": pl.Int64,
            "batch_at": pl.Datetime("us", "UTC"),
            "percent": pl.Float64,
            "is_deleted": pl.Boolean,
        },
        orient="row",
    ).with_columns(batch_id=pl.col("batch_at").rank("dense"))


def _course(rows: pl.DataFrame, mask: list[bool] | None = None) -> Course:
    before, live = told(rows)
    every = pl.concat([before.drop("until_at"), live])
    past = Past(every, ranks_of(every["percent"].to_numpy()), before["until_at"])
    return course_of(
        past, past.of_live(None if mask is None else np.array(mask)), overview.times_of
    )


def test_trend_takes_the_datasets_as_they_stood_after_each_day() -> None:
    rows = _rows(
        (1, 1, JANUARY, 20.0, False),
        (2, 2, JANUARY, 40.0, False),
        (1, 3, JUNE, 80.0, False),
        (2, 4, JUNE, 40.0, True),
    )
    trend = _course(rows).trend
    assert [(p.at, p.mean, p.count) for p in trend] == [(JANUARY, 30.0, 2), (JUNE, 80.0, 1)]


def test_trend_of_many_days_is_told_by_months() -> None:
    rows = _rows(
        *((day, day, datetime(2026, 1, day, tzinfo=UTC), float(day), False) for day in range(1, 31))
    )
    trend = _course(rows).trend
    assert [(p.at.day, p.count) for p in trend] == [(30, 30)]


def test_change_parts_add_up_to_the_whole() -> None:
    rows = _rows(
        (1, 1, JANUARY, 20.0, False),
        (2, 2, JANUARY, 40.0, False),
        (1, 3, JUNE, 60.0, False),
        (3, 4, JUNE, 10.0, False),
    )
    change = _course(rows).change
    assert change is not None
    assert change.since == JANUARY
    assert change.from_edits == pytest.approx(40 / 3)
    assert change.total == pytest.approx(110 / 3 - 30)
    assert change.from_edits + change.from_membership == pytest.approx(change.total, abs=1e-12)


def test_change_needs_two_points_in_time() -> None:
    rows = _rows((1, 1, JANUARY, 20.0, False))
    assert _course(rows).change is None


def test_bins_hold_their_start_and_the_last_holds_a_hundred() -> None:
    bins = overview.bins_of(Spread(np.array([0, 9.99, 10, 99, 100]), np.array([1, 1, 1, 1, 2])))
    assert [each.count for each in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 3]


def test_check_counts_leave_out_checks_without_points() -> None:
    facts = pl.DataFrame(
        {
            "fact:licence": [0, 1, 2, 3],
            "fact:keywords": [3] * 4,
            "fact:unscored": [1] * 4,
            "count": [1, 1, 1, 2],
        },
        schema_overrides={"fact:licence": pl.UInt8},
    )
    counts = overview.check_counts(facts, CHECKS)
    assert [each.check_id for each in counts] == ["L", "K"]
    assert (counts[0].met, counts[0].partly, counts[0].unmet, counts[0].not_assessed) == (
        2,
        1,
        1,
        1,
    )
    assert counts[0].failed == 2


def test_principles_show_mean_percent_and_mean_points() -> None:
    columns = {
        f"{letter}.{name}": values
        for letter in "F"
        for name, values in {
            "percent": [50.0, 100.0, None],
            "earned": [1.0, 2.0, 0.0],
            "judged": [2.0, 2.0, 0.0],
        }.items()
    }
    scores = overview.principle_scores(
        pl.DataFrame(columns | {"count": [1, 1, 1]}), [("F", "Findable", 2.0)]
    )
    findable = scores[0]
    assert (findable.name, findable.percent, findable.judged_count) == ("Findable", 75.0, 2)
    assert (findable.earned, findable.judged, findable.possible) == (1.0, pytest.approx(4 / 3), 2.0)


def test_collections_without_datasets_are_listed_too() -> None:
    spread = Spread(np.array([10.0, 20.0, 60.0]), np.array([1, 1, 1]))
    soil, water = overview.collection_scores({1: 4}, {1: spread}, {2: "Water", 1: "soil"})
    assert (soil.count, soil.mean, soil.median, soil.lower_quartile) == (4, 30.0, 20.0, 15.0)
    assert (water.name, water.count, water.median) == ("Water", 0, None)


def test_sentence_says_score_change_and_biggest_gap() -> None:
    change = Change(JUNE, 66.19, 68.34, 2.66)
    fix = Fix("Licence", "license", ("L",), ("R1.1",), (), (), "", 412, 3.0)
    assert overview.sentence_of(1204, 68.34, 71.2, change, [fix]) == (
        "1,204 datasets, median 71 %, mean 68.3 %, up 2.1 points since June 2026: "
        "+2.6 from edits, −0.5 from datasets added or removed. "
        "Biggest gap: Licence, to fill or correct in 412."
    )
    assert overview.sentence_of(0, None, None, None, ()) == "There is no dataset to judge yet."
