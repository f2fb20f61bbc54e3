"""A dataset's metadata as a row (a JSON object) and as columns (a Polars frame), and between them.

A *record* maps field names to a text, or to a list of texts where the field holds several values;
an empty field is absent. A *record frame* has one text column a field, null where empty, and
several values joined by ``VALUE_SEPARATOR``, which normalisation removes from every value.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import orjson
import polars as pl

from fairdb_core.metadata import FIELD_BY_NAME, FIELDS

VALUE_SEPARATOR = "\x1f"
_ROWS_PER_PIECE = 20_000
_DIGEST_BYTES = 16
_SCHEMA = {field.name: pl.String for field in FIELDS}
_HELD = {name: pl.col(name) for name in _SCHEMA}
_ABSENT = {name: pl.lit(None, pl.String).alias(name) for name in _SCHEMA}
_ESCAPED = r'["\\\x00-\x1f]'
_ESCAPED_PARTS = r'["\\\x00-\x1e]'

Record = Mapping[str, str | Sequence[str]]


def values_of(record: Record, field: str) -> list[str]:
    """Return the values of one field, none where it is empty."""
    value = record.get(field)
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str) else list(value)


def frame_of(records: Iterable[Record]) -> pl.DataFrame:
    """Return records as a record frame that holds every canonical field, in the table's order."""
    rows = [list(cells_of(record, _SCHEMA).values()) for record in records]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def cells_of(record: Record, fields: Iterable[str]) -> dict[str, str | None]:
    """Return the cells of a record frame that hold some fields of a record."""
    return {field: _cell_of(values_of(record, field)) for field in fields}


def _cell_of(values: list[str]) -> str | None:
    return VALUE_SEPARATOR.join(values) if values else None


def complete(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a record frame with every canonical field, in the table's order."""
    if frame.columns == list(_SCHEMA):
        return frame
    present = set(frame.columns)
    return frame.select(_HELD[name] if name in present else _ABSENT[name] for name in _SCHEMA)


def json_of(frame: pl.DataFrame) -> pl.Series:
    """Return each row of a record frame as the text that ``to_json`` would give for it."""
    # In pieces, since all members beside each other need as much memory as the texts.
    pieces = [_json_of(piece) for piece in frame.iter_slices(_ROWS_PER_PIECE)]
    return pl.concat(pieces) if pieces else pl.Series("json", [], dtype=pl.String)


def hashes_of(texts: pl.Series) -> pl.Series:
    """Return the ``content_hash`` of each text."""
    return hashes_of_digests(digests_of(texts))


def digests_of(texts: pl.Series) -> pl.Series:
    """Return the ``content_hash`` of each text as sixteen bytes, which take half its room."""
    digests = b"".join(map(_digest_of, texts.cast(pl.Binary).to_list()))
    return pl.Series("digest", np.frombuffer(digests, np.uint8)).reshape((-1, _DIGEST_BYTES))


def hashes_of_digests(digests: pl.Series) -> pl.Series:
    """Return the ``content_hash`` of each text by the ``digests_of`` them, null where null."""
    given = digests.is_not_null()
    hashes = digests.filter(given).arr.explode().to_numpy().tobytes().hex()
    size = 2 * _DIGEST_BYTES
    texts = [hashes[start : start + size] for start in range(0, len(hashes), size)]
    found = pl.Series("content_hash", texts, dtype=pl.String)
    return found if given.all() else found.gather((given.cum_sum() - 1).set(~given, None))


def json_and_digests_of(frame: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return what ``json_of`` gives, and the ``digests_of`` it."""
    if frame.is_empty():
        return json_of(frame), digests_of(json_of(frame))
    texts, digests = [], []
    # The texts of one piece are hashed while those of the next are made.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="hashes") as thread:
        for piece in frame.iter_slices(_ROWS_PER_PIECE):
            part = _json_of(piece)
            texts.append(part)
            digests.append(thread.submit(digests_of, part))
        return pl.concat(texts), pl.concat([each.result() for each in digests])


def _json_of(frame: pl.DataFrame) -> pl.Series:
    names = sorted(name for name in frame.columns if frame[name].null_count() < frame.height)
    if not names:
        return pl.Series("json", ["{}"] * frame.height, dtype=pl.String)
    # All columns in one query, which looks at several at a time.
    has_escapes = frame.select(
        pl.col(name).str.contains(_ESCAPED_PARTS if _is_many(name) else _ESCAPED).any()
        for name in names
    ).row(0)
    members = frame.lazy().select(map(_member, names, has_escapes))
    pairs = pl.concat_str(pl.all(), separator=",", ignore_nulls=True)
    return members.select(json=pl.concat_str(pl.lit("{"), pairs, pl.lit("}"))).collect()["json"]


def _is_many(name: str) -> bool:
    return FIELD_BY_NAME[name].is_many


def _member(name: str, has_escapes: bool) -> pl.Expr:
    """Return each value of a field as a member of a JSON object, null where it is empty."""
    value, key = pl.col(name), f'"{name}":'
    if has_escapes:
        parts = value.str.split(VALUE_SEPARATOR) if _is_many(name) else value
        return pl.when(value.is_not_null()).then(pl.lit(key) + _encoded(parts)).alias(key)
    if _is_many(name):
        value = value.str.replace_all(VALUE_SEPARATOR, '","', literal=True)
        return pl.concat_str(pl.lit(key + '["'), value, pl.lit('"]')).alias(key)
    return pl.concat_str(pl.lit(key + '"'), value, pl.lit('"')).alias(key)


def _encoded(value: pl.Expr) -> pl.Expr:
    text = pl.struct(v=value).struct.json_encode()
    return text.str.strip_prefix('{"v":').str.strip_suffix("}")


def frame_of_json(texts: pl.Series) -> pl.DataFrame:
    """Return the record frame of texts that ``to_json`` or ``json_of`` wrote."""
    schema = pl.Struct(
        {field.name: pl.List(pl.String) if field.is_many else pl.String for field in FIELDS}
    )
    if texts.is_empty():
        return frame_of([])
    return (
        texts.cast(pl.String)
        .str.json_decode(schema)
        .struct.unnest()
        .with_columns(
            pl.col(field.name).list.join(VALUE_SEPARATOR) for field in FIELDS if field.is_many
        )
    )


def record_of(row: Mapping[str, str | None]) -> dict[str, str | list[str]]:
    """Return one row of a record frame as a record, empty fields left out."""
    record: dict[str, str | list[str]] = {}
    for name, text in row.items():
        if text:
            many = FIELD_BY_NAME[name].is_many
            record[name] = text.split(VALUE_SEPARATOR) if many else text
    return record


def to_json(record: Record) -> str:
    """Return a record as its canonical JSON: keys sorted, so equal records give equal text."""
    return orjson.dumps(dict(record), option=orjson.OPT_SORT_KEYS).decode()


def content_hash(text: str) -> str:
    """Return the hash by which two records are told apart, of their canonical JSON."""
    return _digest_of(text.encode()).hex()


def _digest_of(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_DIGEST_BYTES).digest()


def from_json(text: str | bytes) -> dict[str, str | list[str]]:
    """Return the record that ``to_json`` wrote."""
    record: dict[str, str | list[str]] = orjson.loads(text)
    return record
