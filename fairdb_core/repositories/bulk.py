"""Many rows at once: ``COPY`` on PostgreSQL, batched ``executemany`` on SQLite.

For a handful of rows use the session; this pays from a few hundred rows on.
"""

import polars as pl
from sqlalchemy import Table
from sqlalchemy.orm import Session


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
