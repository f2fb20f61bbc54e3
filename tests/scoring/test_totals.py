"""Totals by the states of facts, which are those of the scores."""

import random

import polars as pl
import pytest

from fairdb_core import cache
from fairdb_core.indicators.packing import FACT
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring import totals
from fairdb_core.scoring.kernel import score
from fairdb_core.scoring.totals import totals_of


@pytest.mark.parametrize("rubric_id", list(load_rubrics()))
def test_totals_are_those_of_the_scores(rubric_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MEANINGS_KEPT", 91)
    totals._known.cache_clear()
    rubric, draw = load_rubrics()[rubric_id], random.Random(5)  # noqa: S311
    width = len(rubric.indicators)
    nothing = (0,) * width
    found = [nothing, *(tuple(draw.choices(range(4), k=width)) for _ in range(90))]
    facts = pl.DataFrame(found, [FACT + name for name in rubric.indicators], orient="row")
    scores = score(facts.cast(pl.UInt8), rubric).select("earned", "percent").rows()
    expected = {
        states: (earned, percent or 0.0)
        for states, (earned, percent) in zip(found, scores, strict=True)
    }
    assert totals_of([nothing], rubric) == {nothing: (0.0, 0.0)}
    assert totals_of(found, rubric) == expected
    assert len(totals._known(rubric)) == 91
    # More than may stay are forgotten once another one comes.
    other, last = (1, *nothing[1:]), (2, *nothing[1:])
    assert totals_of([*found, other], rubric).keys() == {*found, other}
    assert set(totals._known(rubric)) == {*found, other}
    assert totals_of([*found, last], rubric).keys() == {*found, last}
    assert set(totals._known(rubric)) == {last}
    assert totals_of([], rubric) == {}
