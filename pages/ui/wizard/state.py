"""What the upload wizard remembers between two reruns of one browser session."""

from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import streamlit as st

from fairdb_core import Plan, Table
from fairdb_core.domain.uploads import ColumnMapping, Correction, LeftOut
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.services.previews import in_turn

STEPS = ("Read", "Map", "Problems", "Effect", "Commit")
_KEY = "upload_wizard"


@dataclass
class Wizard:
    """One upload on its way; nothing of it is stored before the last step.

    Attributes:
        generation: Gives the file widget a new identity after a restart.
        widget_file: Which file of the file widget was taken.
        asked: How the person wants the file to be read.
        said: What the last press of a button did, to be said once.
        turns: By field with one value, the columns that go to it, the first filled one first.
        batch_id: The batch that carries the plan out, once committed.
    """

    generation: int = 0
    step: int = 0
    source: bytes | Path = b""
    file_name: str = ""
    widget_file: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    table: Table | None = None
    suggested: tuple[ColumnMapping, ...] = ()
    mapping: tuple[ColumnMapping, ...] = ()
    turns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    corrections: list[Correction | LeftOut] = field(default_factory=list)
    said: str = ""
    collection_id: int | None = None
    plan: Plan | None = None
    batch_id: int | None = None

    def take(self, source: bytes | Path, file_name: str) -> None:
        """Start over with another file."""
        fresh = Wizard(
            generation=self.generation,
            collection_id=self.collection_id,
            widget_file=self.widget_file,
        )
        self.__dict__.update(fresh.__dict__)
        self.source, self.file_name = source, file_name

    def ask(self, **how: str) -> None:
        """Read the file in another way; the mapping stays where the columns do."""
        self.asked.update(how)
        self.table, self.plan = None, None

    def several(self, mapping: tuple[ColumnMapping, ...]) -> dict[str, tuple[str, ...]]:
        """Return the fields with one value that several columns go to, and these in turn."""
        found: dict[str, list[str]] = {}
        for column in in_turn(mapping, chain(*self.turns.values())):
            if column.field is not None and not FIELD_BY_NAME[column.field].is_many:
                found.setdefault(column.field, []).append(column.column)
        return {name: tuple(columns) for name, columns in found.items() if len(columns) > 1}

    def mapping_in_turn(self) -> tuple[ColumnMapping, ...]:
        """Return the mapping with the columns of one field in the order that was chosen."""
        return in_turn(self.mapping, chain(*self.turns.values()))

    def go(self, step: int) -> None:
        """Show another step."""
        self.step = step


def wizard() -> Wizard:
    """Return this session's upload."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Wizard()
    state: Wizard = st.session_state[_KEY]
    return state


def restart() -> None:
    """Forget the upload and begin with a new file."""
    st.session_state[_KEY] = Wizard(generation=wizard().generation + 1)
