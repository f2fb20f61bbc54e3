"""Facts, scores and facets, kept as columns: one or more chunks a batch and rubric.

Only chunks of ready batches are read. Do not use this for one record: that is assessed afresh.
"""

import io
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from sqlalchemy import Select, insert, literal, select

from fairdb_core.domain.uploads import BatchState
from fairdb_core.repositories.assessment_chunks import AssessmentChunks, input_hash_of
from fairdb_core.repositories.chunk_layout import compact, read_all
from fairdb_core.repositories.chunk_texts import ChunkTexts
from fairdb_core.repositories.joined_chunks import (
    CONTENT,
    FIRST,
    ROWS_PER_CHUNK,
    TEXTS,
    JoinedChunks,
    in_turn,
    of_ready,
)
from fairdb_core.repositories.streams import pieces_of
from fairdb_core.repositories.tables import AssessmentRow, BatchRow
from fairdb_core.settings import program_version
from fairdb_core.vocabularies.sources import installed_versions

KEYS_PER_QUERY = 1_000
# So many are unpacked while the next are on their way.
CHUNKS_AT_ONCE = 240
_ORIGIN: dict[str, pl.DataType] = {
    "collection_id": pl.Int64(),
    "batch_id": pl.Int64(),
    "batch_at": pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True, slots=True)
class AssessedChunk:
    """Assessed rows as they are stored."""

    row_count: int
    input_hash: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AssessedVersions:
    """Assessed versions, by collection and ascending version.

    Attributes:
        rows: Keys, ``is_deleted``, ``percent``, facets, the facts in packed columns, and
            ``collection_id``, ``batch_id`` and ``batch_at``; without columns when nothing is
            assessed.
        texts: What is searched and shown of them.
    """

    rows: pl.DataFrame
    texts: tuple[ChunkTexts, ...] = ()


def assessed_chunks(rows: pl.DataFrame) -> list[AssessedChunk]:
    """Return assessed rows as the chunks that are stored.

    Args:
        rows: ``dataset_id``, ``dataset_version_id``, ``is_deleted``, and the columns of facts,
            scores and facets; of ``content_hash`` only one hash of all is kept, since the versions
            hold their own.
    """
    chunks = []
    for part in rows.iter_slices(ROWS_PER_CHUNK):
        buffer = io.BytesIO()
        compact(part.drop("content_hash")).write_ipc(buffer, compression="lz4")
        hashed = input_hash_of(part["content_hash"])
        chunks.append(AssessedChunk(part.height, hashed, buffer.getvalue()))
    return chunks


class AssessmentRepository(AssessmentChunks, JoinedChunks):
    """Keeps what was assessed."""

    def add(
        self,
        collection_id: int,
        batch_id: int,
        rubric: tuple[str, str, str],
        chunks: Iterable[AssessedChunk],
        *,
        at: datetime | None = None,
    ) -> None:
        """Add the assessments of a batch.

        Args:
            rubric: Its id, version and digest.
            chunks: What ``assessed_chunks`` gave.
        """
        rubric_id, version, digest = rubric
        rows = [
            {
                "collection_id": collection_id,
                "batch_id": batch_id,
                "rubric_id": rubric_id,
                "rubric_version": version,
                "rubric_digest": digest,
                "vocabularies": dict(installed_versions()),
                "input_hash": chunk.input_hash,
                "program_version": program_version(),
                "chunk_number": number,
                "row_count": chunk.row_count,
                "state": BatchState.READY,
                "chunk": chunk.content,
                "created_at": at or datetime.now(UTC),
            }
            for number, chunk in enumerate(chunks)
        ]
        if rows:
            self._session.execute(insert(AssessmentRow), rows)

    def read(
        self,
        collection_ids: Iterable[int],
        rubric_id: str,
        *,
        only: Iterable[int] | None = None,
        without: Sequence[str] = (),
    ) -> AssessedVersions:
        """Return every assessed version.

        Args:
            collection_ids: Of which collections.
            rubric_id: By which rubric.
            only: The chunks that are read, all where nothing is said.
            without: Columns that are left out.
        """
        # What is joined holds more than a few.
        stored = (CONTENT, TEXTS, FIRST) if only is None else _BY_ITSELF
        query = in_turn(of_ready(select(*stored, *_TOLD), collection_ids, rubric_id))
        found: dict[int, list[_Found]] = {}
        with ThreadPoolExecutor(1) as reader:
            parts = []
            for part in _parts_of(query, only):
                for piece in pieces_of(self._session.connection(), part, CHUNKS_AT_ONCE):
                    chunks = [_Found(*row) for row in piece]
                    for chunk in chunks:
                        found.setdefault(chunk.first, []).append(chunk)
                    if contents := [chunk.content for chunk in chunks if chunk.content]:
                        parts.append(reader.submit(read_all, contents, without))
            frames = [part.result() for part in parts]
        if not found:
            return AssessedVersions(pl.DataFrame())
        rows = pl.concat(frames, how="diagonal", rechunk=True)
        rows = rows.hstack(_origins([chunk for joined in found.values() for chunk in joined]))
        return AssessedVersions(in_order(rows), _texts(rows, found.values()))


