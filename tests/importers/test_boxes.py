import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core.importers.boxes import box_of, settled_boxes
from fairdb_core.importers.findings import Finding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.5,47.5,8.6,50.0", "7.5,47.5,8.6,50"),
        ("7.5 47.5 8.6 50", "7.5,47.5,8.6,50"),
        ("[[7.5, 47.5], [8.6, 50]]", "7.5,47.5,8.6,50"),
        ("7,5;47,5;8,6;50,0", "7.5,47.5,8.6,50"),
        ("13.404954,52.5200085,13.504954,52.62", "13.404954,52.5200085,13.504954,52.62"),
        ("0.00001,0,1e1,1", "0.00001,0,10,1"),
        ("-180,-90,180,90", "-180,-90,180,90"),
        ("ENVELOPE(-10, 20, 60, 30)", "-10,30,20,60"),
        ("BOX(7 47, 8 50)", "7,47,8,50"),
        ("northlimit=50; southlimit=47; westlimit=7; eastlimit=8", "7,47,8,50"),
        ('{"west": 7, "east": 8, "south": 47, "north": 50}', "7,47,8,50"),
        ("POLYGON((7.123456789 47, 8 47, 8 50, 7 50, 7 47))", "7,47,8,50"),
        ("POLYGON Z((7 47 1, 8 47 1, 8 50 1, 7 47 1))", "7,47,8,50"),
        ("MULTIPOLYGON(((7 47, 8 47, 8 50)), ((1 2, 3 4, 5 6)))", "1,2,8,50"),
        ('{"type":"Polygon","coordinates":[[[7,47],[8,47],[8,50],[7,47]]]}', "7,47,8,50"),
    ],
)
def test_box_is_brought_to_west_south_east_north(text: str, expected: str) -> None:
    assert box_of(text) == (expected, None)


@pytest.mark.parametrize(
    "text",
    [
        "Upper Rhine",
        "1,2,3",
        "1,2,3,4,5",
        "7,50,8,47",
        "7,91,8,92",
        "400,1,401,2",
        "9" * 400 + ",1,2,3",
        "W 7 E 8 S 47 N 50",
        "POINT(7 47)",
        "POLYGON((7 47, x 47, 8 50))",
        "{",
        '{"coordinates": [["a", "b"]]}',
        '{"geometry": [1]}',
    ],
)
def test_what_is_no_box_is_left_empty(text: str) -> None:
    assert box_of(text) == (None, Finding.BOX_NOT_UNDERSTOOD)


DEGREES = st.floats(-400, 400, allow_nan=False).map(lambda number: f"{number:.4f}")


@given(st.lists(DEGREES, min_size=4, max_size=4))
def test_column_and_single_box_agree(sides: list[str]) -> None:
    text = ",".join(sides)
    canonical, _ = box_of(text)
    settled = settled_boxes(pl.Series([text, canonical], dtype=pl.String)).to_list()
    assert settled[0] in (None, canonical)
    assert settled[1] == canonical
