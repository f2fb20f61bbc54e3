"""Proposed fixes and what was decided about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ScalarResult, func, or_, select
from sqlalchemy.orm import Session

from fairdb_core.domain.fixes import BulkFix, FixAction, LookUp
from fairdb_core.domain.proposed_fixes import ProposalState, ProposedFix
from fairdb_core.domain.uploads import MeanScore
from fairdb_core.repositories.tables import FixProposalRow

_ACT = func.coalesce(FixProposalRow.act_id, FixProposalRow.proposal_id)


class ProposedFixRepository:
    """Keeps proposed fixes, those of several collections as one row a collection."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, parts: Sequence[ProposedFix]) -> int:
        """Add what is proposed for some collections as one, and return its key.

        Args:
            parts: What is proposed for each; their keys are passed over.
        """
        first, *others = rows = [_row(part) for part in parts]
        for row in rows:
            # One by one, so that their keys are in their order.
            self._session.add(row)
            self._session.flush()
            if others:
                row.act_id = first.proposal_id
        self._session.flush()
        return first.proposal_id

    def of_act(self, proposal_id: int, *, lock: bool = False) -> list[ProposedFix]:
        """Return what is proposed together with one proposal, that one included, in their order.

        Args:
            proposal_id: Any of them; there is nothing where it does not exist.
            lock: Whether they are held against other writers until the transaction ends.
        """
        asked = FixProposalRow.proposal_id == proposal_id
        act_id = self._session.scalar(select(_ACT).where(asked))
        if act_id is None:
            return []
        row = FixProposalRow
        chosen = or_(row.proposal_id == act_id, row.act_id == act_id)
        query = select(row).where(chosen).order_by(row.proposal_id)
        rows: ScalarResult[FixProposalRow] = self._session.scalars(
            query.with_for_update() if lock else query,
            execution_options={"populate_existing": True},
        )
        return [_proposed(each) for each in rows]

    def of_collections(
        self, collection_ids: Iterable[int], *, limit: int = 50
    ) -> list[list[ProposedFix]]:
        """Return what is proposed for some collections and others with them, the newest first."""
        is_ours = FixProposalRow.collection_id.in_(list(collection_ids))
        newest = select(_ACT).where(is_ours).distinct().order_by(_ACT.desc()).limit(limit)
        acts = list(self._session.scalars(newest))
        rows = self._session.scalars(
            select(FixProposalRow).where(_ACT.in_(acts)).order_by(FixProposalRow.proposal_id)
        )
        found: dict[int, list[ProposedFix]] = {act_id: [] for act_id in acts}
        for row in rows:
            found[row.act_id or row.proposal_id].append(_proposed(row))
        return list(found.values())

    def decide(
        self,
        proposed: ProposedFix,
        state: ProposalState,
        *,
        by_name: str = "",
        note: str = "",
        batch_ids: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        """Write down what was decided on all of a proposal; ``open`` takes a decision back.

        Args:
            batch_ids: What came of it, by collection.
        """
        for part in proposed.of_each:
            row = self._session.get_one(FixProposalRow, part.proposal_id, populate_existing=True)
            row.state, row.decided_by_name, row.decision_note = state, by_name, note
            row.batch_id = batch_ids.get(part.collection_id)
            row.decided_at = None if state is ProposalState.OPEN else datetime.now(UTC)
        self._session.flush()


def _row(proposed: ProposedFix) -> FixProposalRow:
    return FixProposalRow(
        collection_id=proposed.collection_id,
        author_user_id=proposed.author_user_id,
        author_name=proposed.author_name,
        fix=asdict(proposed.fix),
        dataset_ids=list(proposed.dataset_ids),
        effect_digest=proposed.effect_digest,
        update_count=proposed.update_count,
        score_before=proposed.before.percent,
        judged_before=proposed.before.count,
        score_after=proposed.after.percent,
        judged_after=proposed.after.count,
        note=proposed.note,
        state=proposed.state,
        created_at=proposed.created_at,
    )


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
        before=MeanScore(row.score_before, row.judged_before),
        after=MeanScore(row.score_after, row.judged_after),
        note=row.note,
        state=ProposalState(row.state),
        created_at=row.created_at,
        decided_by_name=row.decided_by_name,
        decision_note=row.decision_note,
        decided_at=row.decided_at,
        batch_id=row.batch_id,
        act_id=row.act_id,
    )


def _fix(kept: dict[str, Any]) -> BulkFix:
    table = kept["table"]
    if table is not None:
        entries = tuple((str(key), str(value)) for key, value in table["entries"])
        table = LookUp(table["file_name"], entries)
    return BulkFix(**{**kept, "action": FixAction(kept["action"]), "table": table})
