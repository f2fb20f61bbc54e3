import polars as pl

from fairdb_core.domain.uploads import ColumnMapping, Correction, LeftOut
from fairdb_core.importers.corrections import all_but_last, correct, rows_left_out
from fairdb_core.importers.normalise import normalise

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


def test_rows_left_out_are_empty_whatever_else_was_corrected() -> None:
    corrections = [LeftOut((3,)), Correction("licence", "x", "z"), Correction("date", "", "", 3)]
    corrected = correct(CELLS, corrections)
    assert corrected.rows() == [("03/04/25", ""), ("", ""), ("03/04/25", "y")]
    assert rows_left_out(CELLS.height, corrections).to_list() == [False, True, False]
    assert rows_left_out(CELLS.height, corrections[1:]) is None


def test_all_rows_but_the_last_of_each_repeated_dataset_can_be_left_out() -> None:
    titles = pl.DataFrame({"title": ["a", "b", "a", "c", "b", "a"]})
    problem = normalise(titles, [ColumnMapping("title", "title")]).problems[0]
    assert (tuple(problem.rows), tuple(problem.repeats)) == ((4, 6, 7), (2, 3, 2))
    assert all_but_last(problem) == (2, 3, 4)
