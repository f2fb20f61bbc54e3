import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from fairdb_core import records
from fairdb_core.metadata import FIELDS

_TEXT = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters=records.VALUE_SEPARATOR),
    min_size=1,
)
_RECORD = st.fixed_dictionaries(
    {},
    optional={
        field.name: st.lists(_TEXT, min_size=1, max_size=3) if field.is_many else _TEXT
        for field in FIELDS
    },
)


@given(st.lists(_RECORD, max_size=5))
def test_records_become_a_frame_and_json_and_come_back_equal(rows: list[records.Record]) -> None:
    frame = records.frame_of(rows)
    texts = records.json_of(frame)
    assert texts.to_list() == [records.to_json(row) for row in rows]
    assert [records.from_json(text) for text in texts] == rows
    assert records.frame_of_json(texts).equals(frame)
    assert [records.record_of(row) for row in frame.iter_rows(named=True)] == rows


def test_complete_frame_has_every_field_in_order() -> None:
    frame = records.complete(records.frame_of([{"title": "Soil"}]).select("title"))
    assert frame.columns == [field.name for field in FIELDS]
    assert frame["license"].to_list() == [None]


def test_values_of_an_empty_field_are_none() -> None:
    assert records.values_of({"title": ""}, "title") == []
    assert records.values_of({"title": "Soil"}, "title") == ["Soil"]
    assert records.values_of({"keywords": ["a", "b"]}, "keywords") == ["a", "b"]


@given(st.lists(_RECORD, max_size=5))
def test_texts_and_their_hashes_are_those_of_each_record_alone(rows: list[records.Record]) -> None:
    texts, digests = records.json_and_digests_of(records.frame_of(rows))
    assert texts.to_list() == [records.to_json(row) for row in rows]
    hashes = [records.content_hash(text) for text in texts]
    assert records.hashes_of_digests(digests).to_list() == hashes
    assert records.hashes_of(texts).to_list() == hashes


def test_row_without_a_digest_has_no_hash() -> None:
    digests = records.digests_of(pl.Series(["{}", "[]"])).gather(pl.Series([1, None, 0]))
    hashes = [records.content_hash("[]"), None, records.content_hash("{}")]
    assert records.hashes_of_digests(digests).to_list() == hashes
