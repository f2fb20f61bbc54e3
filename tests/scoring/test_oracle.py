"""The kernel against the oracles, record by record: on made-up ones and on the samples.

``FAIRDB_TEST_RECORDS=100000 pytest tests/scoring/test_oracle.py`` compares as many as one likes.
"""

import csv
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fairdb_core.domain.assessments import Assessment, CheckState
from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.importers.mapping import suggest_mapping
from fairdb_core.importers.normalise import normalise
from fairdb_core.importers.reader import ReadLimits, read_table
from fairdb_core.indicators import INDICATORS
from fairdb_core.records import Record, record_of
from fairdb_core.rubrics import Rubric, load_rubrics
from fairdb_core.scoring.explain import explain_all
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.levels import FACT
from tests.conftest import SAMPLES
from tests.scoring import made_up
from tests.scoring.oracles import ORACLES, mqa, rda
from tests.scoring.oracles.adding_up import MET, NOT_ASSESSED, PARTLY, UNMET

COUNT = int(os.environ.get("FAIRDB_TEST_RECORDS", "100000"))
SEED = 17
MANIFEST = SAMPLES / "manifest.json"
ENTRIES = json.loads(MANIFEST.read_text()) if MANIFEST.is_file() else []
RUBRICS = load_rubrics()
STATES = {
    CheckState.NOT_ASSESSED: NOT_ASSESSED, CheckState.UNMET: UNMET, CheckState.PARTLY: PARTLY,
    CheckState.MET: MET,
}  # fmt: skip
Difference = tuple[str, object, object, Record]


def differences(frame: pl.DataFrame, records: list[Record]) -> list[Difference]:
    """Return where the kernel and the oracles part: what, the kernel's, the oracle's, the record.

    Of each rubric the states of all tests are compared, and the points, percents and levels.
    """
    facts = compute_facts(frame)
    return [
        difference
        for rubric in RUBRICS.values()
        for difference in _differing(facts, records, rubric)
    ]


def _differing(facts: pl.DataFrame, records: list[Record], rubric: Rubric) -> Iterator[Difference]:
    tests = tuple(test.id for test in rubric.tests)
    rows = facts.select(pl.col(FACT + test.indicator).alias(test.id) for test in rubric.tests)
    points = score(facts, rubric)
    names = tuple(points.columns)
    for states, reached, record in zip(rows.rows(), points.rows(), records, strict=True):
        expected = ORACLES[rubric.id].states_of(record)
        wanted = tuple(expected[name] for name in tests)
        yield from _unlike(tests, states, wanted, record)
        yield from _unlike(names, reached, _points(rubric.id, tests, wanted, names), record)


def _unlike(
    names: tuple[str, ...], found: tuple[Any, ...], wanted: tuple[Any, ...], record: Record
) -> Iterator[Difference]:
    if found != wanted:
        for name, one, other in zip(names, found, wanted, strict=True):
            if one != other:
                yield name, one, other, record


@cache
def _points(
    rubric_id: str, tests: tuple[str, ...], states: tuple[int, ...], names: tuple[str, ...]
) -> tuple[float | None, ...]:
    told = ORACLES[rubric_id].score_of(dict(zip(tests, states, strict=True)))
    assert told.keys() == set(names)
    return tuple(told[name] for name in names)


def sample(folder: Path, entry: dict[str, Any]) -> tuple[pl.DataFrame, dict[str, str | None]]:
    """Return a sample's raw cells, and the field that each column goes to."""
    path = folder / entry["file"]
    if not entry["ragged_rows"]:
        chosen = json.loads((folder / entry["mapping"]).read_text())
        return read_table(path, file_name=path.name, limits=ReadLimits()).frame, chosen
    # The reader refuses rows longer than the header; their mapping goes by position.
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, *rows = csv.reader(file, delimiter=entry["separator"])
    chosen = json.loads(path.with_suffix(".mapping.positional.json").read_text())
    return pl.DataFrame(rows, schema=dict.fromkeys(chosen, pl.String), orient="row"), chosen


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_oracle_knows_every_test_of_its_rubric(rubric: Rubric) -> None:
    assert ORACLES[rubric.id].states_of({}).keys() == {test.id for test in rubric.tests}


def test_rubrics_rest_on_every_indicator() -> None:
    assert {key for rubric in RUBRICS.values() for key in rubric.indicators} == INDICATORS.keys()


def test_kernel_agrees_with_the_oracles_on_made_up_records() -> None:
    compared = 0
    for frame, records in made_up.frames(COUNT, SEED):
        assert differences(frame, records)[:3] == []
        compared += len(records)
    assert compared == COUNT


def test_made_up_records_reach_every_state_of_every_test() -> None:
    reached: defaultdict[str, set[int]] = defaultdict(set)
    for _, records in made_up.frames(1500, SEED):
        for record in records:
            for each in ORACLES.values():
                for test, state in each.states_of(record).items():
                    reached[test].add(state)
    always = {test for test, states in reached.items() if states == {NOT_ASSESSED}}
    assert len(always) == 9 + 10 + 2  # F-UJI, RDA, MQA
    assert all({UNMET, MET} <= reached[test] for test in reached.keys() - always)


@pytest.mark.skipif(not ENTRIES, reason="the folder ../shared/samples with real tables is not here")
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["file"]))
def test_kernel_agrees_with_the_oracles_on_a_sample(samples: Path, entry: dict[str, Any]) -> None:
    table, chosen = sample(samples, entry)
    marks = {column.column: column.value_separator for column in suggest_mapping(table)}
    mapping = [
        ColumnMapping(column, field, value_separator=marks[column])
        for column, field in chosen.items()
    ]
    frame = normalise(table, mapping).records
    records: list[Record] = [record_of(row) for row in frame.iter_rows(named=True)]
    assert len(records) == entry["rows"]
    assert differences(frame, records)[:3] == []


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_explanation_tells_what_the_oracle_found(rubric: Rubric) -> None:
    for _, records in made_up.frames(200, SEED + 1):
        for record, assessment in zip(records, explain_all(records, rubric), strict=True):
            states = ORACLES[rubric.id].states_of(record)
            assert {c.check_id: STATES[c.state] for c in assessment.checks} == states
            _agrees(assessment, ORACLES[rubric.id].score_of(states), states)


def _agrees(assessment: Assessment, told: dict[str, float | None], states: dict[str, int]) -> None:
    """Fail where what people are shown of the sums is not what the oracle adds up."""
    total = assessment.total
    assert (total.earned, total.judged) == (told["earned"], told["judged"])
    assert sum(check.earned for check in assessment.checks) >= total.earned
    assert total.maturity == told.get("maturity")
    for part in (*assessment.dimensions, *assessment.principles):
        assert (part.earned, part.judged) == (
            told[f"{part.name}.earned"],
            told[f"{part.name}.judged"],
        )
        assert part.maturity == told.get(f"{part.name}.maturity")
    if assessment.rubric_id == "mqa_405":
        assert total.level == mqa.rating_of(total.earned)
    if assessment.rubric_id == "rda_fdmm_v1":
        for area in assessment.dimensions:
            level = told[f"{area.name}.level"]
            assert area.level == ("" if level is None else str(level))
            counts = {c.priority: (c.met, c.judged, c.total) for c in area.priorities}
            wanted = rda.counts_of(area.name, states)
            assert counts == {name: each for name, each in wanted.items() if each[2]}
