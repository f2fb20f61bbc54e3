"""A dataset in a list is told with each of its parts once."""

from fairdb_core.domain.summaries import DatasetRow
from pages.ui.rows import in_words, title_of


def _row(title: str, publisher: str) -> DatasetRow:
    return DatasetRow(
        1, title, "10.5072/soil", "Soil lab", publisher, 2024, 82.0, (("Findable", 90.0),), 1
    )


def test_publisher_of_the_name_of_its_collection_is_told_once() -> None:
    assert in_words(_row("Soil", "Soil lab")) == (
        "Soil lab · 2024 · 10\\.5072\\/soil  \n"
        "**82\u00a0%** · Findable\u00a090\u00a0% · 1 failed check"
    )


def test_dataset_without_a_title_is_called_by_its_identifier() -> None:
    assert title_of(_row("", "")) == "10.5072/soil"
