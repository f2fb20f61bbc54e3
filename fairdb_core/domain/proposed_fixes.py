"""Fixes that somebody proposes and somebody else decides on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fairdb_core.domain.acts import mean_together
from fairdb_core.domain.fixes import BulkFix
from fairdb_core.domain.uploads import MeanScore


class ProposalState(StrEnum):
    """What became of a proposed fix."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ProposedFix:
    """A bulk fix of one or more collections that waits for a decision, or got one.

    Attributes:
        dataset_ids: The datasets that are meant.
        effect_digest: A hash of what was shown: each new value and each score.
        update_count: Datasets that would change, as it was shown.
        before: How its collections scored when it was proposed.
        after: How they were foretold to score.
        batch_id: What came of it once it was approved.
        act_id: The first of the proposals that are one, of which this is of one collection.
        parts: What it would do to each of several collections; key, collection, datasets and
            digest are then those of the first.
        left_out_count: Collections of it that are left out because the viewer may not change them.
    """

    proposal_id: int
    collection_id: int
    author_user_id: int
    author_name: str
    fix: BulkFix
    dataset_ids: tuple[int, ...]
    effect_digest: str
    update_count: int
    before: MeanScore
    after: MeanScore
    note: str
    state: ProposalState
    created_at: datetime
    decided_by_name: str = ""
    decision_note: str = ""
    decided_at: datetime | None = None
    batch_id: int | None = None
    act_id: int | None = None
    parts: tuple["ProposedFix", ...] = ()
    left_out_count: int = 0

    @property
    def of_each(self) -> tuple["ProposedFix", ...]:
        """What it would do to each of its collections."""
        return self.parts or (self,)


@dataclass(frozen=True, slots=True)
class SeenFix:
    """A proposed fix as one person sees it.

    Attributes:
        refusal: Why the person may not decide on it, and who may; empty where it is decided, or
            for the person to decide.
        is_own: Whether the person proposed it.
    """

    proposed: ProposedFix
    refusal: str = ""
    is_own: bool = False

    @property
    def may_decide(self) -> bool:
        """Whether it waits for a decision of this person."""
        return self.proposed.state is ProposalState.OPEN and not self.refusal

    @property
    def may_withdraw(self) -> bool:
        """Whether it waits, and this person may take it back."""
        return self.proposed.state is ProposalState.OPEN and self.is_own


def proposed_as_one(parts: Sequence[ProposedFix]) -> ProposedFix:
    """Return what is proposed for some collections as one fix, that for a single one as it is.

    Args:
        parts: What it would do to each collection, the first one first.
    """
    if len(parts) == 1:
        return parts[0]
    return replace(
        parts[0],
        update_count=sum(each.update_count for each in parts),
        before=mean_together(each.before for each in parts),
        after=mean_together(each.after for each in parts),
        parts=tuple(parts),
    )
