"""One change to one field of many datasets, as a person asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fairdb_core.metadata import FIELD_BY_NAME

_MOST_LETTERS = 80


class FixAction(StrEnum):
    """What is done to the field."""

    FILL = "fill"
    SET = "set"
    REPLACE = "replace"
    NORMALISE = "normalise"
    SPLIT = "split"
    JOIN = "join"
    COPY = "copy"
    LOOK_UP = "look up"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class LookUp:
    """A table of values by identifier, as it was read.

    Attributes:
        file_name: The file as the person named it.
        entries: The identifier and the value of each row, in the file's order.
    """

    file_name: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BulkFix:
    """One change to one field.

    Attributes:
        field: The canonical field that changes.
        value: What to fill, set or put in place; several values one to a line.
        found: What is replaced; a whole value, not a part of it.
        source: The field to copy from where the field is empty.
        separator: What parts several values that stand in one, or what joins them.
        table: The values to look up.
    """

    field: str
    action: FixAction
    value: str = ""
    found: str = ""
    source: str = ""
    separator: str = ""
    table: LookUp | None = None

    @property
    def title(self) -> str:
        """What was done, in words, once it is."""
        field, value = FIELD_BY_NAME[self.field].title, _in_short(self.value)
        source = FIELD_BY_NAME[self.source].title if self.source else ""
        return {
            FixAction.FILL: f"Empty {field} set to {value}",
            FixAction.SET: f"{field} set to {value}",
            FixAction.REPLACE: f"{field} {_in_short(self.found)} replaced by {value}",
            FixAction.NORMALISE: f"{field} brought to the usual form",
            FixAction.SPLIT: f"{field} split at “{self.separator}”",
            FixAction.JOIN: f"{field} joined with “{self.separator}”",
            FixAction.COPY: f"Empty {field} copied from {source}",
            FixAction.LOOK_UP: f"{field} looked up in {self.table.file_name if self.table else ''}",
            FixAction.CLEAR: f"{field} emptied",
        }[self.action]


def _in_short(text: str) -> str:
    line = "; ".join(part.strip() for part in text.splitlines() if part.strip())
    return line if len(line) <= _MOST_LETTERS else f"{line[: _MOST_LETTERS - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class FixTarget:
    """Datasets of one collection that a fix may change."""

    collection_id: int
    collection_name: str
    dataset_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a bulk fix could do about failed checks.

    Attributes:
        questions: What the checks ask that this settles.
        advice: What a steward can do to meet them, each sentence once.
        example: A value that is right.
        source: The field to copy from, where that is the action.
    """

    questions: tuple[str, ...]
    advice: tuple[str, ...]
    field: str
    action: FixAction
    example: str
    source: str = ""
