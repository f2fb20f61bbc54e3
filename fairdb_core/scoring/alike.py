"""Rows of facts that are alike: points are worked out for one of them and hold for all.

Among a million records there are some thousand combinations of facts, so that to look the points
up costs a fraction of adding them up for each record.
"""

from collections.abc import Callable

import polars as pl

from fairdb_core.indicators import State

_BITS = 2
_IN_A_BYTE = 4
_IN_A_KEY = 32
_KEY = "alike:"


def for_rows_alike(
    facts: pl.DataFrame, work_out: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Return what a function of facts gives for each row, asked once for rows that are alike.

    Args:
        facts: States of indicators and no other columns.
        work_out: Gives a row for each row, which depends on that row only.
    """
    keys = _keys(facts)
    if keys is None:
        return work_out(facts)
    first = keys.with_row_index(_KEY).unique(keys.columns, keep="any")
    if 2 * first.height > facts.height:
        return work_out(facts)
    told = work_out(facts[first[_KEY]]).hstack(first.drop(_KEY))
    return keys.join(told, on=keys.columns, how="left", maintain_order="left").drop(keys.columns)


def _keys(facts: pl.DataFrame) -> pl.DataFrame | None:
    """Return numbers in which rows agree that are alike, ``None`` where states do not allow it."""
    largest = facts.max().row(0)
    is_whole = facts.null_count().sum_horizontal().item() == 0
    if not is_whole or any(dtype != pl.UInt8 for dtype in facts.dtypes) or max(largest) > State.MET:
        return None
    # Facts that no row has anything to say of tell no rows apart.
    names = [name for name, state in zip(facts.columns, largest, strict=True) if state]
    packed = facts.select(
        _packed(names[start : start + _IN_A_BYTE], _BITS, pl.UInt8).alias(str(number))
        for number, start in enumerate(range(0, max(len(names), 1), _IN_A_BYTE))
    )
    step = _IN_A_KEY // _IN_A_BYTE
    return packed.select(
        _packed(packed.columns[start : start + step], 8, pl.UInt64).alias(f"{_KEY}{start}")
        for start in range(0, packed.width, step)
    )


def _packed(names: list[str], bits: int, dtype: type[pl.DataType]) -> pl.Expr:
    """Return columns as one number, each with some bits of it."""
    number = pl.repeat(0, pl.len(), dtype=dtype)
    for place, name in enumerate(names):
        number += pl.col(name).cast(dtype) * pl.lit(1 << (bits * place), dtype)
    return number
