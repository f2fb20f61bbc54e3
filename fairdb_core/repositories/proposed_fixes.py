"""Proposed fixes and what was decided about them."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairdb_core.domain.fixes import BulkFix, FixAction, LookUp
from fairdb_core.domain.proposed_fixes import ProposalState, ProposedFix
from fairdb_core.repositories.tables import FixProposalRow


class ProposedFixRepository:
    """Keeps proposed fixes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, proposed: ProposedFix) -> int:
        """Add a proposed fix and return its key; that of the value is passed over."""
        row = FixProposalRow(
            collection_id=proposed.collection_id,
            author_user_id=proposed.author_user_id,
            author_name=proposed.author_name,
            fix=asdict(proposed.fix),
            dataset_ids=list(proposed.dataset_ids),
            effect_digest=proposed.effect_digest,
            update_count=proposed.update_count,
            score_before=proposed.score_before,
            score_after=proposed.score_after,
            note=proposed.note,
            state=proposed.state,
            created_at=proposed.created_at,
        )
        self._session.add(row)
        self._session.flush()
        return row.proposal_id

    def get(self, proposal_id: int, *, lock: bool = False) -> ProposedFix | None:
        """Return a proposed fix, held against other writers until the transaction ends if asked."""
        row = self._session.get(
            FixProposalRow, proposal_id, populate_existing=True, with_for_update=lock or None
        )
        return _proposed(row) if row else None

    def of_collections(
        self, collection_ids: Iterable[int], *, limit: int = 50
    ) -> list[ProposedFix]:
        """Return the proposed fixes of some collections, the newest first."""
        rows = self._session.scalars(
            select(FixProposalRow)
            .where(FixProposalRow.collection_id.in_(list(collection_ids)))
            .order_by(FixProposalRow.proposal_id.desc())
            .limit(limit)
        )
        return [_proposed(row) for row in rows]

    def decide(
        self,
        proposal_id: int,
        state: ProposalState,
        *,
        by_name: str = "",
        note: str = "",
        batch_id: int | None = None,
    ) -> None:
        """Write down what was decided; ``open`` takes a decision back."""
        row = self._session.get_one(FixProposalRow, proposal_id, populate_existing=True)
        row.state, row.decided_by_name, row.decision_note = state, by_name, note
        row.batch_id = batch_id
        row.decided_at = None if state is ProposalState.OPEN else datetime.now(UTC)
        self._session.flush()


def _proposed(row: FixProposalRow) -> ProposedFix:
    return ProposedFix(
        proposal_id=row.proposal_id,
        collection_id=row.collection_id,
        author_user_id=row.author_user_id,
        author_name=row.author_name,
        fix=_fix(row.fix),
        dataset_ids=tuple(row.dataset_ids),
        effect_digest=row.effect_digest,
        update_count=row.update_count,
        score_before=row.score_before,
        score_after=row.score_after,
        note=row.note,
        state=ProposalState(row.state),
        created_at=row.created_at,
        decided_by_name=row.decided_by_name,
        decision_note=row.decision_note,
        decided_at=row.decided_at,
        batch_id=row.batch_id,
    )


def _fix(kept: dict[str, Any]) -> BulkFix:
    table = kept["table"]
    if table is not None:
        entries = tuple((str(key), str(value)) for key, value in table["entries"])
        table = LookUp(table["file_name"], entries)
    return BulkFix(**{**kept, "action": FixAction(kept["action"]), "table": table})
