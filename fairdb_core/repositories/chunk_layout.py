"""How assessed rows are laid out in a chunk: facts packed, repeating texts by number."""

import io
import re
from collections.abc import Sequence
from typing import IO

import polars as pl

from fairdb_core.indicators import INDICATORS
from fairdb_core.indicators.packing import FACT, PACKED, packed, parts_of, unpacked

_TEXT = "text"
_POINTS = re.compile(r"((.+\.)?(earned|judged|maturity|level)|.+\.percent)$")


def compact(rows: pl.DataFrame) -> pl.DataFrame:
    """Return assessed rows as a chunk keeps them."""
    facts = list(INDICATORS)
    layout = [PACKED + ",".join(part) for part in parts_of(facts)]
    held = [name for name in rows.columns if name.startswith((FACT, PACKED))]
    if held and held != layout:
        rows = packed(unpacked(rows), facts)
    if "title" in rows.columns and _TEXT not in rows.columns:
        rows = _with_text(rows)
    return rows.with_columns(
        pl.col(name).cast(pl.Categorical)
        for name, kind in rows.schema.items()
        if kind == pl.String and name != _TEXT
    )


def assessed(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a chunk as they were assessed: a column a fact, and texts as texts."""
    return unpacked(rows).with_columns(
        pl.col(name).cast(pl.String) for name, kind in rows.schema.items() if kind == pl.Categorical
    )


def read_all(chunks: Sequence[bytes]) -> pl.DataFrame:
    """Return the rows of chunks, one after the other, as chunks keep them now."""
    files: list[IO[bytes]] = [io.BytesIO(chunk) for chunk in chunks]
    try:
        # Many small chunks are read several times as fast at once.
        return compact(pl.scan_ipc(files).collect().rechunk())
    except pl.exceptions.PolarsError:
        # Some were written when there were other facts.
        parts = [compact(pl.read_ipc(io.BytesIO(chunk))) for chunk in chunks]
        return pl.concat(parts, how="diagonal")


def _with_text(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows of a store from before keywords were kept, as they are kept now."""
    lines = [pl.col(name).fill_null("") for name in ("title", "identifier")]
    text = pl.concat_str(*lines, pl.lit(""), separator="\n").alias(_TEXT)
    kept = [name for name in rows.columns if name not in ("title", "identifier")]
    return rows.select(*(name for name in kept if not _POINTS.match(name)), text)
