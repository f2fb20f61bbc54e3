"""How assessed rows are laid out in a chunk: facts packed, repeating texts by number."""

import io
import re
from collections.abc import Sequence
from typing import IO

import polars as pl

from fairdb_core.indicators import INDICATORS
from fairdb_core.indicators.packing import FACT, PACKED, packed, parts_of, unpacked

_VERSION = "dataset_version_id"
_TEXT = "text"
# Of which the text was made before keywords were kept.
_LINES = ("title", "identifier")
# So many texts of a joined chunk are unpacked for one of them.
_TEXTS_AT_ONCE = 1_024
# What reading raises where stored bytes are not what was written.
DAMAGE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
_POINTS = re.compile(r"((.+\.)?(earned|judged|maturity|level)|.+\.percent)$")


def compact(rows: pl.DataFrame) -> pl.DataFrame:
    """Return assessed rows as a chunk keeps them."""
    facts = list(INDICATORS)
    layout = [PACKED + ",".join(part) for part in parts_of(facts)]
    held = [name for name in rows.columns if name.startswith((FACT, PACKED))]
    if held and held != layout:
        rows = packed(unpacked(rows), facts)
    return rows.select(name for name in rows.columns if not _POINTS.match(name)).with_columns(
        pl.col(name).cast(pl.Categorical)
        for name, kind in rows.schema.items()
        if kind == pl.String and name != _TEXT
    )


def assessed(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a chunk as they were assessed: a column a fact, and texts as texts."""
    return unpacked(rows).with_columns(
        pl.col(name).cast(pl.String) for name, kind in rows.schema.items() if kind == pl.Categorical
    )


def read_all(chunks: Sequence[bytes], without: Sequence[str] = ()) -> pl.DataFrame:
    """Return the rows of chunks, one after the other, as kept now.

    Args:
        chunks: As they are stored.
        without: Columns that are left out, besides the texts.
    """
    files: list[IO[bytes]] = [io.BytesIO(chunk) for chunk in chunks]
    try:
        # Many small chunks are read several times as fast at once.
        return compact(_without_texts(pl.scan_ipc(files), without).collect())
    except pl.exceptions.PolarsError:
        # Some were written when there were other facts.
        parts = [compact(_without_texts(pl.scan_ipc(file), without).collect()) for file in files]
        return pl.concat(parts, how="diagonal")


def joined(chunks: Sequence[bytes], texts: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the rows of chunks as one, and their texts so that a few are found without the rest.

    Args:
        chunks: As they are stored.
        texts: Chunks that hold their texts.
    """
    rows, told = io.BytesIO(), io.BytesIO()
    # The column stays, so that such a chunk is read at once with others.
    read_all(chunks).with_columns(pl.lit("").alias(_TEXT)).write_ipc(rows, compression="lz4")
    texts_in(texts).write_ipc(told, compression="lz4", record_batch_size=_TEXTS_AT_ONCE)
    return rows.getvalue(), told.getvalue()


def texts_in(chunks: Sequence[bytes], part: tuple[int, int | None] = (0, None)) -> pl.DataFrame:
    """Return ``dataset_version_id`` and ``text`` of chunks, one after the other.

    Args:
        chunks: As they are stored.
        part: From which row on, and how many; all where nothing is said.
    """
    files: list[IO[bytes]] = [io.BytesIO(chunk) for chunk in chunks]
    try:
        return pl.scan_ipc(files).slice(*part).select(_VERSION, _TEXT).collect()
    except pl.exceptions.PolarsError:
        return pl.concat(_texts_in_one(chunk) for chunk in chunks).slice(*part)


def _texts_in_one(chunk: bytes) -> pl.DataFrame:
    rows = pl.scan_ipc(io.BytesIO(chunk))
    held = rows.collect_schema().names()
    text = pl.col(_TEXT)
    if _TEXT not in held:
        lines = [pl.col(name).fill_null("") for name in _LINES if name in held]
        text = pl.concat_str(*lines, pl.lit(""), separator="\n").alias(_TEXT)
    return rows.select(_VERSION, text).collect()


def _without_texts(rows: pl.LazyFrame, more: Sequence[str]) -> pl.LazyFrame:
    return rows.drop(_TEXT, *_LINES, *more, strict=False)
