"""Every indicator against its golden table: records side by side with what is so about them.

To add an indicator's rows, put them in a module of this folder, one a subject, as here::

    # tests/indicators/golden_sizes.py
    '''Golden rows of facts about sizes.'''

    from fairdb_core.indicators import State

    GOLDEN = {
        "size_is_known": [
            (State.MET, {"size": "1.2 GB"}),
            (State.UNMET, {"size": "large"}),
            (State.NOT_ASSESSED, {}),
        ],
    }

Nothing else: modules named ``golden_*.py`` are found, their rows are run, and an indicator without
rows, or without a row for a state that a few plain records reach, fails a test.
"""

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

from fairdb_core.indicators import INDICATORS, Basis, State
from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record, frame_of
from fairdb_core.scoring.kernel import compute_facts
from fairdb_core.scoring.levels import FACT

Golden = Mapping[str, Sequence[tuple[State, Record]]]

# Records that between them show most states of every indicator.
PLAIN: dict[str, Record] = {
    "nothing": {},
    "every example": {f.name: [f.example] if f.is_many else f.example for f in FIELDS},
    "only words": {f.name: ["soil"] if f.is_many else "soil" for f in FIELDS},
    "restricted": {"title": "Interviews", "access_rights": "restricted access"},
}


def _golden_of(path: Path) -> Golden:
    spec = importlib.util.spec_from_file_location(f"golden_tables.{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    golden: Golden = module.GOLDEN
    return golden


TABLES = {path.stem: _golden_of(path) for path in sorted(Path(__file__).parent.glob("golden_*.py"))}
ROWS = [
    (key, state, record)
    for table in TABLES.values()
    for key, rows in table.items()
    for state, record in rows
]
DECIDABLE = [
    key for key, found in INDICATORS.items() if found.basis in {Basis.RECORD, Basis.EXTRA_COLUMN}
]


@pytest.fixture(scope="module")
def facts() -> pl.DataFrame:
    """The facts of the golden rows' records, and after them of the plain ones."""
    return compute_facts(frame_of([*(record for _, _, record in ROWS), *PLAIN.values()]))


def _reached(facts: pl.DataFrame, key: str) -> set[State]:
    return {State(state) for state in facts[FACT + key].tail(len(PLAIN))}


@pytest.mark.parametrize(
    ("number", "key", "state", "record"),
    [pytest.param(number, *row, id=f"{row[0]}-{number}") for number, row in enumerate(ROWS)],
)
def test_indicator_says_what_its_golden_row_says(
    facts: pl.DataFrame, number: int, key: str, state: State, record: Record
) -> None:
    assert State(facts[FACT + key][number]) is state, record


@pytest.mark.parametrize("key", DECIDABLE)
def test_indicator_has_a_golden_row_for_each_state_it_reaches(
    facts: pl.DataFrame, key: str
) -> None:
    rows = [row for table in TABLES.values() for row in table.get(key, ())]
    assert _reached(facts, key) - {state for state, _ in rows} == set()


def test_golden_rows_are_of_registered_indicators_and_stand_in_one_table() -> None:
    keys = [key for table in TABLES.values() for key in table]
    assert sorted(set(keys) - INDICATORS.keys()) == []
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_golden_records_hold_fields_that_exist_in_their_cardinality() -> None:
    is_many = {field.name: field.is_many for field in FIELDS}
    wrong = [
        (key, name)
        for key, _, record in ROWS
        for name, value in record.items()
        if is_many.get(name) is not isinstance(value, list)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "key",
    [key for key, found in INDICATORS.items() if found.basis in {Basis.NETWORK, Basis.PERSON}],
)
def test_what_a_record_cannot_decide_is_never_assessed(facts: pl.DataFrame, key: str) -> None:
    assert set(facts[FACT + key]) == {State.NOT_ASSESSED}
