import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairdb_core.importers.well_formed import Shape, read_well_formed

CELL = st.text(alphabet=',";\n\r\tab é\x1f#\ufeff', max_size=8)
ROWS = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=8)
)


def quick(
    content: bytes, separator: str, *, has_quotes: bool = True, block: int = 1 << 20
) -> object:
    blocks = [content[start : start + block] for start in range(0, len(content), block)]
    frame = read_well_formed(blocks, Shape(separator, has_quotes, 1_000), 100)
    return None if frame is None else [list(row) for row in frame.iter_rows()]


def strict(content: bytes, separator: str, *, has_quotes: bool = True) -> list[list[str]]:
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8", newline="")
    quoting = csv.QUOTE_MINIMAL if has_quotes else csv.QUOTE_NONE
    return list(csv.reader(text, delimiter=separator, strict=True, quoting=quoting))


def written(rows: list[list[str]], separator: str, end: str, quoting: int) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()


@settings(max_examples=300, deadline=None)
@given(
    rows=ROWS,
    separator=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    block=st.integers(40, 400),
)
def test_quick_reader_reads_what_a_strict_one_reads(
    rows: list[list[str]], separator: str, end: str, quoting: int, block: int
) -> None:
    content = written(rows, separator, end, quoting)
    found = quick(content, separator, block=block)
    assert found is None or found == strict(content, separator)
    if quoting == csv.QUOTE_ALL:
        assert quick(content, separator) == rows


@settings(max_examples=300, deadline=None)
@given(
    rows=ROWS,
    place=st.integers(0, 200),
    letter=st.sampled_from(',;"\n\rx'),
    has_quotes=st.booleans(),
)
def test_quick_reader_leaves_a_damaged_file_to_the_strict_one(
    rows: list[list[str]], place: int, letter: str, has_quotes: bool
) -> None:
    text = written(rows, ",", "\n", csv.QUOTE_MINIMAL).decode()
    content = (text[:place] + letter + text[place:]).encode()
    found = quick(content, ",", has_quotes=has_quotes)
    if found is not None:
        assert found == strict(content, ",", has_quotes=has_quotes)


@pytest.mark.parametrize(
    "content",
    [
        'a,b\n1,x"y\n',
        'a,b\n1,"x"y\n',
        'a,b\n1,"x\n',
        "a,b\n1\n",
        "a,b\n1,2,3\n",
        "a,b\n\n1,2\n",
        "a,b\r1,2\r",
        "a,b\n1,2\r3,4\n",
        "a\n1\n",
        "a,b\n",
        "",
        "a,b\n1," + "x" * 1_001 + "\n",
        "a,b\n" + "1,2\n" * 101,
    ],
)
def test_quick_reader_does_not_judge_what_is_in_doubt(content: str) -> None:
    assert quick(content.encode(), ",") is None


@pytest.mark.parametrize("block", [6, 9, 1 << 20])
def test_columns_without_values_are_read_like_any_other(block: int) -> None:
    content = b"a,b,c\n1,,\n2,,\n,,\n,x,\n,,\n"

    assert quick(content, ",", block=block) == strict(content, ",")
