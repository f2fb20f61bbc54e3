"""How a score is added up: the parts told are those that the kernel summed."""

from collections import defaultdict

import pytest

from fairdb_core.metadata import FIELDS
from fairdb_core.records import Record, frame_of
from fairdb_core.rubrics import Dimension, Metric, Rubric, Test, load_rubrics
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


def own_rubric(combination: str, *tests: Test) -> Rubric:
    """Return a rubric with one metric of some tests, and one of which nothing is judged."""
    metrics = [
        Metric(id="M", title="Mine", dimension="A", principle="A1", combination=combination,
               tests=tests),
        Metric(id="N", title="Never", dimension="B", principle="B1", combination="cumulative",
               tests=(Test(id="n", indicator="page_opens", points=4, maturity=3, rule=""),)),
    ]  # fmt: skip
    return Rubric(
        id="own", title="Own", version="1", source="here", licence="", summary="",
        has_maturity=True, metrics=metrics, digest=f"{combination} {tests}",
        dimensions=[Dimension(id="A", title="First"), Dimension(id="B", title="Second")],
    )  # fmt: skip


TITLE = Test(id="t", indicator="has_title", points=1, maturity=2, rule="")
TEXT = Test(id="d", indicator="has_description", points=3, rule="")
HALF = Test(id="h", indicator="format_terms_are_listed", points=9, partly=0.5, maturity=3, rule="")
NONE = Test(id="z", indicator="has_plurality_of_attributes", points=9, maturity=3, rule="")
FIVE: Record = {
    "title": "Soil", "description": "x", "keywords": ["x"], "publisher": "x", "language": ["en"],
    "formats": ["CSV"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("combination", "tests", "record", "expected"),
    [
        ("cumulative", (TITLE, TEXT), {"title": "x", "description": "x"}, (4, 4, 0)),
        ("cumulative", (TEXT, TITLE), {"title": "x", "description": "x"}, (4, 4, 2)),
        ("alternative", (TITLE, TEXT), {"title": "x", "description": "x"}, (3, 3, 0)),
        ("alternative", (TEXT, TITLE), {"title": "x", "description": "x"}, (1, 3, 2)),
        ("alternative", (TITLE, TEXT), {"title": "x"}, (1, 3, 2)),
        ("alternative", (TITLE, TEXT), {}, (0, 3, 0)),
        ("alternative", (TITLE, HALF), FIVE, (0.5, 9, 2)),
        ("cumulative", (TITLE, HALF), FIVE, (1.5, 10, 2)),
        ("alternative", (TITLE, NONE), FIVE, (1, 9, 2)),
        ("alternative", (HALF, TEXT), {"formats": ["CSV"]}, (0.5, 9, 0)),
    ],
)
def test_metric_is_added_up_as_it_combines_its_tests(
    combination: str, tests: tuple[Test, ...], record: Record, expected: tuple[float, float, int]
) -> None:
    rubric = own_rubric(combination, *tests)
    assessment = explain(record, rubric)
    mine, never = added_up(assessment, rubric).metrics
    assert (mine.earned, mine.judged, mine.maturity) == expected
    assert mine.is_alternative is (combination == "alternative")
    assert (never.earned, never.judged, never.possible, never.maturity) == (0, 0, 4, None)
    assert (assessment.total.earned, assessment.total.judged) == expected[:2]


def test_sentences_tell_the_way_to_the_number() -> None:
    rubric = own_rubric("cumulative", TITLE, TEXT)
    assert added_up(explain({"title": "x"}, rubric), rubric).sentences == (
        "Points earned: 1 + 0 = 1.",
        "Points judged: 4 + 0 = 4 of 8; the rest needs the network, a person, or a column that "
        "the record lacks, and is left out.",
        "Score: 100 × 1 ÷ 4 = 25, rounded to two places: 25 %. It is not the mean of the "
        "dimensions' percentages.",
        "Maturity of First: (2) ÷ 1 = 2, rounded, and at least 1 once above 0: 2 of 3.",
        "Maturity of Second: nothing was judged.",
        "Maturity in all: (2 + 0) ÷ 2 = 1, to two places and at least 1 once above 0: 1.",
    )


def test_rubric_of_which_nothing_was_judged_has_no_score_sentence() -> None:
    rubric = own_rubric("cumulative", Test(id="n2", indicator="page_opens", points=1, rule=""))
    sentences = added_up(explain({}, rubric), rubric).sentences
    assert not any(each.startswith(("Score:", "The rubric")) for each in sentences)


def test_mean_of_several_levels_is_told() -> None:
    rubric = RUBRICS["fsf_v0_8"]
    sentences = added_up(explain(FULL, rubric), rubric).sentences
    assert (
        "Maturity of Findable: (3 + 1 + 3 + 3) ÷ 4 = 2.5, rounded, and at least 1 once above 0: "
        "2 of 3." in sentences
    )


def test_level_of_an_area_is_told_with_its_counts() -> None:
    rubric = RUBRICS["rda_fdmm_v1"]
    sentences = added_up(explain({}, rubric), rubric).sentences
    told = next(each for each in sentences if each.startswith("Level of Reusable"))
    assert (
        "Essential 0 of 3, Important 0 of 3, Useful 0 of 0 judged are met, so level 0 of 5." in told
    )
