"""Our own export comes back in and changes nothing; nothing in it is run by a spreadsheet."""

import io
from collections.abc import Iterator

import openpyxl
import pytest

from fairdb_core import Core, Settings, build_core
from fairdb_core.demo import seed
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.exporters.tables import csv_of
from fairdb_core.exporters.workbooks import workbook_of

PASSWORD = "quartz umber willow heron 42"


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    folder = tmp_path_factory.mktemp("exports")
    made = build_core(Settings(data_dir=folder, bcrypt_cost=4, _env_file=None))
    seed(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def chief(core: Core) -> Viewer:
    return Viewer(
        core.accounts.add_account("chief", "c@example.org", "", Role.ADMINISTRATOR, PASSWORD)
    )


@pytest.mark.parametrize(("write", "name"), [(csv_of, "own.csv"), (workbook_of, "own.xlsx")])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_own_export_read_again_changes_nothing(
    core: Core, chief: Viewer, place: int, write: type, name: str
) -> None:
    collection_id = core.collections.visible(chief)[place].collection_id
    filters = Filters(chosen=((Facet.COLLECTION, (str(collection_id),)),))
    table = core.exports.table(chief, filters)
    read = core.previews.read(chief, write(table.header, table.rows), name)
    mapping = core.previews.suggest(chief, read)
    assert [m.column for m in mapping if m.field is None] == [
        header for header in table.header if header.startswith("FAIRDatabase ")
    ]
    plan = core.previews.plan(chief, collection_id, read, mapping)
    assert (plan.counts.create, plan.counts.update, plan.counts.refused) == (0, 0, 0)
    assert plan.counts.unchanged == len(table.rows) > 500


def test_formula_is_neutral_in_the_file_and_itself_again_when_read(
    core: Core, chief: Viewer
) -> None:
    made = core.collections.create(chief, "Formulas")
    given = 'identifier,title,description\n1,=1+1 rain,"snow\n@here"\n2,Hail,-ice\n'
    read = core.previews.read(chief, given.encode(), "x.csv")
    mapping = core.previews.suggest(chief, read)
    core.uploads.commit(
        chief, core.previews.plan(chief, made.collection_id, read, mapping), good_rows_only=True
    )
    filters = Filters(chosen=((Facet.COLLECTION, (str(made.collection_id),)),))
    table = core.exports.table(chief, filters)
    written = csv_of(table.header, table.rows)
    assert b"'=1+1 rain" in written
    again = core.previews.read(chief, written, "own.csv")
    plan = core.previews.plan(chief, made.collection_id, again, core.previews.suggest(chief, again))
    assert (plan.counts.unchanged, plan.counts.update, plan.counts.create) == (2, 0, 0)


def test_selection_leaves_only_what_was_chosen(core: Core, chief: Viewer) -> None:
    first = core.assessments.explore(chief, Filters()).rows[:3]
    table = core.exports.table(chief, Filters(), only={row.dataset_id for row in first})
    at = table.header.index("FAIRDatabase score %")
    assert sorted(row[at] for row in table.rows) == sorted(row.percent for row in first)


def test_nobody_exports_what_they_may_not_read(core: Core) -> None:
    assert core.exports.table(Viewer(None), Filters()).rows == ()
    with pytest.raises(ResourceNotFoundError):
        core.exports.table(Viewer(None), Filters(), rubric_id="none")


def test_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    rows = [("=1+1", 2.5, None), ("a\x01<b>&\n", 3, "")]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(("x", "y", "z"), rows))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["x", "y", "z"],
        ["=1+1", 2.5, None],
        ["a<b>&\n", 3, None],
    ]
