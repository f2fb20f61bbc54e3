"""One change to one field of many datasets, as a person asks for it."""

from dataclasses import dataclass
from enum import StrEnum


class FixAction(StrEnum):
    """What is done to the field."""

    FILL = "fill"
    SET = "set"
    REPLACE = "replace"
    COPY = "copy"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class BulkFix:
    """One change to one field.

    Attributes:
        field: The canonical field that changes.
        value: What to fill, set or put in place; several values one to a line.
        found: What is replaced; a whole value, not a part of it.
        source: The field to copy from where the field is empty.
    """

    field: str
    action: FixAction
    value: str = ""
    found: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FixTarget:
    """Datasets of one collection that a fix may change."""

    collection_id: int
    collection_name: str
    dataset_ids: tuple[int, ...]
