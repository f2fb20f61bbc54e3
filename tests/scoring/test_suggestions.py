"""Values that would pass: each is filled in as in the form, and the record is scored anew."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from fairdb_core.domain.assessments import CheckState
from fairdb_core.domain.explanations import SuggestedValue
from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.normalise import normalise
from fairdb_core.importers.reader import ReadLimits, read_table
from fairdb_core.indicators import Basis, State
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from fairdb_core.records import Record, frame_of, record_of
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring.explain import explain
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.suggestions import _tried_singly, advise, best_edits, with_values
from fairdb_core.services.datasets import normalised_form, typed_form
from tests.scoring.made_up import records

RUBRICS = load_rubrics()
USUAL = RUBRICS["fsf_v0_8"]
FULL: Record = {f.name: [f.example] if f.is_many else f.example for f in FIELDS}
POOR: Record = {
    "title": "Soil moisture 2015–2020 in the Rhine valley",
    "identifier": "17",
    "license": "Creative Commons Attribution",
    "keywords": ["soil"],
    "publisher": "University X",
    "access_url": "https://example.org/records/17",
    "download_url": ["https://example.org/records/17/data.csv"],
}
RECORDS: dict[str, Record] = {
    "empty": {},
    "title": {"title": "Soil"},
    "poor": POOR,
    "closed": {**POOR, "access_rights": "restricted access", "download_url": []},
    "doi": {"identifier": "10.5281/zenodo.1234567", "title": "Räume", "formats": ["PDF"]},
    "related": {"title": "Water", "related_identifiers": ["10.1038/s41586-020-2649-2"]},
    "full": FULL,
}
NOT_TO_BE_MET = {"names_variables"}  # there is no field for it


def form_with(record: Record, values: Sequence[SuggestedValue]) -> dict[str, str]:
    return {**typed_form(record), **{value.field: value.text for value in values}}


def assert_all_pass(record: Record, where: str) -> None:
    for rubric in RUBRICS.values():
        advice = advise(record, rubric)
        ids = list(advice.suggestions)
        forms = [form_with(record, advice.suggestions[check].values) for check in ids]
        if not forms:
            continue
        states = compute_facts(normalised_form(*forms).records)
        for row, check_id in enumerate(ids):
            test = next(test for test in rubric.tests if test.id == check_id)
            told = f"{where}: {check_id} by {advice.suggestions[check_id]}"
            assert states[f"fact:{test.indicator}"][row] == State.MET, told


@pytest.mark.parametrize("name", list(RECORDS))
def test_every_suggested_value_really_passes(name: str) -> None:
    assert_all_pass(RECORDS[name], name)


@pytest.mark.parametrize("name", list(RECORDS))
@pytest.mark.parametrize("rubric_id", list(RUBRICS))
def test_every_check_that_a_record_can_meet_has_a_suggestion(name: str, rubric_id: str) -> None:
    found = RUBRICS[rubric_id]
    suggestions = advise(RECORDS[name], found).suggestions
    for check in explain(RECORDS[name], found).checks:
        basis = next(test for test in found.tests if test.id == check.check_id).fact.basis
        is_open = check.state in (CheckState.UNMET, CheckState.PARTLY) or (
            check.state is CheckState.NOT_ASSESSED and basis is Basis.EXTRA_COLUMN
        )
        is_due = is_open and check.indicator not in NOT_TO_BE_MET
        assert (check.check_id in suggestions) is is_due, check.check_id


def test_suggested_values_pass_for_real_records(samples: Path) -> None:
    seen = 0
    for entry in json.loads((samples / "manifest.json").read_text()):
        for record in _some_records(samples, entry):
            assert_all_pass(record, f"{entry['file']} {record.get('title')}")
            seen += 1
    assert seen > 20


def _some_records(samples: Path, entry: dict[str, str]) -> list[Record]:
    try:
        table = read_table(samples / entry["file"], file_name="x", limits=ReadLimits())
    except UnreadableFileError:
        return []
    answers = json.loads((samples / entry["mapping"]).read_text())
    mapping = [
        ColumnMapping(column, field, value_separator=";")
        for column, field in answers.items()
        if field in FIELD_BY_NAME
    ]
    rows = table.frame.gather_every(max(1, table.frame.height // 2)).head(2)
    found = normalise(rows, mapping).records
    return [record_of(row) for row in found.iter_rows(named=True)]


@pytest.mark.parametrize("rubric_id", list(RUBRICS))
def test_gain_of_an_edit_is_that_of_the_changed_record(rubric_id: str) -> None:
    rubric = RUBRICS[rubric_id]
    for record in RECORDS.values():
        advice = advise(record, rubric)
        together = [advice.together] if advice.together else []
        before = explain(record, rubric)
        for edit in (*advice.edits, *together):
            form = normalised_form(form_with(record, edit.values))
            after = explain(record_of(form.records.row(0, named=True)), rubric)
            assert after.total.earned - before.total.earned == pytest.approx(edit.points)
            better = [
                new.check_id
                for old, new in zip(before.checks, after.checks, strict=True)
                if new.earned > old.earned
            ]
            assert set(better) <= set(edit.check_ids)


def test_edits_change_one_field_each_and_are_worth_most_first() -> None:
    edits = advise(POOR, USUAL).edits
    assert all(len(edit.values) == 1 for edit in edits)
    assert [edit.points for edit in edits] == sorted((e.points for e in edits), reverse=True)
    assert len({edit.values[0].field for edit in edits}) == len(edits)
    assert all(edit.points > 0 for edit in edits)


@pytest.mark.parametrize(
    ("record", "check_id", "field", "value", "source"),
    [
        ({"metadata_url": "https://example.org/records/17.xml"}, "FsF-I3-01M-2",
         "related_identifiers", "HasMetadata:https://example.org/records/17.xml", "Metadata URL"),
        ({"access_url": "https://zenodo.org/records/1234567"}, "FsF-F1-02MD-1", "identifier",
         "https://doi.org/10.5281/zenodo.1234567", "Landing page"),
        ({"identifier": "17", "alternate_identifier": ["doi:10.1000/X"]}, "FsF-F1-02MD-1",
         "identifier", "https://doi.org/10.1000/x", "Other identifiers"),
    ],
)  # fmt: skip
def test_value_is_found_in_the_record_itself(
    record: Record, check_id: str, field: str, value: str, source: str
) -> None:
    suggestions = advise(record, USUAL).suggestions
    only = suggestions[check_id].values[0]
    assert (only.field, only.value, only.source) == (field, value, source)


def test_dataset_is_never_told_to_relate_to_itself() -> None:
    record = {"identifier": "10.1000/x", "access_url": "https://example.org/records/17"}
    offered = advise(record, USUAL).suggestions["FsF-I3-01M-2"].values[0]
    assert offered.field == "related_identifiers"
    assert not offered.source
    assert "10.1000/x" not in offered.value
    assert "example.org" not in offered.value


def test_licence_text_leads_to_the_nearest_spdx_identifier() -> None:
    for text, spdx_id in (
        ("Creative Commons Attribution", "CC-BY-4.0"),
        ("CC BY-NC-SA, see website", "CC-BY-NC-SA-4.0"),
        ("Public domain", "CC0-1.0"),
    ):
        suggestions = advise({"license": text}, RUBRICS["rda_fdmm_v1"]).suggestions
        found = suggestions["RDA-R1.1-03M"].values[0]
        assert (found.value, found.source) == (spdx_id, "Licence")


def test_format_comes_from_the_name_of_the_file() -> None:
    suggestions = advise(POOR, RUBRICS["mqa_405"]).suggestions
    told = [(v.field, v.value) for v in suggestions["formatMediaTypeVocabularyAlignment"].values]
    assert told == [("formats", "CSV"), ("media_types", "text/csv")]


def test_check_of_several_fields_asks_for_as_few_as_it_needs() -> None:
    values = advise(POOR, USUAL).suggestions["FsF-R1-01M-2"].values
    assert [value.field for value in values] == ["size", "formats"]
    assert values[0].source == ""


def test_values_are_added_to_those_that_stand_there() -> None:
    record = {"keywords": ["soil"], "formats": ["PDF"], "title": "Soil"}
    formats = advise(record, RUBRICS["mqa_405"]).suggestions["formatMediaTypeNonProprietary"]
    assert formats.values[0].text == "PDF\nCSV"
    related = advise(RECORDS["related"], RUBRICS["rda_fdmm_v1"]).suggestions["RDA-I3-03M"]
    assert related.values[0].text == "References:10.1038/s41586-020-2649-2"


def test_nothing_is_advised_where_everything_is_met() -> None:
    advice = advise(FULL, RUBRICS["datacite_v4"])
    assert advice.edits == ()
    assert advice.together is None
    assert advice.suggestions == {}


@pytest.mark.parametrize("rubric_id", list(RUBRICS))
def test_trials_are_those_of_whole_records_while_fields_change_one_by_one(rubric_id: str) -> None:
    rubric, draw, some = RUBRICS[rubric_id], random.Random(11), list(records(25, seed=11))  # noqa: S311
    record: dict[str, str | Sequence[str]] = {}
    for other in some:
        for field in draw.sample(sorted(FIELD_BY_NAME), 5):
            record.pop(field, None)
            if field in other:
                record[field] = other[field]
        now, _, _, singles = _tried_singly(record, rubric)
        trials = [now, *singles]
        changed = [with_values(record, trial.values) for trial in trials]
        facts = compute_facts(frame_of(changed), rubric.indicators)
        sums = score(facts, rubric).select("earned", pl.col("percent").fill_null(0.0)).rows()
        assert [tuple(trial.states.values()) for trial in trials] == facts.rows()
        assert [(trial.earned, trial.percent) for trial in trials] == sums
        assert best_edits(record, rubric) == advise(record, rubric).edits
