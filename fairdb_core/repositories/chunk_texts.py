"""Titles, identifiers and keywords of a chunk, packed until somebody asks for them.

They take half of the memory and of the time to read, and most screens show a page of them at most.
"""

import polars as pl

from fairdb_core.repositories.chunk_layout import texts_in


class ChunkTexts:
    """The texts of the versions in one chunk.

    Args:
        collection_id: Of which collection they are.
        first_version_id: The lowest of the versions.
        last_version_id: The highest of them.
        chunk: As it is stored.
    """

    def __init__(
        self, collection_id: int, first_version_id: int, last_version_id: int, chunk: bytes
    ) -> None:
        self.collection_id = collection_id
        self.first_version_id = first_version_id
        self.last_version_id = last_version_id
        self.chunk = chunk
        self._rows: pl.DataFrame | None = None

    @property
    def rows(self) -> pl.DataFrame:
        """``dataset_version_id`` and ``text``; who shows one page often shows the next."""
        rows = self._rows
        if rows is None:
            rows = self._rows = texts_in([self.chunk])
        return rows

    def pack_again(self) -> None:
        """Let go of what was unpacked."""
        self._rows = None
