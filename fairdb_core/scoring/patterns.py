"""The distinct facts of many records: a million of them are scored by a few thousand patterns."""

import numpy as np
import polars as pl

from fairdb_core.indicators import State
from fairdb_core.indicators.packing import FACT, PACKED, facts_in, only, unpacked
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.kernel import score

PATTERN = "pattern"
IDX = pl.UInt32
_BITS = 24
_ODD = np.uint64(0x9E3779B97F4A7C15)


def patterns_in(rows: pl.DataFrame, rubric: Rubric) -> tuple[pl.Series, pl.DataFrame]:
    """Return the pattern of each row, and the patterns.

    Args:
        rows: Rows with packed facts; one that is not there counts as not assessed.
        rubric: Whose facts are looked at.

    Returns:
        A ``UInt32`` number a row, and by this number a ``UInt8`` column a fact and the columns
        of ``score``.
    """
    wanted = sorted({test.indicator for test in rubric.tests})
    if rows.is_empty():
        facts = pl.DataFrame(schema={FACT + test.indicator: pl.UInt8 for test in rubric.tests})
        return pl.Series(dtype=IDX), facts.hstack(score(facts, rubric))
    held = [
        name
        for name in rows.columns
        if name.startswith(PACKED) and not set(wanted).isdisjoint(facts_in(name))
    ]
    if not held:
        facts = pl.DataFrame({FACT + name: [State.NOT_ASSESSED] for name in wanted}).cast(pl.UInt8)
        numbers = pl.repeat(0, rows.height, dtype=IDX, eager=True)
        return numbers, facts.hstack(score(facts, rubric))
    keys = rows.select(only(name, wanted).alias(name) for name in held)
    numbers, firsts = _numbered(keys)
    facts = unpacked(keys[firsts], wanted)
    lacking = [name for name in wanted if FACT + name not in facts.columns]
    facts = facts.with_columns(
        pl.repeat(State.NOT_ASSESSED, len(firsts), dtype=pl.UInt8, eager=True).alias(FACT + name)
        for name in lacking
    )
    return numbers, facts.hstack(score(facts, rubric))


def _numbered(keys: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return which distinct row each row is, and where each distinct row is first found."""
    mixed = np.zeros(keys.height, dtype=np.uint64)
    for column in keys:
        mixed = (mixed ^ column.to_numpy()) * _ODD
    place, rows = (mixed >> np.uint64(64 - _BITS)).astype(np.intp), np.arange(keys.height)
    first_at = np.empty(1 << _BITS, dtype=np.uint32)
    first_at[place[::-1]] = rows[::-1]
    first_of = first_at[place]
    is_first = first_of == rows
    numbers = pl.Series(PATTERN, (np.cumsum(is_first) - 1).astype(np.uint32)[first_of])
    firsts = pl.Series(np.flatnonzero(is_first), dtype=IDX)
    if keys.equals(keys[firsts][numbers]):
        return numbers, firsts
    return _numbered_by_hash(keys)


def _numbered_by_hash(keys: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return the same where two distinct rows share a place."""
    # One number for all columns is several times as quick to join by as the columns themselves.
    hashed = keys.select(pl.struct(pl.all()).hash().alias("hash"))
    distinct = hashed.with_row_index("first").unique("hash", keep="first", maintain_order=True)
    numbers = hashed.join(
        distinct.with_row_index(PATTERN), on="hash", how="left", maintain_order="left"
    )[PATTERN]
    firsts = distinct["first"]
    if keys.equals(keys[firsts][numbers]):
        return numbers, firsts
    return _numbered_slowly(keys)


def _numbered_slowly(keys: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return the same where two distinct rows share a hash."""
    distinct = keys.with_row_index("first").unique(keys.columns, keep="first", maintain_order=True)
    numbered = keys.join(
        distinct.with_row_index(PATTERN), on=keys.columns, how="left", maintain_order="left"
    )
    return numbered[PATTERN], distinct["first"]
