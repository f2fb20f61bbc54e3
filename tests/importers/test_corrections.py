import polars as pl

from fairdb_core.domain.uploads import Correction
from fairdb_core.importers.corrections import correct

CELLS = pl.DataFrame({"date": ["03/04/25", "2024", "03/04/25"], "licence": ["", "x", "y"]})


def test_correction_of_a_value_is_made_in_every_row() -> None:
    corrected = correct(CELLS, [Correction("date", "03/04/25", "2025-04-03")])
    assert corrected["date"].to_list() == ["2025-04-03", "2024", "2025-04-03"]
    assert corrected["licence"].to_list() == ["", "x", "y"]


def test_correction_of_one_row_leaves_equal_cells_alone() -> None:
    corrected = correct(CELLS, [Correction("date", "03/04/25", "2025-04-03", row=4)])
    assert corrected["date"].to_list() == ["03/04/25", "2024", "2025-04-03"]


def test_correction_of_some_rows_is_made_whatever_they_hold() -> None:
    corrected = correct(CELLS, [Correction("date", "", "", rows=(2, 3))])
    assert corrected["date"].to_list() == ["", "", "03/04/25"]


def test_correction_of_an_absent_column_changes_nothing() -> None:
    assert correct(CELLS, [Correction("title", "a", "b")]).equals(CELLS)
