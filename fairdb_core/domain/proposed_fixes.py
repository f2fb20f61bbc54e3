"""Fixes that somebody proposes and somebody else decides on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairdb_core.domain.fixes import BulkFix


class ProposalState(StrEnum):
    """What became of a proposed fix."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ProposedFix:
    """A bulk fix of one collection that waits for a decision, or got one.

    Attributes:
        dataset_ids: The datasets that are meant.
        effect_digest: A hash of what was shown: each new value and each score.
        update_count: Datasets that would change, as it was shown.
        score_before: Mean percent of the collection when it was proposed.
        score_after: Mean percent that was foretold.
        batch_id: What came of it once it was approved.
    """

    proposal_id: int
    collection_id: int
    author_user_id: int
    author_name: str
    fix: BulkFix
    dataset_ids: tuple[int, ...]
    effect_digest: str
    update_count: int
    score_before: float | None
    score_after: float | None
    note: str
    state: ProposalState
    created_at: datetime
    decided_by_name: str = ""
    decision_note: str = ""
    decided_at: datetime | None = None
    batch_id: int | None = None
