"""The fields that an indicator names are those that decide it."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError

import pytest

from fairdb_core.indicators import INDICATORS, Basis
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