class _Found(NamedTuple):
    """What is stored of a chunk."""

    content: bytes
    texts: bytes
    first: int
    row_count: int
    collection_id: int
    batch_id: int
    batch_at: datetime


_BY_ITSELF = (AssessmentRow.chunk, literal(b""), AssessmentRow.assessment_id)
_TOLD = (
    AssessmentRow.row_count,
    AssessmentRow.collection_id,
    AssessmentRow.batch_id,
    BatchRow.created_at,
)


def in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows by collection and ascending version; most come so already."""
    collections, versions = rows["collection_id"].to_numpy(), rows["dataset_version_id"].to_numpy()
    is_behind = (versions[1:] <= versions[:-1]) & (collections[1:] == collections[:-1])
    is_behind |= collections[1:] < collections[:-1]
    return rows.sort("collection_id", "dataset_version_id") if is_behind.any() else rows


def live(rows: pl.DataFrame, *, at: datetime | None = None) -> pl.DataFrame:
    """Return the rows that stand, now or at an earlier time: the last version of each dataset.

    Args:
        rows: What ``AssessmentRepository.read`` gave.
        at: The time; batches after it are passed over.
    """
    if rows.is_empty():
        return rows
    if at is not None:
        rows = rows.filter(pl.col("batch_at") <= at)
    return rows.unique("dataset_id", keep="last", maintain_order=True).filter(~pl.col("is_deleted"))


def _parts_of(
    query: Select[*tuple[Any, ...]], only: Iterable[int] | None
) -> list[Select[*tuple[Any, ...]]]:
    """Return a query as several where it asks for more chunks than one may name."""
    if only is None:
        return [query]
    keys = sorted(only)
    return [
        query.where(AssessmentRow.assessment_id.in_(keys[at : at + KEYS_PER_QUERY]))
        for at in range(0, len(keys), KEYS_PER_QUERY)
    ]


def _origins(chunks: Sequence[_Found]) -> list[pl.Series]:
    """Return where each row comes from, where this is known of each chunk."""
    counts = [chunk.row_count for chunk in chunks]
    told = pl.DataFrame(
        [[getattr(chunk, name) for chunk in chunks] for name in _ORIGIN], schema=_ORIGIN
    )
    return [
        pl.Series(each.name, np.repeat(each.to_physical().to_numpy(), counts)).cast(each.dtype)
        for each in told
    ]


def _texts(rows: pl.DataFrame, found: Iterable[Sequence[_Found]]) -> tuple[ChunkTexts, ...]:
    """Return the texts of rows, which come in the order of what was found."""
    # A chunk at a time also where they are joined, since only those versions lie near each other.
    parts: list[tuple[bytes, tuple[int, int]]] = []
    for first, *others in found:
        at = 0
        for chunk in (first, *others):
            parts.append((first.texts or first.content, (at, chunk.row_count)))
            at += chunk.row_count
    starts = np.cumsum([0, *(count for _, (_, count) in parts[:-1])])
    versions = rows["dataset_version_id"].to_numpy()
    firsts, lasts = (each.reduceat(versions, starts).tolist() for each in (np.minimum, np.maximum))
    collections = rows["collection_id"].to_numpy()[starts].tolist()
    return tuple(
        ChunkTexts(collection_id, first, last, chunk, part)
        for collection_id, first, last, (chunk, part) in zip(
            collections, firsts, lasts, parts, strict=True
        )
    )
