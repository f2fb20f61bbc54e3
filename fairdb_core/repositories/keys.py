"""Keys for tables that are filled in bulk, handed out in blocks inside the transaction."""

from sqlalchemy.orm import Session

from fairdb_core.repositories.bulk import insert_into
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
        # One statement, so that two who ask first at the same moment share the row.
        after = self._session.execute(
            insert_into(self._session, IdCounterRow)
            .values(name=name, next_id=1 + count)
            .on_conflict_do_update(
                index_elements=[IdCounterRow.name],
                set_={"next_id": IdCounterRow.next_id + count},
            )
            .returning(IdCounterRow.next_id)
        ).scalar_one()
        return int(after) - count
