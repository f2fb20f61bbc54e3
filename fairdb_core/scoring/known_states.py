"""The states of one record's facts, of which most are known already while somebody types.

A fact rests on some fields. Where one field is changed, only the facts that rest on it are worked
out anew.
"""

from functools import cache, lru_cache

from fairdb_core.indicators import INDICATORS
from fairdb_core.indicators.expressions import SHARED
from fairdb_core.indicators.packing import FACT
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, frame_of
from fairdb_core.scoring.kernel import compute_facts

_MOST_KNOWN = 10_000
_Key = tuple[str | None, ...]
_KNOWN: dict[_Key, int] = {}


def states_of(record: Record, indicators: tuple[str, ...]) -> tuple[int, ...]:
    """Return the states of some indicators, as ``compute_facts`` gives them.

    Args:
        record: A normalised record.
        indicators: Which of them.
    """
    frame = frame_of([record])
    (cells,) = frame.iter_rows(named=True)
    keys = {name: (name, *map(cells.get, fields_of(name))) for name in indicators}
    found = {name: _KNOWN[key] for name, key in keys.items() if key in _KNOWN}
    missing = frozenset(name for name in indicators if name not in found)
    if missing:
        facts = compute_facts(frame, _worked_out_with(missing, indicators)).row(0, named=True)
        told = {name: facts[FACT + name] for name in missing}
        found.update(told)
        if len(_KNOWN) > _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN.update((keys[name], state) for name, state in told.items())
    return tuple(found[name] for name in indicators)


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


@lru_cache(maxsize=32)
def _by_field(indicators: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {
        field: tuple(name for name in indicators if field in fields_of(name))
        for field in FIELD_BY_NAME
    }
