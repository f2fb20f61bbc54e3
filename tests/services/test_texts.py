"""Titles, identifiers and keywords, found wherever the chunks have them."""

import io

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core.repositories.chunk_texts import ChunkTexts
from fairdb_core.services.texts import Texts


def packed(rows: pl.DataFrame) -> bytes:
    """Return rows as a chunk of them is stored."""
    buffer = io.BytesIO()
    rows.write_ipc(buffer, compression="lz4")
    return buffer.getvalue()


def chunk_of(versions: list[int], columns: dict[str, list[str | None]]) -> ChunkTexts:
    rows = pl.DataFrame({"dataset_version_id": versions, **columns})
    return ChunkTexts(1, min(versions), max(versions), packed(rows))


@given(
    st.lists(st.integers(0, 50), min_size=1, unique=True).flatmap(
        lambda versions: st.tuples(
            st.just(versions),
            st.lists(st.integers(0, 3), min_size=len(versions), max_size=len(versions)),
            st.permutations(versions),
            st.lists(st.integers(0, len(versions) - 1)),
        )
    )
)
def test_each_version_has_its_own_text_in_whatever_order_chunks_lie(
    drawn: tuple[list[int], list[int], list[int], list[int]],
) -> None:
    versions, chunk_numbers, asked, places = drawn
    chunks = []
    for number in set(chunk_numbers):
        of_it = [v for v, chunk in zip(versions, chunk_numbers, strict=True) if chunk == number]
        chunks.append(chunk_of(of_it, {"text": [f"text {version}" for version in of_it]}))
    texts = Texts(pl.Series(asked), chunks)
    expected = [f"text {version}" for version in asked]
    assert texts.at(np.array(places, np.intp)).to_list() == [expected[place] for place in places]
    assert texts.all.to_list() == expected


def test_chunk_from_before_keywords_were_kept_has_title_and_identifier() -> None:
    old = chunk_of([1, 2], {"title": ["Soil", None], "identifier": ["10.1/a", "10.1/b"]})
    new = chunk_of([3], {"text": ["Rain\n10.1/c\nwet"]})
    texts = Texts(pl.Series([3, 1, 2]), [new, old])
    assert texts.all.to_list() == ["Rain\n10.1/c\nwet", "Soil\n10.1/a\n", "\n10.1/b\n"]
