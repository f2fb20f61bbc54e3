"""The sheet to print holds every check and sum, and runs nothing that others wrote."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from fairdb_core.domain.datasets import Dataset
from fairdb_core.domain.explanations import Advice
from fairdb_core.domain.summaries import DatasetSummary
from fairdb_core.exporters.score_sheets import score_sheet
from fairdb_core.records import Record
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring.added_up import added_up
from fairdb_core.scoring.explain import explain

AT = datetime(2025, 3, 4, 12, 30, tzinfo=UTC)


def sheet(record: Record, rubric_id: str = "fsf_v0_8") -> bytes:
    rubric = load_rubrics()[rubric_id]
    assessment = explain(record, rubric)
    summary = DatasetSummary(
        dataset=Dataset(1, 1, "17", 9, 1, record, AT, AT),
        title=str(record.get("title", "17")),
        collection_name="Rhine",
        rubric_title=rubric.title,
        assessment=assessment,
        added_up=added_up(assessment, rubric),
        advice=Advice((), None, {}),
        history=(),
        may_edit=False,
    )
    return score_sheet(summary, AT)


class Reader(HTMLParser):
    def __init__(self, made: bytes) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.feed(made.decode())

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_sheet_holds_every_check_metric_and_the_rounding() -> None:
    text = Reader(sheet({"title": "Soil", "license": "CC0-1.0"})).text
    rubric = load_rubrics()["fsf_v0_8"]
    for test in rubric.tests:
        assert test.id in text
    assert all(metric.title in text for metric in rubric.metrics)
    assert "rounded to two places" in text
    assert "04 Mar 2025 12:30 UTC" in text
    assert rubric.digest[:16] in text


def test_sheet_of_a_rubric_without_a_number_says_checks() -> None:
    text = Reader(sheet({"title": "Soil"}, "rda_fdmm_v1")).text
    assert "Level of Findable" in text


def test_what_others_wrote_stays_text() -> None:
    made = sheet({"title": "<script>alert(1)</script>", "license": '"><img src=x onerror=y>'})
    found = Reader(made)
    assert found.tags.isdisjoint({"script", "img"})
    assert "<script>alert(1)</script>" in found.text


def test_sheet_is_made_for_paper() -> None:
    style = sheet({"title": "Soil"}).decode()
    assert "@page" in style
    assert "@media print" in style
