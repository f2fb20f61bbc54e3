"""A score in which attestations count: what is asked of people alone, and nothing else."""

import pytest

from fairdb_core.domain.attestations import Answer
from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record
from fairdb_core.rubrics import Rubric, load_rubrics
from fairdb_core.scoring.attested import attested_score
from fairdb_core.scoring.explain import explain

RUBRICS = load_rubrics()
RDA = RUBRICS["rda_fdmm_v1"]
KEEPS, USES, REFERS = "metadata_outlive_data", "data_use_vocabularies", "data_refer_to_data"
RECORD: Record = {
    **{f.name: [f.example] if f.is_many else f.example for f in FIELDS},
    "media_types": ["our own"],
}


@pytest.mark.parametrize("rubric", RUBRICS.values(), ids=RUBRICS)
def test_without_answers_the_score_is_the_computed_one(rubric: Rubric) -> None:
    assessment = explain(RECORD, rubric)
    found = attested_score(assessment, rubric, {})
    assert (found.count, found.met) == (0, 0)
    assert found.total == assessment.total
    assert found.dimensions == assessment.dimensions


def test_answers_are_judged_and_those_that_are_met_earn_points() -> None:
    assessment = explain(RECORD, RDA)
    answers = {KEEPS: Answer.MET, REFERS: Answer.MET, USES: Answer.UNMET}
    found = attested_score(assessment, RDA, answers)
    assert (found.count, found.met) == (3, 2)
    assert found.total.earned == assessment.total.earned + 2
    assert found.total.judged == assessment.total.judged + 3
    essential = {d.name: d.priorities[0] for d in found.dimensions}["A"]
    assert (essential.met, essential.judged) == (4, 4)


def test_answer_to_what_a_record_tells_or_the_network_is_passed_over() -> None:
    assessment = explain({}, RDA)
    answers = {"has_licence": Answer.MET, "page_opens": Answer.MET}
    found = attested_score(assessment, RDA, answers)
    assert (found.count, found.met, found.total) == (0, 0, assessment.total)
