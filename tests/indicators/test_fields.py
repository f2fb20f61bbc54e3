"""The fields that an indicator names are those that decide it."""

from collections.abc import Mapping, Sequence
from dataclasses import FrozenInstanceError

import pytest

from fairdb_core.indicators import INDICATORS, Basis, State
from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record, frame_of
from fairdb_core.scoring.gains import CheckGain
from fairdb_core.scoring.kernel import compute_facts
from fairdb_core.scoring.levels import FACT
from tests.indicators.test_golden import PLAIN, ROWS
from tests.scoring import made_up

# No field holds measured variables; Subjects is where a steward looks first.
NEVER = {"names_variables"}


@pytest.fixture(scope="module")
def deciding() -> Mapping[str, set[str]]:
    """The fields whose removal from some record changes an indicator's state."""
    records: list[Record] = [record for _, _, record in ROWS]
    records += [*PLAIN.values(), *made_up.records(100, 5)]
    variants = [(record, ["", *record]) for record in records]
    rows: list[Record] = [
        {name: value for name, value in record.items() if name != left_out}
        for record, names in variants
        for left_out in names
    ]
    facts = compute_facts(frame_of(rows))
    found: dict[str, set[str]] = {}
    for key in INDICATORS:
        states = iter(facts[FACT + key])
        for _, names in variants:
            before = next(states)
            found.setdefault(key, set()).update(
                name for name in names[1:] if next(states) != before
            )
    return found


@pytest.mark.parametrize(
    "key", [key for key, found in INDICATORS.items() if found.basis is not Basis.NETWORK]
)
def test_indicator_is_decided_by_the_fields_that_it_names(
    deciding: Mapping[str, set[str]], key: str
) -> None:
    fact = INDICATORS[key]
    if fact.basis is Basis.PERSON or key in NEVER:
        assert deciding[key] == set()
        return
    # Closed data owe no link: the evidence says so where Access rights decides.
    why = {"access_rights"} if fact.evidence and "download_url" in fact.fields else set()
    assert set(fact.fields) <= deciding[key] <= {*fact.fields, *why}


def test_every_indicator_asks_a_question_and_says_what_to_do() -> None:
    wrong = [key for key, found in INDICATORS.items() if not found.question.endswith("?")]
    assert wrong == []
    assert [key for key, found in INDICATORS.items() if not found.advice.endswith(".")] == []


def test_what_an_indicator_or_a_gain_says_cannot_be_changed() -> None:
    for told, name in ((INDICATORS["has_title"], "advice"), (CheckGain("x", 1, 0.5), "mean_gain")):
        assert not hasattr(told, "__dict__")
        with pytest.raises(FrozenInstanceError):
            setattr(told, name, "other")


GOOD: dict[str, str | list[str]] = {
    **{field.name: field.example for field in FIELDS},
    "identifier": "10.5061/dryad.8515",
    "formats": ["NetCDF", "CSV"],
    "download_url": ["https://example.org/soil.csv", "https://doi.org/10.5281/zenodo.1234567"],
    "related_identifiers": ["IsDerivedFrom:10.5281/zenodo.1234567"],
    "conforms_to": [
        "ISO 19115-3, http://www.isotc211.org/2005/gmd",
        "DCAT, http://www.w3.org/ns/dcat#",
    ],
    "provenance": "prov:wasDerivedFrom the raw files of the instrument, as ISO 19115 has it",
}


def filled(record: Record, fields: Sequence[str]) -> Record:
    """Return a record with good values in some fields."""
    return {**record, **{name: GOOD[name] for name in fields}}


@pytest.fixture(scope="module")
def failing() -> Mapping[str, list[Record]]:
    """Some records that fail each indicator."""
    records: list[Record] = [record for _, _, record in ROWS]
    records += [*PLAIN.values(), *made_up.records(50, 5)]
    facts = compute_facts(frame_of(records))
    found = {}
    for key in INDICATORS:
        places = facts[FACT + key].is_in([State.UNMET, State.PARTLY]).arg_true()
        found[key] = [records[place] for place in places[:40]]
    return found


@pytest.mark.parametrize(
    "key",
    [
        key
        for key, found in INDICATORS.items()
        if found.basis in {Basis.RECORD, Basis.EXTRA_COLUMN} and key not in NEVER
    ],
)
def test_indicator_is_met_once_all_fields_to_fix_hold_what_is_right(
    failing: Mapping[str, list[Record]], key: str
) -> None:
    fields = INDICATORS[key].fix_fields
    assert failing[key]
    after = compute_facts(frame_of([filled(each, fields) for each in failing[key]]), (key,))
    assert set(after[FACT + key]) == {State.MET}
    for left_out in fields:
        others = [name for name in fields if name != left_out]
        fewer = compute_facts(frame_of([filled(each, others) for each in failing[key]]), (key,))
        assert set(fewer[FACT + key]) != {State.MET}
