"""The states of one record's facts, of which most are known already while somebody types.

A fact rests on some fields. Where one field is changed, only the facts that rest on it are worked
out anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from fairdb_core.cache import CHOICES_KEPT, MEANINGS_KEPT
from fairdb_core.indicators import INDICATORS
from fairdb_core.indicators.expressions import SHARED
from fairdb_core.indicators.packing import FACT
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, cells_of, frame_of
from fairdb_core.scoring.kernel import compute_facts

_Key = tuple[str | None, ...]
_KNOWN: dict[_Key, int] = {}


def states_of(record: Record, indicators: tuple[str, ...]) -> tuple[int, ...]:
    """Return the states of some indicators, as ``compute_facts`` gives them.

    Args:
        record: A normalised record.
        indicators: Which of them.
    """
    cells = cells_of(record, FIELD_BY_NAME)
    (found,) = _told([record], [_keys(indicators, cells)], indicators)
    return tuple(found.values())


def states_with(
    record: Record, changes: Sequence[Record], indicators: tuple[str, ...]
) -> list[tuple[int, ...]]:
    """Return the states of a record with each of some changes, as ``compute_facts`` gives them.

    Args:
        record: A normalised record.
        changes: What other fields of it hold then.
        indicators: Which of them.
    """
    now = dict(zip(indicators, states_of(record, indicators), strict=True))
    cells, by_field = cells_of(record, FIELD_BY_NAME), _by_field(indicators)
    keys = [
        _keys(
            (name for field in change for name in by_field[field]),
            {**cells, **cells_of(change, change)},
        )
        for change in changes
    ]
    found = _told([{**record, **change} for change in changes], keys, indicators)
    return [tuple({**now, **states}.values()) for states in found]


def _keys(indicators: Iterable[str], cells: Mapping[str, str | None]) -> dict[str, _Key]:
    return {name: (name, *map(cells.get, fields_of(name))) for name in indicators}


def _told(
    records: Sequence[Record], keys: Sequence[dict[str, _Key]], indicators: tuple[str, ...]
) -> list[dict[str, int]]:
    """Return the states that are asked for of each record; what is not known is worked out."""
    asked = [{name: _KNOWN.get(key) for name, key in each.items()} for each in keys]
    found = [{name: s for name, s in each.items() if s is not None} for each in asked]
    rows = [row for row, each in enumerate(asked) if len(found[row]) < len(each)]
    if rows:
        missing = frozenset(name for row in rows for name in asked[row].keys() - found[row])
        frame = frame_of(records[row] for row in rows)
        facts = compute_facts(frame, _worked_out_with(missing, indicators))
        if len(_KNOWN) > MEANINGS_KEPT:
            _KNOWN.clear()
        for row, told in zip(rows, facts.iter_rows(named=True), strict=True):
            found[row] = {
                name: told[FACT + name] if state is None else state
                for name, state in asked[row].items()
            }
            _KNOWN.update((keys[row][name], state) for name, state in found[row].items())
    return found


@cache
def fields_of(indicator: str) -> tuple[str, ...]:
    """Return the fields that an indicator's state rests on."""
    names = list(INDICATORS[indicator].expression().meta.root_names())
    for name in names:
        names += SHARED[name].meta.root_names() if name in SHARED else ()
    return tuple(name for name in FIELD_BY_NAME if name in set(names))


def _worked_out_with(missing: frozenset[str], indicators: tuple[str, ...]) -> tuple[str, ...]:
    """Return indicators of which the missing are some: those of one field, else all.

    Few combinations are asked for this way, so that the steps to each of them are kept.
    """
    of_field = _by_field(indicators).values()
    return min((some for some in of_field if missing <= set(some)), key=len, default=indicators)


@lru_cache(maxsize=CHOICES_KEPT)
def _by_field(indicators: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {
        field: tuple(name for name in indicators if field in fields_of(name))
        for field in FIELD_BY_NAME
    }
