"""The kernel against the oracle, record by record: on made-up ones and on the samples.

``FAIRDB_TEST_RECORDS=100000 pytest tests/scoring/test_oracle.py`` compares as many as one likes.
"""

import csv
import json
import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.importers.mapping import suggest_mapping
from fairdb_core.importers.normalise import normalise
from fairdb_core.importers.reader import ReadLimits, read_table
from fairdb_core.records import Record, record_of
from fairdb_core.rubrics import DEFAULT_RUBRIC, load_rubrics
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.levels import FACT
from tests.conftest import SAMPLES
from tests.scoring import made_up, oracle

COUNT = int(os.environ.get("FAIRDB_TEST_RECORDS", "3000"))
SEED = 17
MANIFEST = SAMPLES / "manifest.json"
ENTRIES = json.loads(MANIFEST.read_text()) if MANIFEST.is_file() else []


def differences(frame: pl.DataFrame, records: list[Record]) -> list[tuple[object, ...]]:
    """Return where the kernel and the oracle part: column, theirs, the oracle's, and the record."""
    facts = compute_facts(frame)
    points = score(facts, load_rubrics()[DEFAULT_RUBRIC])
    found: list[tuple[object, ...]] = []
    rows = zip(facts.iter_rows(named=True), points.iter_rows(named=True), records, strict=True)
    for states, row, record in rows:
        expected = oracle.facts_of(record)
        found += [
            (key, states[FACT + key], state, record)
            for key, state in expected.items()
            if states[FACT + key] != state
        ]
        reached = oracle.points_of(expected, oracle.RUBRIC)
        assert reached.keys() == row.keys()
        found += [
            (name, row[name], value, record)
            for name, value in reached.items()
            if row[name] != value
        ]
    return found


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


def test_oracle_knows_every_indicator_of_the_rubric() -> None:
    rubric = load_rubrics()[DEFAULT_RUBRIC]
    assert oracle.facts_of({}).keys() == {test.indicator for test in rubric.tests}


def test_kernel_agrees_with_the_oracle_on_made_up_records() -> None:
    compared = 0
    for frame, records in made_up.frames(COUNT, SEED):
        assert differences(frame, records)[:3] == []
        compared += len(records)
    assert compared == COUNT


def test_made_up_records_reach_every_state_of_every_indicator() -> None:
    reached: dict[str, set[int]] = {}
    for _, records in made_up.frames(1500, SEED):
        for record in records:
            for key, state in oracle.facts_of(record).items():
                reached.setdefault(key, set()).add(state)
    always = {key for key, states in reached.items() if states == {oracle.NOT_ASSESSED}}
    assert len(always) == 9
    assert all({oracle.UNMET, oracle.MET} <= reached[key] for key in reached.keys() - always)


@pytest.mark.skipif(not ENTRIES, reason="the folder ../shared/samples with real tables is not here")
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["file"]))
def test_kernel_agrees_with_the_oracle_on_a_sample(samples: Path, entry: dict[str, Any]) -> None:
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
