"""Failed checks as one value of a filter: one check, several together, or exactly these.

``A`` is failed by whatever fails A; ``A~B`` by what fails both; ``=A~B`` by what fails both and
no other check that a record can decide.
"""

from collections.abc import Sequence

from fairdb_core.domain.summaries import Facet, Filters

_TOGETHER = "~"
_EXACTLY = "="


def exactly(check_ids: Sequence[str]) -> str:
    """Return the value for datasets that fail these checks and no other."""
    return _EXACTLY + _TOGETHER.join(check_ids)


def read_gap(value: str) -> tuple[tuple[str, ...], bool]:
    """Return the checks that a value names, and whether no other may fail."""
    names = value.removeprefix(_EXACTLY).split(_TOGETHER)
    return tuple(name for name in names if name), value.startswith(_EXACTLY)


def with_gaps(filters: Filters, values: Sequence[str]) -> Filters:
    """Return filters for the datasets that match already and fail one of these as well."""
    before = filters.values(Facet.GAP)
    wanted = {_both(old, new) for old in before for new in values} if before else set(values)
    return filters.with_values(Facet.GAP, wanted)


def _both(old: str, new: str) -> str:
    """Return the value for what two values name; one that is exact says it all."""
    for value in (new, old):
        if read_gap(value)[1]:
            return value
    return _TOGETHER.join(dict.fromkeys((*read_gap(old)[0], *read_gap(new)[0])))
