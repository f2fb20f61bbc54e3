"""What belongs to consecutive versions of one batch, packed by some thousand as Arrow IPC."""

import io
from collections.abc import Sequence

import polars as pl
from sqlalchemy import insert
from sqlalchemy.orm import Session

from fairdb_core.repositories.tables import PackedTextsRow, RawCellsRow


def packed_rows(rows: pl.DataFrame, size: int) -> list[bytes]:
    """Return rows as chunks of so many."""
    chunks = []
    for part in rows.iter_slices(size):
        buffer = io.BytesIO()
        part.write_ipc(buffer, compression="zstd")
        chunks.append(buffer.getvalue())
    return chunks


def add_chunks(
    session: Session,
    table: type[PackedTextsRow | RawCellsRow],
    batch_id: int,
    first_version_id: int,
    chunks: Sequence[bytes],
    *,
    size: int,
) -> None:
    """Add chunks of so many versions each, the first of which is given."""
    rows = [
        {
            "batch_id": batch_id,
            "first_version_id": first_version_id + number * size,
            "chunk": chunk,
        }
        for number, chunk in enumerate(chunks)
    ]
    if rows:
        session.execute(insert(table), rows)
