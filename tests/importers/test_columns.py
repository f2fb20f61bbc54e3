import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.importers.columns import canonical_column
from fairdb_core.metadata import FIELD_BY_NAME

PIECES = [
    "10.5061/DRYAD.1", "https://doi.org/10.1234/AbC.", "doi:10.1/x", "IsCitedBy: ", "hdl:1/2",
    "ark:/12148/x9", "URN:NBN:de:1", "w3id.org/x", "n/a", "-", "2024-02-29", "2023-02-29",
    "03/04/2025", "15 March 2024", "T10:00:00Z", "2020 - 2021", "/", "en_US", "German",
    "CC BY 4.0", "text/csv", ".xlsx", "open", "a@b.org", "<c@d.org>", "7,47,8,50", "1.50,2.0,-0,4",
    "POLYGON((1 2,3 4,5 6))", '["a","b;c"]', "['x']", "[", "]", ";", ",", "||", "\n", " ", "  ",
    "\u00a0", "\u200b", "e\u0301", "\x1f", "Soil", "https://a.org/x?b=1;c=2", "10.1890/x2.0.CO;2",
]  # fmt: skip
CELLS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
SEPARATORS = st.sampled_from([None, ";", ",", "|", "||", "\n", "json"])


def canonical(cells: list[str], field: str, separator: str | None) -> list[tuple[object, set[str]]]:
    column = ColumnMapping("c", field, value_separator=separator, is_day_first=True)
    values, found = canonical_column(pl.Series("c", cells, dtype=pl.String), column)
    return [
        (value, {finding for finding, is_meant in found.items() if is_meant[row]})
        for row, value in enumerate(values.to_list())
    ]


@pytest.mark.parametrize("field", sorted(FIELD_BY_NAME))
@settings(max_examples=25, deadline=None)
@given(cells=st.lists(CELLS, min_size=1, max_size=4), separator=SEPARATORS)
def test_neighbours_do_not_change_what_a_cell_means(
    field: str, cells: list[str], separator: str | None
) -> None:
    alone = [canonical([cell], field, separator)[0] for cell in cells]
    for neighbours in (["plain"], ["[1, 2]", "plain"]):
        assert canonical([*cells, *neighbours], field, separator)[: len(cells)] == alone
    assert canonical(cells * 3, field, separator) == alone * 3


@pytest.mark.parametrize("field", sorted(FIELD_BY_NAME))
@settings(max_examples=25, deadline=None)
@given(cell=CELLS, separator=SEPARATORS)
@example(cell='["a","b;c"],["a","b;c"]', separator=",")
def test_canonical_cell_is_left_as_it_is(field: str, cell: str, separator: str | None) -> None:
    once = canonical([cell], field, separator)[0][0]
    typed = str(once or "").replace("\x1f", "\n").strip()
    again = canonical([typed], field, "\n" if FIELD_BY_NAME[field].is_many else None)[0][0]
    assert again == once


@pytest.mark.parametrize("cells", [["Soil", "Water", "Air"], ["Soil"] * 5])
def test_column_that_is_canonical_already_is_not_held_twice(cells: list[str]) -> None:
    raw = pl.Series("c", [f"{cell} of a plot in a forest" for cell in cells])
    values, found = canonical_column(raw, ColumnMapping("c", "title"))
    assert (values.to_list(), found) == (raw.to_list(), {})
    assert values.name == "title"
    held, read = (each.to_arrow(compat_level=pl.CompatLevel.newest()) for each in (values, raw))
    assert held.buffers()[1].address == read.buffers()[1].address
