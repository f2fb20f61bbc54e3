"""Rows with much in each, handed on while more of them are still on their way."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.exc import OperationalError


def pieces_of(
    connection: Connection, query: Select[*tuple[Any, ...]], size: int
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a query, so many at a time.

    PostgreSQL's driver is asked itself: it can hand on each row when it comes, and long bytes as
    they are, not as twice as many letters to be read again.

    Args:
        connection: Of the unit of work.
        query: What is asked; on PostgreSQL values come as its driver gives them.
        size: How many rows at a time.

    Raises:
        OperationalError: PostgreSQL does not answer, or takes too long.
    """
    if connection.dialect.name == "sqlite":
        yield from (
            [tuple(row) for row in part] for part in connection.execute(query).partitions(size)
        )
        return
    from psycopg import Error  # the embedded store starts without it

    asked = query.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor(binary=True) as cursor:
            rows = cursor.stream(str(asked), asked.params)
            while piece := list(islice(rows, size)):
                yield piece
    except Error as error:
        raise OperationalError(str(asked), None, error) from error
