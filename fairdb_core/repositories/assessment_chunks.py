"""What was stored of assessments, chunk by chunk, with what each rests on."""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fairdb_core.domain.evidence import Provenance
from fairdb_core.domain.uploads import BatchState
from fairdb_core.repositories.chunk_layout import DAMAGE, assessed
from fairdb_core.repositories.tables import AssessmentRow, BatchRow


@dataclass(frozen=True)
class Chunk:
    """Assessed rows as they were stored, and by what they were assessed."""

    batch_id: int
    provenance: Provenance
    content: bytes

    @property
    def rows(self) -> pl.DataFrame | None:
        """The rows, ``None`` where the stored bytes are damaged."""
        try:
            return assessed(pl.read_ipc(io.BytesIO(self.content)))
        except DAMAGE:
            return None


class AssessmentChunks:
    """Reads chunks as they were stored, and removes them to be computed again."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def chunks(
        self,
        collection_ids: Iterable[int],
        rubric_id: str,
        *,
        batch_ids: Sequence[int] | None = None,
    ) -> Iterator[Chunk]:
        """Yield what was stored of some collections, one chunk in memory at a time.

        Args:
            collection_ids: The collections.
            rubric_id: By which it was assessed.
            batch_ids: Only those of these batches, where given.
        """
        wanted = (
            select(AssessmentRow.assessment_id)
            .join(BatchRow, BatchRow.batch_id == AssessmentRow.batch_id)
            .where(
                AssessmentRow.collection_id.in_(list(collection_ids)),
                AssessmentRow.rubric_id == rubric_id,
                BatchRow.state == BatchState.READY,
            )
            .order_by(AssessmentRow.batch_id, AssessmentRow.chunk_number)
        )
        if batch_ids is not None:
            wanted = wanted.where(AssessmentRow.batch_id.in_(list(batch_ids)))
        for assessment_id in self._session.scalars(wanted).all():
            row = self._session.get_one(AssessmentRow, assessment_id)
            chunk = Chunk(row.batch_id, _provenance(row), row.chunk)
            self._session.expunge(row)
            yield chunk

    def keys(self, collection_ids: Iterable[int], rubric_id: str) -> dict[int, frozenset[int]]:
        """Return the keys of the chunks that ``rows`` reads, by collection, as far as it has any.

        What is in a chunk never changes.
        """
        found: dict[int, set[int]] = {}
        for collection_id, key in self._session.execute(
            select(AssessmentRow.collection_id, AssessmentRow.assessment_id)
            .join(BatchRow, BatchRow.batch_id == AssessmentRow.batch_id)
            .where(
                AssessmentRow.collection_id.in_(list(collection_ids)),
                AssessmentRow.rubric_id == rubric_id,
                BatchRow.state == BatchState.READY,
            )
        ):
            found.setdefault(collection_id, set()).add(key)
        return {collection_id: frozenset(keys) for collection_id, keys in found.items()}

    def named_vocabularies(self, rubric_id: str) -> list[tuple[dict[str, str], int]]:
        """Return the states of reference lists that stored chunks name, with their rows."""
        found = self._session.execute(
            select(AssessmentRow.vocabularies, AssessmentRow.row_count)
            .join(BatchRow, BatchRow.batch_id == AssessmentRow.batch_id)
            .where(AssessmentRow.rubric_id == rubric_id, BatchRow.state == BatchState.READY)
        )
        return [(row.vocabularies or {}, row.row_count) for row in found]

    def remove(self, batch_id: int, rubric_id: str) -> None:
        """Remove what was assessed of a batch, to be computed again from its versions.

        What was joined of its collection was taken apart before.
        """
        self._session.execute(
            delete(AssessmentRow).where(
                AssessmentRow.batch_id == batch_id, AssessmentRow.rubric_id == rubric_id
            )
        )


def input_hash_of(content_hashes: pl.Series) -> str:
    """Return one hash of the content hashes of records, in their order."""
    return hashlib.sha256("\n".join(content_hashes.to_list()).encode()).hexdigest()


def _provenance(row: AssessmentRow) -> Provenance:
    return Provenance(
        rubric_id=row.rubric_id,
        rubric_version=row.rubric_version,
        rubric_digest=row.rubric_digest,
        vocabularies=row.vocabularies or {},
        input_hash=row.input_hash,
        program_version=row.program_version,
        assessed_at=row.created_at,
    )
