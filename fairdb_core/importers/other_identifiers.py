"""Which other column could tell rows apart that share what they are known by."""

from collections.abc import Sequence

import polars as pl

from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.importers.header_words import fields_by_header, words_of
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.vocabularies.identifiers import scheme_of

_LONGEST = 200
_LOOKED_AT = 500
_MOST = 0.9
_OF_IDENTIFIERS = frozenset({"identifier", "alternate_identifier"})
_PERSISTENT = frozenset({"doi", "handle", "ark", "urn", "w3id", "purl"})
_WORDS = frozenset({"id", "ids", "pid", "identifier", "accession", "handle", "uuid", "guid"})


def remedy_for_repeated(
    frame: pl.DataFrame, mapping: Sequence[ColumnMapping], is_blank: pl.Series
) -> str:
    """Return how rows would be told apart by another column, empty where none does that.

    Args:
        frame: Raw cells, one text column a header.
        mapping: Where each column goes.
        is_blank: Whether each row is blank.
    """
    used = {each.column for each in mapping if each.field == "identifier"}
    rows = frame.filter(~is_blank)
    found = next((name for name in _by_header(frame.columns, used) if _tells(rows[name])), None)
    if found is None:
        return ""
    field = FIELD_BY_NAME["identifier"].title
    instead = f" instead of “{'”, “'.join(sorted(used))}”" if used else ""
    return (
        f" If these are different datasets, map the column “{found}” to {field}{instead}: "
        "it is filled and different in every row."
    )


def _by_header(columns: Sequence[str], used: set[str]) -> list[str]:
    """Return the columns that could be meant, those whose header speaks of identifiers first."""
    others = [name for name in columns if name not in used]
    return sorted(others, key=lambda name: not _is_named_so(name))


def _is_named_so(name: str) -> bool:
    return bool(_WORDS & set(words_of(name)) or _OF_IDENTIFIERS & fields_by_header(name).keys())


def _tells(cells: pl.Series) -> bool:
    """Return whether a column has a value of its own in each row that looks like an identifier."""
    looked_at = [text for text in cells.head(_LOOKED_AT).to_list() if text]
    persistent = sum(scheme_of(text) in _PERSISTENT for text in looked_at)
    if not _is_named_so(cells.name) and persistent < _MOST * len(looked_at):
        return False
    texts = cells.str.strip_chars()
    if texts.is_empty() or texts.null_count() or (texts == "").any():
        return False
    if texts.str.contains(r"\s").any() or (texts.str.len_chars() > _LONGEST).any():
        return False
    return texts.str.to_lowercase().n_unique() == texts.len()
