"""What RDA's, the EU's and DataCite's rubrics hold, and what a record alone can reach in them."""

from collections import Counter

import polars as pl
import pytest

from fairdb_core.domain.assessments import Assessment, CheckState
from fairdb_core.indicators.packing import packed
from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record, frame_of
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring.explain import explain
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.patterns import patterns_in

RUBRICS = load_rubrics()
RDA, MQA, DATACITE = (RUBRICS[name] for name in ("rda_fdmm_v1", "mqa_405", "datacite_v4"))
FULL: Record = {
    **{f.name: [f.example] if f.is_many else f.example for f in FIELDS},
    "conforms_to": ["DCAT-AP 3.0, https://www.w3.org/ns/dcat#"],
    "provenance": "prov:wasDerivedFrom raw logger files",
    "related_identifiers": ["IsDerivedFrom:10.5281/zenodo.1234567"],
    "formats": ["CSV", "NetCDF"],
}


def without(*fields: str) -> Record:
    return {name: value for name, value in FULL.items() if name not in fields}


def states(assessment: Assessment) -> Counter[str]:
    return Counter(check.state.value for check in assessment.checks)


@pytest.mark.parametrize(
    ("rubric_id", "tests", "possible"),
    [("rda_fdmm_v1", 41, 41), ("mqa_405", 23, 405), ("datacite_v4", 20, 20)],
)
def test_rubric_is_complete(rubric_id: str, tests: int, possible: float) -> None:
    rubric = RUBRICS[rubric_id]
    assert (len(rubric.tests), rubric.possible) == (tests, possible)
    assert "record edition" in rubric.title


def test_rda_priorities_are_those_of_the_specification() -> None:
    found = Counter((m.dimension, t.priority) for m in RDA.metrics for t in m.tests)
    assert found == {
        ("F", "Essential"): 7,
        ("A", "Essential"): 8, ("A", "Important"): 3, ("A", "Useful"): 1,
        ("I", "Important"): 7, ("I", "Useful"): 5,
        ("R", "Essential"): 5, ("R", "Important"): 4, ("R", "Useful"): 1,
    }  # fmt: skip


def test_mqa_points_are_those_of_the_methodology() -> None:
    sums: Counter[str] = Counter()
    for metric in MQA.metrics:
        sums[metric.dimension] += int(metric.possible)
    assert sums == {"F": 100, "A": 100, "I": 110, "R": 75, "C": 20}


@pytest.mark.parametrize(
    ("points", "rating"),
    [(0, "Bad"), (120, "Bad"), (121, "Sufficient"), (220, "Sufficient"), (221, "Good"),
     (350, "Good"), (351, "Excellent"), (405, "Excellent")],
)  # fmt: skip
def test_mqa_rating_goes_by_points(points: float, rating: str) -> None:
    assert MQA.rating_of(points) == rating


@pytest.mark.parametrize(
    ("rubric_id", "extra", "alone", "with_extra"),
    [
        ("rda_fdmm_v1", ("conforms_to", "provenance", "subjects", "theme"), 24, 31),
        ("mqa_405", ("conforms_to",), 295, 325),
        ("datacite_v4", (), 20, 20),
    ],
)
def test_full_record_reaches_what_a_record_alone_can(
    rubric_id: str, extra: tuple[str, ...], alone: float, with_extra: float
) -> None:
    rubric = RUBRICS[rubric_id]
    for record, reached in ((without(*extra), alone), (FULL, with_extra)):
        total = explain(record, rubric).total
        assert (total.earned, total.judged) == (reached, reached)
        assert total.percent == (100 if rubric.has_total else None)


def test_empty_record_meets_nothing() -> None:
    for rubric in RUBRICS.values():
        assert states(explain({}, rubric))["met"] == 0
    # The model has no Essential indicator in I, so all of them are met there.
    assert [d.level for d in explain({}, RDA).dimensions] == ["0", "0", "1", "0"]
    assert explain({}, MQA).total.level == "Bad"


def test_area_of_which_nothing_was_judged_has_no_level() -> None:
    states = {f"fact:{key}": [0, 3 if key == "has_licence" else 0] for key in RDA.indicators}
    points = score(pl.DataFrame(states, schema=dict.fromkeys(states, pl.UInt8)), RDA)
    levels = points.select(f"{name}.level" for name in "FAIR").rows()
    assert levels == [(None, None, None, None), (None, None, None, 5)]


