import polars as pl
import pytest

from fairdb_core import cache
from fairdb_core.domain.assessments import CheckState
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from fairdb_core.records import Record, frame_of
from fairdb_core.rubrics import DEFAULT_RUBRIC, load_rubrics
from fairdb_core.scoring import explain as explaining
from fairdb_core.scoring.explain import explain, explain_all
from fairdb_core.scoring.gains import gains, mean_gains
from fairdb_core.scoring.kernel import compute_facts, score

RUBRIC = load_rubrics()[DEFAULT_RUBRIC]
POOR: Record = {
    "title": "Soil",
    "identifier": "17",
    "license": "CC0-1.0",
    "access_rights": "CC-BY-4.0",
    "keywords": ["a", "http://aims.fao.org/aos/agrovoc/c_7208"],
    "formats": ["CSV"],
}


def test_every_test_of_the_rubric_is_explained_with_evidence_and_advice() -> None:
    assessment = explain(POOR, RUBRIC)
    assert [check.check_id for check in assessment.checks] == [test.id for test in RUBRIC.tests]
    assert all(check.evidence and check.advice and check.question for check in assessment.checks)


def test_parts_of_an_assessment_add_up_to_its_total() -> None:
    assessment = explain(POOR, RUBRIC)
    for parts in (assessment.dimensions, assessment.principles):
        assert sum(part.earned for part in parts) == assessment.total.earned
        assert sum(part.judged for part in parts) == assessment.total.judged
        assert sum(part.possible for part in parts) == assessment.total.possible == 26


@pytest.mark.parametrize(
    ("check_id", "state", "evidence"),
    [
        ("FsF-F1-01MD-1", CheckState.UNMET, "Identifier: 17"),
        ("FsF-F1-02MD-2", CheckState.NOT_ASSESSED, "needs the network"),
        ("FsF-F2-01M-2", CheckState.UNMET, "2 of 6 are there; empty: Creators"),
        ("FsF-A1-01M-1", CheckState.UNMET, "Access rights: CC-BY-4.0"),
        ("FsF-I2-01M-2", CheckState.MET, "agrovoc"),
        ("FsF-I3-01M-1", CheckState.UNMET, "no value in Related resources"),
        ("FsF-R1.1-01M-1", CheckState.MET, "Licence: CC0-1.0"),
        ("FsF-R1.3-01M-1", CheckState.NOT_ASSESSED, "nothing to judge in Conforms to"),
    ],
)
def test_check_names_the_value_that_was_judged(
    check_id: str, state: CheckState, evidence: str
) -> None:
    checks = {check.check_id: check for check in explain(POOR, RUBRIC).checks}
    assert checks[check_id].state is state
    assert evidence in checks[check_id].evidence


@pytest.mark.parametrize(("length", "shown"), [(160, "x" * 160), (161, "x" * 159 + "…")])
def test_long_value_is_shortened_to_what_fits(length: int, shown: str) -> None:
    checks = {check.check_id: check for check in explain({"license": "x" * length}, RUBRIC).checks}
    assert checks["FsF-R1.1-01M-1"].evidence == f"Licence: {shown}"


def test_several_fields_are_told_side_by_side_and_three_at_most_when_empty() -> None:
    def told(record: Record, check_id: str) -> str:
        return next(c.evidence for c in explain(record, RUBRIC).checks if c.check_id == check_id)

    record: Record = {"license": "CC0-1.0", "license_url": "https://example.org/terms"}
    assert told(record, "FsF-R1.1-01M-1") == (
        "Licence: CC0-1.0; Licence URL: https://example.org/terms"
    )
    assert told({}, "FsF-R1-01M-2") == "no value in Size or Formats or Media types"


