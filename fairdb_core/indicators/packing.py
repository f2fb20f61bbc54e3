"""Facts packed two bits each into a few numbers a row, and unpacked again.

The packed columns are named by the facts they hold, so that what was stored stays readable when
indicators are added.
"""

from collections.abc import Sequence

import polars as pl

from fairdb_core.indicators.registry import State

FACT = "fact:"
PACKED = "facts:"
_STATES = len(State)
_FACTS_PER_BYTE = 4
_FACTS_PER_KEY = 32


def packed(rows: pl.DataFrame, facts: Sequence[str] = ()) -> pl.DataFrame:
    """Return rows whose facts are packed, behind their other columns.

    Args:
        rows: Any columns, facts among them.
        facts: The names of all that are packed, where it is not just those that are there; one
            that is not there counts as not assessed.
    """
    names = facts or [name.removeprefix(FACT) for name in rows.columns if name.startswith(FACT)]
    known = set(rows.columns)
    others = [name for name in rows.columns if not name.startswith(FACT)]
    return rows.select(
        *others,
        *(
            _number_of([FACT + name if FACT + name in known else None for name in part]).alias(
                PACKED + ",".join(part)
            )
            for part in parts_of(names)
        ),
    )


def parts_of(facts: Sequence[str]) -> list[Sequence[str]]:
    """Return facts in groups that each fit one number."""
    return [facts[at : at + _FACTS_PER_KEY] for at in range(0, len(facts), _FACTS_PER_KEY)]


def unpacked(rows: pl.DataFrame, facts: Sequence[str] = ()) -> pl.DataFrame:
    """Return rows with a ``UInt8`` column a fact instead of the packed ones.

    Args:
        rows: Any columns, packed facts among them.
        facts: Which of them, all where nothing is said; one that is not there is left out.
    """
    held = {name: facts_in(name) for name in rows.columns if name.startswith(PACKED)}
    wanted = set(facts) or {fact for names in held.values() for fact in names}
    return rows.select(
        *(name for name in rows.columns if name not in held),
        *(
            (pl.col(column) // _STATES**place % _STATES).cast(pl.UInt8).alias(FACT + fact)
            for column, names in held.items()
            for place, fact in enumerate(names)
            if fact in wanted
        ),
    )


def facts_in(column: str) -> list[str]:
    """Return the facts that a packed column holds."""
    return column.removeprefix(PACKED).split(",")


def only(column: str, facts: Sequence[str]) -> pl.Expr:
    """Return a packed column with every fact but some set to not assessed."""
    wanted = set(facts)
    mask = sum(
        (_STATES - 1) * _STATES**place
        for place, fact in enumerate(facts_in(column))
        if fact in wanted
    )
    return pl.col(column) & pl.lit(mask, pl.UInt64)


def _number_of(columns: Sequence[str | None]) -> pl.Expr:
    """Return the states of some facts as one number.

    Four at a time are packed into bytes first, for that is several times as fast.
    """
    groups = [columns[at : at + _FACTS_PER_BYTE] for at in range(0, len(columns), _FACTS_PER_BYTE)]
    parts = [
        pl.sum_horizontal(
            pl.lit(0, pl.UInt8),
            *(
                pl.col(name).cast(pl.UInt8).fill_null(0) * pl.lit(_STATES**place, pl.UInt8)
                for place, name in enumerate(group)
                if name is not None
            ),
        ).cast(pl.UInt64)
        for group in groups
    ]
    return pl.sum_horizontal(part * 256**place for place, part in enumerate(parts))
