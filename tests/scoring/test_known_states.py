"""Facts of a record alone, which are those that a frame gives, whatever was asked before."""

import random

import pytest

from fairdb_core.indicators import INDICATORS, State
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import frame_of
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring import known_states
from fairdb_core.scoring.kernel import compute_facts
from fairdb_core.scoring.known_states import (
    _worked_out_with,
    fields_of,
    states_of,
    states_with,
)
from tests.scoring.made_up import records


def test_states_are_those_of_a_frame_while_fields_change_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known_states, "MEANINGS_KEPT", 500)
    draw, some = random.Random(7), list(records(60, seed=7))  # noqa: S311
    record = dict(some[0])
    for other in some:
        for field in draw.sample(sorted(FIELD_BY_NAME), 4):
            record.pop(field, None)
            if field in other:
                record[field] = other[field]
            for rubric in load_rubrics().values():
                expected = compute_facts(frame_of([record]), rubric.indicators).row(0)
                assert states_of(record, rubric.indicators) == expected
    assert len(known_states._KNOWN) < 1_000


def test_what_was_worked_out_stays_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_states, "_KNOWN", {})
    for title in ("Soil", "Soil moisture"):
        states_of({"title": title}, ("has_title", "has_licence"))
    assert known_states._KNOWN == {
        ("has_title", "Soil"): State.MET,
        ("has_title", "Soil moisture"): State.MET,
        ("has_licence", None, None): State.UNMET,
    }


def test_states_with_changes_are_those_of_the_changed_records() -> None:
    record, changes = (
        {"title": "Soil", "keywords": ["soil"]},
        [
            {"title": "Soil moisture", "license": "CC-BY-4.0"},
            {},
            {"title": "", "keywords": ["soil", "water"]},
        ],
    )
    for indicators in (tuple(INDICATORS), ("has_licence", "has_title"), ()):
        frame = frame_of([{**record, **change} for change in changes])
        expected = compute_facts(frame, indicators).rows() if indicators else [(), (), ()]
        for _ in range(2):
            assert states_with(record, changes, indicators) == expected
    assert states_with(record, [], ("has_title",)) == []


def test_more_than_may_stay_is_forgotten_once_another_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known_states, "_KNOWN", {})
    monkeypatch.setattr(known_states, "MEANINGS_KEPT", 1)
    for title, kept in (("a", {"a"}), ("b", {"a", "b"}), ("c", {"c"})):
        assert states_of({"title": title}, ("has_title",)) == (State.MET,)
        assert known_states._KNOWN.keys() == {("has_title", each) for each in kept}


def test_change_works_out_nothing_but_what_rests_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_states, "_KNOWN", {})
    changes = [{"title": "Soil moisture"}, {"title": "Soil"}]
    states_with({"title": "Soil"}, changes, ("has_title", "has_licence"))
    assert known_states._KNOWN == {
        ("has_title", "Soil"): State.MET,
        ("has_title", "Soil moisture"): State.MET,
        ("has_licence", None, None): State.UNMET,
    }


def test_only_what_rests_on_the_changed_field_is_worked_out() -> None:
    indicators = tuple(INDICATORS)
    of_title = _worked_out_with(frozenset({"has_title"}), indicators)
    assert of_title == tuple(name for name in indicators if "title" in fields_of(name))
    assert {"has_title", "has_citation_elements", "complies_with_dcat_ap"} <= set(of_title)
    assert len(of_title) < 10
    assert _worked_out_with(frozenset(of_title), indicators) == of_title
    assert _worked_out_with(frozenset({"has_title", "has_licence"}), indicators) == indicators


def test_fact_rests_on_the_fields_of_what_is_shared_too() -> None:
    assert fields_of("data_protocol_is_free") == ("access_rights", "download_url")
    assert fields_of("data_link_opens") == ()
