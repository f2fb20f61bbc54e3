"""What a record's identifiers, links and access rights come to; several rubrics ask for it."""

from collections.abc import Iterable

from fairdb_core.records import Record, values_of
from tests.scoring.oracles.adding_up import NOT_ASSESSED, met_if
from tests.scoring.oracles.values import is_closed, protocol_of


def identifiers_of(record: Record) -> list[str]:
    """Return what the record itself may be reached by: its identifier or its page."""
    return [*values_of(record, "identifier"), *values_of(record, "access_url")]


def data_links_of(record: Record) -> list[str]:
    return values_of(record, "download_url")


def is_reached_by(texts: Iterable[str], protocols: frozenset[str]) -> bool:
    return any(protocol_of(text) in protocols for text in texts)


def met_unless_closed(record: Record, is_met: bool) -> int:
    """Return a state that costs nothing where no link is due: the data are not open."""
    is_without_due = not data_links_of(record) and any(
        is_closed(text) for text in values_of(record, "access_rights")
    )
    return NOT_ASSESSED if is_without_due and not is_met else met_if(is_met)
