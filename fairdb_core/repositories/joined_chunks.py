"""Small chunks of a collection joined, so that many are read as fast as a few.

Chunks stay as they were stored. What is joined follows from them and is left out when single ones
are asked for; it can be thrown away and made again at any time.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, select
from sqlalchemy.orm import Session

from fairdb_core.domain.uploads import BatchState
from fairdb_core.repositories.chunk_layout import DAMAGE, joined
from fairdb_core.repositories.tables import AssessmentRow, BatchRow, JoinedAssessmentRow

ROWS_PER_CHUNK = 65_536
LEAST_JOINED = 8
MOST_JOINED = 1_000
# What has more than so many times the rows of all that came after it is not joined with these.
_TIMES = 2

_IS_JOINED = JoinedAssessmentRow.assessment_id.is_not(None)
# The chunk with which one is joined first, itself where it is joined with none.
FIRST = func.coalesce(JoinedAssessmentRow.first_assessment_id, AssessmentRow.assessment_id)
# What is read in its place: for the first all that is joined with it, for these nothing more.
CONTENT = case((_IS_JOINED, JoinedAssessmentRow.chunk), else_=AssessmentRow.chunk)
# The texts of what is joined; a chunk that is not holds its own.
TEXTS = case((_IS_JOINED, JoinedAssessmentRow.texts), else_=b"")


def of_ready(
    query: Select[*tuple[Any, ...]], collection_ids: Iterable[int], rubric_id: str
) -> Select[*tuple[Any, ...]]:
    """Return a query for the chunks of ready batches of some collections."""
    return (
        query.select_from(AssessmentRow)
        .join(BatchRow, BatchRow.batch_id == AssessmentRow.batch_id)
        .outerjoin(
            JoinedAssessmentRow, JoinedAssessmentRow.assessment_id == AssessmentRow.assessment_id
        )
        .where(
            AssessmentRow.collection_id.in_(list(collection_ids)),
            AssessmentRow.rubric_id == rubric_id,
            BatchRow.state == BatchState.READY.value,
        )
    )


def in_turn(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return a query for chunks that come one after the other."""
    return query.order_by(
        AssessmentRow.collection_id, AssessmentRow.batch_id, AssessmentRow.chunk_number
    )


class JoinedChunks:
    """Joins chunks and takes them apart; whoever calls this holds the collection."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def join_small(self, collection_id: int, rubric_id: str) -> None:
        """Join those chunks of a collection that are small, where many follow on each other."""
        first, row_count = FIRST.label("first"), func.sum(AssessmentRow.row_count)
        counted = self._session.execute(
            of_ready(select(first, row_count), [collection_id], rubric_id)
            .group_by(first)
            .order_by(func.min(AssessmentRow.batch_id), first)
        ).all()
        for firsts in _runs([(first, count) for first, count in counted]):
            if len(firsts) >= LEAST_JOINED:
                self._join(collection_id, rubric_id, firsts)

    def take_apart(self, collection_id: int) -> None:
        """Have each chunk of a collection read by itself again."""
        its_own = select(AssessmentRow.assessment_id).where(
            AssessmentRow.collection_id == collection_id
        )
        self._session.execute(
            delete(JoinedAssessmentRow).where(JoinedAssessmentRow.assessment_id.in_(its_own))
        )

    def _join(self, collection_id: int, rubric_id: str, firsts: Sequence[int]) -> None:
        query = of_ready(
            select(FIRST, AssessmentRow.assessment_id, CONTENT, TEXTS), [collection_id], rubric_id
        )
        found = self._session.execute(in_turn(query.where(FIRST.in_(firsts)))).all()
        if [first for first, _ in groupby(found, lambda row: row[0])] != firsts:
            return  # Something came between what is joined.
        held = [(content, texts or content) for *_, content, texts in found if content]
        try:
            content, texts = joined(*zip(*held, strict=True))
        except DAMAGE:
            return
        self._session.execute(
            delete(JoinedAssessmentRow).where(JoinedAssessmentRow.first_assessment_id.in_(firsts))
        )
        keys = [row.assessment_id for row in found]
        first, *others = ({"assessment_id": key, "first_assessment_id": keys[0]} for key in keys)
        whole = {**first, "chunk": content, "texts": texts}
        self._session.execute(insert(JoinedAssessmentRow), whole)
        self._session.execute(insert(JoinedAssessmentRow), others)


def _runs(groups: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return what may be joined: no more than one chunk holds, and nothing large with little.

    So rows are written again a few times only, however many single ones come after them.

    Args:
        groups: The first chunk of what is joined already, or a chunk, and how many rows that has.
    """
    runs: list[list[int]] = []
    rows = 0
    for first, count in reversed(groups):
        is_next = runs and rows + count <= ROWS_PER_CHUNK and count <= _TIMES * rows
        if not is_next or len(runs[-1]) == MOST_JOINED:
            runs.append([])
            rows = 0
        runs[-1].append(first)
        rows += count
    return [run[::-1] for run in runs]
