"""Facts, scores and facets, kept as columns: one or more chunks a batch and rubric.

Only chunks of ready batches are read. Do not use this for one record: that is assessed afresh.
"""

import io
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
from sqlalchemy import Select, insert, select

from fairdb_core.domain.uploads import BatchState
from fairdb_core.repositories.assessment_chunks import AssessmentChunks, input_hash_of
from fairdb_core.repositories.chunk_layout import compact, read_all
from fairdb_core.repositories.chunk_texts import ChunkTexts
from fairdb_core.repositories.streams import pieces_of
from fairdb_core.repositories.tables import AssessmentRow, BatchRow
from fairdb_core.settings import program_version
from fairdb_core.vocabularies.sources import installed_versions

ROWS_PER_CHUNK = 65_536
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


class AssessmentRepository(AssessmentChunks):
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
        query = (
            select(
                AssessmentRow.chunk,
                AssessmentRow.row_count,
                AssessmentRow.collection_id,
                AssessmentRow.batch_id,
                BatchRow.created_at,
            )
            .join(BatchRow, BatchRow.batch_id == AssessmentRow.batch_id)
            .where(
                AssessmentRow.collection_id.in_(list(collection_ids)),
                AssessmentRow.rubric_id == rubric_id,
                BatchRow.state == BatchState.READY.value,
            )
            .order_by(
                AssessmentRow.collection_id, AssessmentRow.batch_id, AssessmentRow.chunk_number
            )
        )
        found: list[tuple[Any, ...]] = []
        with ThreadPoolExecutor(1) as reader:
            parts = []
            for part in _parts_of(query, only):
                for piece in pieces_of(self._session.connection(), part, CHUNKS_AT_ONCE):
                    found += piece
                    parts.append(reader.submit(read_all, [row[0] for row in piece], without))
            frames = [part.result() for part in parts]
        if not found:
            return AssessedVersions(pl.DataFrame())
        chunks, counts, *origins = zip(*found, strict=True)
        rows = pl.concat(frames, how="diagonal", rechunk=True).hstack(_origins(origins, counts))
        return AssessedVersions(in_order(rows), _texts(rows, chunks, counts))


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


def _origins(origins: Sequence[Sequence[object]], counts: Sequence[int]) -> list[pl.Series]:
    """Return where each row comes from, where this is known of each chunk."""
    chunk_of = pl.Series(np.repeat(np.arange(len(counts), dtype=np.uint32), counts))
    return [
        pl.Series(name, values, dtype=kind).gather(chunk_of)
        for (name, kind), values in zip(_ORIGIN.items(), origins, strict=True)
    ]


def _texts(
    rows: pl.DataFrame, chunks: Sequence[bytes], counts: Sequence[int]
) -> tuple[ChunkTexts, ...]:
    """Return the texts of chunks, whose rows come one after the other."""
    starts = np.cumsum([0, *counts[:-1]])
    versions = rows["dataset_version_id"].to_numpy()
    firsts, lasts = (each.reduceat(versions, starts) for each in (np.minimum, np.maximum))
    collections = rows["collection_id"].to_numpy()[starts]
    found = zip(collections.tolist(), firsts.tolist(), lasts.tolist(), chunks, strict=True)
    return tuple(ChunkTexts(*each) for each in found)