def test_rda_tells_each_area_by_priority_and_no_overall_number() -> None:
    assessment = explain(without("conforms_to", "provenance", "subjects", "theme"), RDA)
    told = {
        d.name: [(c.priority, c.met, c.judged, c.total) for c in d.priorities]
        for d in assessment.dimensions
    }
    assert told["F"] == [("Essential", 6, 6, 7)]
    assert told["A"] == [("Essential", 3, 3, 8), ("Important", 2, 2, 3), ("Useful", 1, 1, 1)]
    assert assessment.total.percent is None


@pytest.mark.parametrize(
    ("emptied", "level"),
    [
        ((), "5"),
        (("license", "license_url"), "0"),  # an Essential one is missing
        (("provenance",), "5"),  # conforms_to still tells it
        (("conforms_to", "provenance"), "5"),  # what cannot be judged costs nothing
    ],
)
def test_rda_level_needs_every_essential_one(emptied: tuple[str, ...], level: str) -> None:
    record = {**without(*emptied), "conforms_to": ["PROV-O, https://www.w3.org/ns/prov#"]}
    if "conforms_to" in emptied:
        del record["conforms_to"]
    assert explain(record, RDA).dimensions[3].level == level


@pytest.mark.parametrize(
    ("record", "level"),
    [
        ({"license": "Open Government Licence, some version"}, "1"),  # 0 of 4 Important
        ({"license": "Open Government Licence, some version", "provenance": "prov:x"}, "2"),
        ({"license": "CC-BY-4.0", "provenance": "as told by ISO 19115"}, "3"),
        ({"license": "CC-BY-4.0", "provenance": "prov:wasDerivedFrom"}, "5"),
    ],
)
def test_rda_level_rises_with_important_and_useful_ones(record: Record, level: str) -> None:
    essential = without("conforms_to", "provenance", "license", "license_url", "formats")
    formats = ["TIFF"] if level in "12" else ["NetCDF"]
    assessment = explain({**essential, "formats": formats, **record}, RDA)
    assert assessment.dimensions[3].level == level


def test_mqa_vocabulary_check_is_half_met_by_one_of_the_two() -> None:
    for record, state, earned in (
        ({"formats": ["CSV"], "media_types": ["text/csv"]}, CheckState.MET, 10),
        ({"formats": ["CSV"]}, CheckState.PARTLY, 5),
        ({"formats": ["our own"], "media_types": ["text/csv"]}, CheckState.PARTLY, 5),
        ({"formats": ["our own"]}, CheckState.UNMET, 0),
    ):
        check = next(
            c
            for c in explain(record, MQA).checks
            if c.check_id == "formatMediaTypeVocabularyAlignment"
        )
        assert (check.state, check.earned) == (state, earned)
        assert check.gain == 10 - earned


def test_datacite_counts_by_obligation() -> None:
    record: Record = {"title": "Soil", "identifier": "10.1000/a", "description": "x"}
    counts = [(d.name, d.earned, d.possible) for d in explain(record, DATACITE).dimensions]
    assert counts == [("mandatory", 2, 6), ("recommended", 1, 6), ("optional", 0, 8)]


@pytest.mark.parametrize("access", ["restricted access", "embargoed access"])
def test_closed_record_with_full_metadata_reaches_everything(access: str) -> None:
    closed = {**without("download_url"), "access_rights": access}
    for rubric in RUBRICS.values():
        total = explain(closed, rubric).total
        assert total.earned == total.judged < rubric.possible or rubric is DATACITE


def test_open_record_without_link_is_judged_and_fails() -> None:
    record = {**without("download_url"), "access_rights": "open access"}
    for rubric_id, check_id in (
        ("fsf_v0_8", "FsF-F3-01M-2"), ("mqa_405", "downloadUrlAvailability"),
        ("rda_fdmm_v1", "RDA-A1-04D"),
    ):  # fmt: skip
        checks = {c.check_id: c for c in explain(record, RUBRICS[rubric_id]).checks}
        assert checks[check_id].state is CheckState.UNMET


def test_closed_record_says_why_no_link_is_due() -> None:
    checks = {
        c.check_id: c.evidence
        for c in explain({"access_rights": "restricted access"}, RUBRICS["fsf_v0_8"]).checks
    }
    assert "no link to the data is due" in checks["FsF-F3-01M-2"]


def test_stored_facts_are_scored_anew_by_another_rubric() -> None:
    facts = compute_facts(frame_of([FULL, {}]))
    stored = facts.hstack(score(facts, RUBRICS["fsf_v0_8"]))
    numbers, patterns = patterns_in(packed(stored), MQA)
    assert patterns[numbers].select(score(facts, MQA).columns).equals(score(facts, MQA))
    assert "maturity" not in patterns.columns
    numbers, patterns = patterns_in(packed(stored.drop("fact:has_keywords")), MQA)
    assert patterns["judged"][numbers].to_list() == [295, 265]
