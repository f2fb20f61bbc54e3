"""Keys for tables that are filled in bulk, handed out in blocks inside the transaction."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fairdb_core.repositories.tables import IdCounterRow


class KeyRepository:
    """Hands out keys."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def reserve(self, name: str, count: int) -> int:
        """Return the first of ``count`` consecutive keys that nobody else will get.

        Args:
            name: The table that the keys are for.
            count: How many are needed.
        """
        self._session.execute(
            update(IdCounterRow)
            .where(IdCounterRow.name == name)
            .values(next_id=IdCounterRow.next_id + count)
        )
        after = self._session.scalar(select(IdCounterRow.next_id).where(IdCounterRow.name == name))
        if after is None:
            self._session.add(IdCounterRow(name=name, next_id=1 + count))
            self._session.flush()
            return 1
        return after - count
