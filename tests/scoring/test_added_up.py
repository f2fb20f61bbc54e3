"""How a score is added up: the parts told are those that the kernel summed."""

from collections import defaultdict

import pytest

from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record, frame_of
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring.added_up import added_up
from fairdb_core.scoring.explain import explain
from fairdb_core.scoring.kernel import compute_facts, score

RUBRICS = load_rubrics()
FULL: Record = {f.name: [f.example] if f.is_many else f.example for f in FIELDS}
RECORDS: tuple[Record, ...] = (
    {},
    {"title": "Soil", "identifier": "10.1000/x", "related_identifiers": ["see the paper"]},
    {"title": "Soil", "formats": ["CSV"], "license": "free", "conforms_to": ["Dublin Core"]},
    FULL,
)


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("rubric_id", list(RUBRICS))
def test_metrics_add_up_to_principles_dimensions_and_total(rubric_id: str, record: Record) -> None:
    rubric = RUBRICS[rubric_id]
    assessment = explain(record, rubric)
    metrics = added_up(assessment, rubric).metrics
    assert [metric.metric_id for metric in metrics] == [metric.id for metric in rubric.metrics]
    by_dimension: defaultdict[str, float] = defaultdict(float)
    by_principle: defaultdict[str, float] = defaultdict(float)
    for metric in metrics:
        by_dimension[metric.dimension] += metric.earned
        by_principle[metric.principle] += metric.earned
    assert {p.name: p.earned for p in assessment.dimensions} == pytest.approx(dict(by_dimension))
    assert sum(by_principle.values()) == pytest.approx(assessment.total.earned)
    assert sum(metric.judged for metric in metrics) == pytest.approx(assessment.total.judged)


@pytest.mark.parametrize("record", RECORDS)
def test_maturities_told_are_those_of_the_kernel(record: Record) -> None:
    rubric = RUBRICS["fsf_v0_8"]
    assessment = explain(record, rubric)
    told = added_up(assessment, rubric)
    facts = compute_facts(frame_of([record]))
    row = score(facts, rubric).row(0, named=True)
    for dimension in rubric.dimensions:
        levels = [
            metric.maturity
            for metric in told.metrics
            if metric.dimension == dimension.id and metric.maturity is not None
        ]
        expected = row[f"{dimension.id}.maturity"]
        mean = sum(levels) / len(levels) if levels else None
        assert expected == (None if mean is None else 1 if 0 < mean < 1 else round(mean))


def test_rounding_is_said_with_the_exact_number() -> None:
    rubric = RUBRICS["fsf_v0_8"]
    assessment = explain({"title": "Soil", "publisher": "X", "license": "CC0-1.0"}, rubric)
    sentences = added_up(assessment, rubric).sentences
    total = assessment.total
    exact = f"{100 * total.earned / total.judged:.6g}"
    assert any(exact in each and f"{total.percent:g} %" in each for each in sentences)


def test_rubric_without_a_number_is_told_by_levels() -> None:
    rubric = RUBRICS["rda_fdmm_v1"]
    sentences = added_up(explain(FULL, rubric), rubric).sentences
    assert any("without an overall number" in each for each in sentences)
    assert sum(each.startswith("Level of ") for each in sentences) == 4


def test_mqa_rating_is_told() -> None:
    rubric = RUBRICS["mqa_405"]
    assessment = explain(FULL, rubric)
    assert f"are {assessment.total.level}." in " ".join(added_up(assessment, rubric).sentences)
