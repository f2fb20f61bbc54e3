"""The cells of uploads as they stood in the file: packed by some thousand rows, read one at a time.

They are kept beside what became of them and hardly ever asked for, so they are not rows.
"""

import io
from collections.abc import Sequence

import polars as pl
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fairdb_core.repositories.tables import RawCellsRow
from fairdb_core.repositories.version_chunks import add_chunks, packed_rows

ROWS_PER_CHUNK = 4_000


def packed(cells: pl.DataFrame) -> list[bytes]:
    """Return rows of raw cells as the chunks that are stored."""
    return packed_rows(cells, ROWS_PER_CHUNK)


class RawCellRepository:
    """Keeps the cells of uploads."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, batch_id: int, first_version_id: int, chunks: Sequence[bytes]) -> None:
        """Add the cells of consecutive versions.

        Args:
            first_version_id: The version that the first row became.
            chunks: What ``packed`` gave.
        """
        add_chunks(
            self._session, RawCellsRow, batch_id, first_version_id, chunks, size=ROWS_PER_CHUNK
        )

    def of_version(self, batch_id: int, dataset_version_id: int) -> dict[str, str]:
        """Return the cells that a version was made of by column header, none for a form."""
        row = self._session.scalar(
            select(RawCellsRow)
            .where(
                RawCellsRow.batch_id == batch_id,
                RawCellsRow.first_version_id <= dataset_version_id,
            )
            .order_by(RawCellsRow.first_version_id.desc())
            .limit(1)
        )
        if row is None:
            return {}
        cells = pl.read_ipc(io.BytesIO(row.chunk))
        place = dataset_version_id - row.first_version_id
        return cells.row(place, named=True) if place < cells.height else {}

    def discard(self, batch_id: int) -> None:
        """Remove the cells of a batch that failed."""
        self._session.execute(delete(RawCellsRow).where(RawCellsRow.batch_id == batch_id))
