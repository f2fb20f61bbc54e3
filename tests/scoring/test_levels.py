"""Levels beside points, each step on its own."""

import polars as pl
import pytest

from fairdb_core.indicators import State
from fairdb_core.rubrics import DEFAULT_RUBRIC, Rubric, load_rubrics
from fairdb_core.scoring.levels import (
    FACT,
    mean_maturity,
    met_shares,
    priority_level,
    total_maturity,
)

RUBRICS = load_rubrics()
FUJI = RUBRICS[DEFAULT_RUBRIC]
MODEL = next(rubric for rubric in RUBRICS.values() if rubric.priorities)
# Some of its tests of two priorities rest on one fact; here each has a fact of its own.
RDA = MODEL.model_copy(
    update={
        "metrics": tuple(
            metric.model_copy(
                update={
                    "tests": tuple(
                        test.model_copy(update={"indicator": test.id}) for test in metric.tests
                    )
                }
            )
            for metric in MODEL.metrics
        )
    }
)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((0, 0), 0),
        ((0, 1), 1),
        ((1, 1), 1),
        ((1, 2), 2),
        ((2, 3), 2),
        ((3, None), 3),
        ((None, None), None),
    ],
)
def test_mean_of_metrics_is_rounded_to_even_and_never_below_one_unless_none_is_met(
    levels: tuple[int | None, int | None], expected: int | None
) -> None:
    metrics = FUJI.metrics[:2]
    columns = {
        f"{metric.id}:maturity": [level] for metric, level in zip(metrics, levels, strict=True)
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64))
    assert frame.select(mean_maturity(metrics)).item() == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((0, 0, 0, 0), 0.0),
        ((0, 0, 0, 1), 1.0),
        ((1, 1, 1, 1), 1.0),
        ((None, 2, 2, 2), 1.5),
        ((1, 2, 2, 2), 1.75),
        ((3, 3, 3, 3), 3.0),
    ],
)
def test_mean_of_dimensions_counts_what_was_not_judged_as_none(
    levels: tuple[int | None, ...], expected: float
) -> None:
    names = [f"{dimension.id}.maturity" for dimension in FUJI.dimensions]
    frame = pl.DataFrame(
        {name: [level] for name, level in zip(names, levels, strict=True)},
        schema=dict.fromkeys(names, pl.Float64),
    )
    assert frame.select(total_maturity(FUJI)).item() == expected


def facts_of(rubric: Rubric, states: dict[str, State]) -> pl.DataFrame:
    """Return one record of which some tests are judged, by their priority, and others not."""
    return pl.DataFrame(
        {
            FACT + test.indicator: [int(states.get(test.priority, State.NOT_ASSESSED))]
            for test in rubric.tests
        },
        schema_overrides={FACT + test.indicator: pl.UInt8 for test in rubric.tests},
    )


# Of the four areas F has essential tests only, and I none.
@pytest.mark.parametrize(
    ("states", "levels"),
    [
        ((State.NOT_ASSESSED,) * 3, (None, None, None, None)),
        ((State.UNMET, State.MET, State.MET), (0, 0, 5, 0)),
        ((State.MET, State.UNMET, State.MET), (5, 1, 1, 1)),
        ((State.MET, State.MET, State.UNMET), (5, 3, 3, 3)),
        ((State.MET, State.MET, State.MET), (5, 5, 5, 5)),
        ((State.MET, State.NOT_ASSESSED, State.NOT_ASSESSED), (5, 5, None, 5)),
    ],
)
def test_priorities_are_reached_one_after_the_other(
    states: tuple[State, ...], levels: tuple[int | None, ...]
) -> None:
    facts = facts_of(RDA, dict(zip(RDA.priorities, states, strict=True)))
    shares = facts.select(met_shares(RDA))
    assert set(shares.select(pl.col(pl.Float64)).row(0)) <= {0.0, 1.0}
    judged = [shares[f"reach:{area.id}:"].item() for area in RDA.dimensions]
    assert judged == [level is not None for level in levels]
    assert shares.select(priority_level(RDA, area.id) for area in RDA.dimensions).row(0) == levels
