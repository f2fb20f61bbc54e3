"""Titles, identifiers and keywords of some rows, packed until somebody asks for them.

They take half of the memory and of the time to read, and most screens show a page of them at most.
"""

import polars as pl

from fairdb_core.repositories.chunk_layout import texts_in


class ChunkTexts:
    """The texts of the versions in one chunk, or in a part of one.

    Args:
        collection_id: Of which collection they are.
        first_version_id: The lowest of the versions.
        last_version_id: The highest of them.
        chunk: As it is stored; others may be of other parts of it.
        part: From which row on they are in it, and in how many; all where nothing is said.
    """

    def __init__(
        self,
        collection_id: int,
        first_version_id: int,
        last_version_id: int,
        chunk: bytes,
        part: tuple[int, int | None] = (0, None),
    ) -> None:
        self.collection_id = collection_id
        self.first_version_id = first_version_id
        self.last_version_id = last_version_id
        self.chunk = chunk
        self._part = part
        self._rows: pl.DataFrame | None = None

    @property
    def rows(self) -> pl.DataFrame:
        """``dataset_version_id`` and ``text``; who shows one page often shows the next."""
        rows = self._rows
        if rows is None:
            rows = self._rows = texts_in([self.chunk], self._part)
        return rows

    def pack_again(self) -> None:
        """Let go of what was unpacked."""
        self._rows = None
