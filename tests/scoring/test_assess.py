"""What is kept of records: facts, percent and facets side by side."""

import pytest

from fairdb_core.indicators.packing import unpacked
from fairdb_core.records import frame_of
from fairdb_core.rubrics import DEFAULT_RUBRIC, load_rubrics
from fairdb_core.scoring import assess as module
from fairdb_core.scoring.assess import assess
from fairdb_core.scoring.facets import facets
from fairdb_core.scoring.kernel import compute_facts, score
from tests.scoring import made_up

RUBRIC = load_rubrics()[DEFAULT_RUBRIC]


@pytest.mark.parametrize("batch", [1, 2, 5, 100])
def test_batches_are_put_together_in_their_order(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_ROWS", batch)
    records = frame_of(made_up.records(5, 3))
    found = assess(records, RUBRIC)
    facts = compute_facts(records)
    assert unpacked(found).select(facts.columns).equals(facts)
    assert found["percent"].equals(score(facts, RUBRIC)["percent"])
    assert found.select(facets(records).columns).equals(facets(records))


def test_no_records_give_the_same_columns() -> None:
    nothing, one = assess(frame_of([]), RUBRIC), assess(frame_of([{"title": "Soil"}]), RUBRIC)
    assert (nothing.height, nothing.schema) == (0, one.schema)