def test_gain_is_what_the_score_rises_by_once_the_field_is_filled() -> None:
    gain = {check.check_id: check.gain for check in explain(POOR, RUBRIC).checks}
    better = {**POOR, "related_identifiers": ["10.1038/s41586-020-2649-2"]}
    risen = explain(better, RUBRIC).total.earned - explain(POOR, RUBRIC).total.earned
    assert gain["FsF-I3-01M-2"] == risen == 2
    assert gain["FsF-F1-02MD-2"] == 0  # the network decides it, so no edit brings it


def test_example_is_of_the_first_field_that_decides() -> None:
    examples = {check.check_id: check.example for check in explain(POOR, RUBRIC).checks}
    assert examples["FsF-R1-01M-2"] == FIELD_BY_NAME["size"].example


def test_gain_of_percent_counts_what_is_judged_in_addition() -> None:
    before = frame_of([POOR])
    after = frame_of([{**POOR, "conforms_to": ["Darwin Core"]}])
    rise = gains(compute_facts(before), RUBRIC)["FsF-R1.3-01M-1"].item()
    percent = [score(compute_facts(f), RUBRIC)["percent"].item() for f in (before, after)]
    assert rise == pytest.approx(percent[1] - percent[0], abs=0.01)


def test_mean_gains_are_sorted_and_count_the_datasets() -> None:
    full: Record = {f.name: [f.example] if f.is_many else f.example for f in FIELDS}
    found = mean_gains(compute_facts(frame_of([POOR, full])), RUBRIC)
    assert found[0].mean_gain == max(gain.mean_gain for gain in found) > 0
    counts = {gain.check_id: gain.dataset_count for gain in found}
    assert (counts["FsF-F3-01M-2"], counts["FsF-R1.1-01M-1"]) == (1, 0)


def test_mean_gains_of_nothing_are_none() -> None:
    empty = compute_facts(frame_of([]))
    assert isinstance(empty, pl.DataFrame)
    assert mean_gains(empty, RUBRIC) == []


def test_maturity_of_a_check_is_told_where_the_rubric_has_it() -> None:
    found = {check.check_id: check.maturity for check in explain(POOR, RUBRIC).checks}
    assert found == {test.id: test.maturity for test in RUBRIC.tests}
    others = explain(POOR, load_rubrics()["mqa_405"]).checks
    assert {check.maturity for check in others} == {None}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"title": "Soil"}, "the record holds nothing to judge in Subjects or Keywords or Theme"),
        (
            {"title": "Soil", "keywords": ["COVID-19"]},
            "nothing in Subjects or Keywords or Theme is of the kind that this check judges",
        ),
    ],
)
def test_check_that_is_not_assessed_does_not_contradict_the_record(
    record: Record, reason: str
) -> None:
    checks = {check.check_id: check for check in explain(record, RUBRIC).checks}
    assert checks["FsF-I2-01M-2"].evidence == f"not assessed: {reason}"


def records_with_more_and_more_fields() -> list[Record]:
    fields = [field for field in FIELDS if field.name in {*POOR, "description", "creators"}]
    return [
        {f.name: [f.example] if f.is_many else f.example for f in fields[:count]}
        for count in range(len(fields) + 1)
    ]


def test_many_records_are_explained_as_each_alone() -> None:
    found = records_with_more_and_more_fields()
    assert list(explain_all(found, RUBRIC)) == [explain(record, RUBRIC) for record in found]


@pytest.mark.parametrize("most", [0, 1, 2])
def test_more_than_may_stay_is_forgotten_once_another_comes(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = records_with_more_and_more_fields()
    expected = [explain(record, RUBRIC) for record in found]
    monkeypatch.setattr(cache, "MEANINGS_KEPT", most)
    explaining._known.cache_clear()
    known, sizes = explaining._known(RUBRIC), []
    for record, assessment in zip(found, expected, strict=True):
        assert explain(record, RUBRIC) == assessment
        sizes.append(len(known))
    assert max(sizes) == most + 1
    # What stayed and what is new are asked for at once.
    assert list(explain_all(found, RUBRIC)) == expected
