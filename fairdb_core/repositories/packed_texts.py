"""The metadata of versions that were written many at once, packed by the thousand.

Rows of text cost most of an import's time and of a store's size. A version written alone keeps its
text in its own row; that of a packed one is empty there.
"""

import io
from collections.abc import Sequence

import numpy as np
import polars as pl
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fairdb_core.errors import StorageError
from fairdb_core.repositories.tables import PackedTextsRow
from fairdb_core.repositories.version_chunks import add_chunks, packed_rows

FEWEST_ROWS = 50
ROWS_PER_CHUNK = 1_000
_CHUNKS_PER_QUERY = 200
_TEXT = "text"


def packed_texts(texts: pl.Series) -> list[bytes]:
    """Return the texts of consecutive versions as the chunks that are stored, none of a few."""
    if texts.len() < FEWEST_ROWS:
        return []
    return packed_rows(texts.alias(_TEXT).to_frame(), ROWS_PER_CHUNK)


class PackedTexts:
    """Keeps packed texts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, batch_id: int, first_version_id: int, chunks: Sequence[bytes]) -> None:
        """Add the texts of consecutive versions.

        Args:
            first_version_id: The version of the first text.
            chunks: What ``packed_texts`` gave.
        """
        add_chunks(
            self._session, PackedTextsRow, batch_id, first_version_id, chunks, size=ROWS_PER_CHUNK
        )

    def discard(self, batch_id: int) -> None:
        """Remove the texts of a batch that failed."""
        self._session.execute(delete(PackedTextsRow).where(PackedTextsRow.batch_id == batch_id))

    def filled(
        self, rows: pl.DataFrame, text: str = "metadata_json", version: str = "dataset_version_id"
    ) -> pl.DataFrame:
        """Return rows with the texts that stand packed elsewhere in the place of empty ones.

        Args:
            rows: Rows with a version each.
            text: The column of texts.
            version: The column of the versions that they are of.

        Raises:
            StorageError: A text is lost.
        """
        versions = rows.filter(pl.col(text) == "")[version].unique().sort()
        if versions.is_empty():
            return rows
        found = pl.DataFrame({version: versions, "packed": self._read(versions)})
        joined = rows.join(found, on=version, how="left", maintain_order="left")
        return joined.with_columns(
            pl.when(pl.col(text) == "").then("packed").otherwise(text).alias(text)
        ).drop("packed")

    def text(self, dataset_version_id: int, own: str) -> str:
        """Return the text of one version.

        Args:
            own: What stands in its row.

        Raises:
            StorageError: It is lost.
        """
        return own or str(self._read(pl.Series([dataset_version_id])).item())

    def _read(self, versions: pl.Series) -> pl.Series:
        """Return the texts of ascending versions."""
        firsts = self._firsts(int(versions[0]), int(versions[-1]))
        wanted = versions.to_numpy()
        places = np.searchsorted(firsts, wanted, side="right") - 1
        if places[0] < 0:
            raise _lost(int(versions[0]))
        parts = []
        needed, starts = np.unique(places, return_index=True)
        ends = [*starts[1:], wanted.size]
        for begin in range(0, needed.size, _CHUNKS_PER_QUERY):
            some = slice(begin, begin + _CHUNKS_PER_QUERY)
            chunks = self._chunks([int(firsts[place]) for place in needed[some]])
            for place, start, end in zip(needed[some], starts[some], ends[some], strict=True):
                first = int(firsts[place])
                texts = pl.read_ipc(io.BytesIO(chunks[first]))[_TEXT]
                if wanted[end - 1] - first >= texts.len():
                    raise _lost(int(wanted[end - 1]))
                parts.append(texts.gather(wanted[start:end] - first))
        return pl.concat(parts)

    def _firsts(self, lowest: int, highest: int) -> "np.typing.NDArray[np.int64]":
        """Return the first versions of the chunks that may hold versions of a range."""
        key = PackedTextsRow.first_version_id
        begin = select(func.max(key)).where(key <= lowest).scalar_subquery()
        query = select(key).where(key >= begin, key <= highest).order_by(key)
        return np.array(self._session.scalars(query).all(), np.int64)

    def _chunks(self, firsts: list[int]) -> dict[int, bytes]:
        row = PackedTextsRow
        query = select(row.first_version_id, row.chunk).where(row.first_version_id.in_(firsts))
        return {row.first_version_id: row.chunk for row in self._session.execute(query)}


def _lost(dataset_version_id: int) -> StorageError:
    return StorageError(
        f"The metadata of version {dataset_version_id} is missing in the database. "
        "Restore a backup."
    )
