"""Mappings that people chose, to be offered again for a file with the same headers."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from fairdb_core.repositories.bulk import insert_into
from fairdb_core.repositories.tables import MappingMemoryRow


class MappingRepository:
    """Remembers mappings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def recall(self, user_id: int, header_hash: str) -> dict[str, str | None] | None:
        """Return the field of each column, ``None`` when these headers are new to the person.

        Columns stand in the order in which they were kept: of several for one field it says which
        counts first.
        """
        row = self._session.get(MappingMemoryRow, (header_hash, user_id))
        return None if row is None else dict(row.mapping)

    def remember(self, user_id: int, header_hash: str, chosen: Mapping[str, str | None]) -> None:
        """Keep where each column went, also when the same is being kept at this moment."""
        choice = {"mapping": dict(chosen), "updated_at": datetime.now(UTC)}
        self._session.execute(
            insert_into(self._session, MappingMemoryRow)
            .values(header_hash=header_hash, user_id=user_id, **choice)
            .on_conflict_do_update(
                index_elements=[MappingMemoryRow.header_hash, MappingMemoryRow.user_id], set_=choice
            )
        )
