"""A repository for any table by its primary key; the areas of the program have their own."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.tables import Base

Row = TypeVar("Row", bound=Base)

MOST_ROWS = 200


class BaseRepository(Generic[Row]):
    """Keeps the rows of one table; it never commits, the unit of work does.

    Args:
        model: The table's class.
        session: The open session.
    """

    def __init__(self, model: type[Row], session: Session) -> None:
        self._model = model
        self._session = session

    def get(self, key: Any) -> Row | None:
        """Return the row with this primary key."""
        return self._session.get(self._model, key)

    def get_multi(self, skip: int = 0, limit: int = 100) -> list[Row]:
        """Return rows in the order of their keys.

        Args:
            skip: How many to pass over.
            limit: At most so many, 200 being the most.
        """
        keys = inspect(self._model).primary_key
        query = select(self._model).order_by(*keys).offset(skip).limit(min(limit, MOST_ROWS))
        return list(self._session.scalars(query))

    def create(self, values: BaseModel) -> Row:
        """Add a row.

        Raises:
            DuplicateError: A row with this key or unique value exists, or a reference is missing.
        """
        row = self._model(**values.model_dump())
        self._session.add(row)
        self._flush()
        return row

    def update(self, key: Any, values: BaseModel) -> Row | None:
        """Change the values that are given, and return the row, ``None`` where there is none.

        Raises:
            DuplicateError: Another row has a value that has to be unique.
        """
        row = self.get(key)
        if row is None:
            return None
        for name, value in values.model_dump(exclude_unset=True).items():
            setattr(row, name, value)
        self._flush()
        return row

    def delete(self, key: Any) -> bool:
        """Remove a row, and return whether there was one."""
        row = self.get(key)
        if row is None:
            return False
        self._session.delete(row)
        self._flush()
        return True

    def _flush(self) -> None:
        try:
            self._session.flush()
        except IntegrityError as error:
            name = self._model.__tablename__
            raise DuplicateError(f"The row clashes with another one of {name}.") from error
