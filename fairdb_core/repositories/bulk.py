"""What both databases do, each in its own words: many rows at once, and a row new or changed.

Many rows go by ``COPY`` on PostgreSQL and by batched ``executemany`` on SQLite. For a handful of
rows use the session; this pays from a few hundred rows on.
"""

from typing import Any

import polars as pl
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


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
    names = ", ".join(rows.columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * rows.width)
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) VALUES ({marks})",  # noqa: S608 - names of the table
            list(rows.iter_rows()),
        )
        return
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({names}) FROM STDIN (FORMAT csv, NULL '')") as copy,
    ):
        # Quoted empty texts stay texts; only a bare nothing is NULL.
        copy.write(rows.write_csv(include_header=False, null_value="", quote_style="necessary"))
