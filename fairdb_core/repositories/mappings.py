"""Mappings that people chose, to be offered again for a file with the same headers."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from fairdb_core.repositories.tables import MappingMemoryRow


class MappingRepository:
    """Remembers mappings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def recall(self, user_id: int, header_hash: str) -> dict[str, str | None] | None:
        """Return the field of each column, ``None`` when these headers are new to the person."""
        row = self._session.get(MappingMemoryRow, (header_hash, user_id))
        return None if row is None else dict(row.mapping)

    def remember(self, user_id: int, header_hash: str, chosen: Mapping[str, str | None]) -> None:
        """Keep where each column went."""
        self._session.merge(
            MappingMemoryRow(
                header_hash=header_hash,
                user_id=user_id,
                mapping=dict(chosen),
                updated_at=datetime.now(UTC),
            )
        )
