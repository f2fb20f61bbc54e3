"""What both databases do, each in its own words: many rows at once, and a row new or changed.

Many rows go by ``COPY`` on PostgreSQL and by statements of many rows on SQLite. For a handful of
rows use the session; this pays from a few hundred rows on.
"""

from typing import Any

import polars as pl
from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

# A statement of many rows costs SQLite a third of as many statements of one.
_ROWS_PER_STATEMENT = 200


def insert_into(session: Session, table: Any) -> postgresql.Insert | sqlite.Insert:
    """Return the ``INSERT`` of the session's database, which can say ``ON CONFLICT``."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


def insert_rows(session: Session, table: Table, rows: pl.DataFrame) -> None:
    """Add a frame's rows to a table.

    Args:
        session: The open transaction.
        table: The table; every column of the frame is one of its columns.
        rows: Values as the database takes them.
    """
    if rows.is_empty():
        return
    unknown = set(rows.columns) - set(table.columns.keys())
    if unknown:
        raise KeyError(f"{table.name} has no column {sorted(unknown)}")
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        _insert_into_sqlite(connection, table.name, rows)
        return
    names = ", ".join(rows.columns)
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({names}) FROM STDIN (FORMAT csv, NULL '')") as copy,
    ):
        # Quoted empty texts stay texts; only a bare nothing is NULL.
        copy.write(rows.write_csv(include_header=False, null_value="", quote_style="necessary"))


def _insert_into_sqlite(connection: Connection, table: str, rows: pl.DataFrame) -> None:
    same = {column.name: text for column in rows if (text := _said_once(column)) is not None}
    differing = [column for column in rows if column.name not in same]
    names = ", ".join([*(column.name for column in differing), *same])
    row = ", ".join(["?"] * len(differing) + list(same.values()))
    values: list[Any] = [None] * (len(differing) * rows.height)
    for place, column in enumerate(differing):
        values[place :: len(differing)] = column.to_list()
    size = _ROWS_PER_STATEMENT * len(differing)
    whole = len(values) // size * size
    statements = [tuple(values[start : start + size]) for start in range(0, whole, size)]
    for count, each in (
        (_ROWS_PER_STATEMENT, statements),
        (rows.height % _ROWS_PER_STATEMENT, [tuple(values[whole:])]),
    ):
        if count and each:
            marks = ", ".join([f"({row})"] * count)
            connection.exec_driver_sql(
                f"INSERT INTO {table} ({names}) VALUES {marks}",  # noqa: S608 - names of the table
                each,
            )


def _said_once(column: pl.Series) -> str | None:
    """Return a number or empty text that all of several rows hold as SQL, ``None`` if none is."""
    first = column[0]
    if column.len() == 1 or not (first == "" or isinstance(first, int)):
        return None
    if not (column == first).all(ignore_nulls=False):
        return None
    return "''" if first == "" else str(int(first))
