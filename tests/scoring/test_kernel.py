"""The worked figures of F-UJI v0.8, record edition."""

import polars as pl
import pytest

from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record, frame_of
from fairdb_core.rubrics import DEFAULT_RUBRIC, load_rubrics
from fairdb_core.scoring.kernel import compute_facts, percent_of, score

RUBRIC = load_rubrics()[DEFAULT_RUBRIC]
FULL: Record = {f.name: [f.example] if f.is_many else f.example for f in FIELDS}
PLAIN = {k: v for k, v in FULL.items() if k not in {"conforms_to", "subjects", "theme"}}


def scored(*records: Record) -> pl.DataFrame:
    return score(compute_facts(frame_of(records)), RUBRIC)


def test_rubric_has_seventeen_metrics_and_twenty_six_points() -> None:
    assert (len(RUBRIC.metrics), len(RUBRIC.tests), RUBRIC.possible) == (17, 31, 26)
    by_dimension = {
        dimension.id: sum(m.possible for m in RUBRIC.metrics if m.dimension == dimension.id)
        for dimension in RUBRIC.dimensions
    }
    assert by_dimension == {"F": 7, "A": 7, "I": 6, "R": 6}


@pytest.mark.parametrize(
    ("record", "points"),
    [
        (PLAIN, {"": 16.5, "F.": 4.5, "A.": 5, "I.": 2, "R.": 5}),
        (FULL, {"": 19.5, "F.": 4.5, "A.": 5, "I.": 4, "R.": 6}),
    ],
    ids=["a usual record", "with the extra columns"],
)
def test_full_record_reaches_what_a_record_alone_can(
    record: Record, points: dict[str, float]
) -> None:
    row = scored(record).row(0, named=True)
    assert {name: row[f"{name}earned"] for name in points} == points
    assert {name: row[f"{name}judged"] for name in points} == points
    assert row["percent"] == 100


def test_empty_record_earns_nothing_and_is_judged_all_the_same() -> None:
    row = scored({}).row(0, named=True)
    assert (row["percent"], row["earned"], row["judged"]) == (0, 0, 16.5)
    assert row["maturity"] == 0


def test_maturity_is_the_rounded_mean_of_the_metrics_levels() -> None:
    row = scored(PLAIN).row(0, named=True)
    # F: 3, 1, 3 and 3 have the mean 2.5, which goes to the even number.
    assert (row["F.maturity"], row["A.maturity"], row["maturity"]) == (2, 3, 2.75)
    assert [row[f"{name}.maturity"] for name in ("F1", "F2", "F3", "F4")] == [2, 3, 3, None]


def test_maturity_in_all_is_the_mean_of_the_dimensions_to_two_places() -> None:
    rubric = RUBRIC.model_copy(update={"dimensions": RUBRIC.dimensions[:3], "digest": "three"})
    row = score(compute_facts(frame_of([PLAIN])), rubric).row(0, named=True)
    assert (row["F.maturity"], row["I.maturity"], row["maturity"]) == (2, 3, 2.67)


@pytest.mark.parametrize(
    ("earned", "judged", "percent"),
    [
        (0.0, 0.0, None),
        (0.25, 0.5, 50.0),
        (1.0, 1.0, 100.0),
        (1.0, 3.0, 33.33),
        (2.0, 3.0, 66.67),
    ],
)
def test_percent_is_the_share_of_what_was_judged_with_two_decimals(
    earned: float, judged: float, percent: float | None
) -> None:
    points = pl.DataFrame({"R.earned": [earned], "R.judged": [judged]})
    assert points.select(percent_of("R.")).item() == percent
