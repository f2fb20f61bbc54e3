"""Attestations: what a person says of a collection or a dataset where no record can tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairdb_core.domain.assessments import Points


class Answer(StrEnum):
    """What a person found."""

    MET = "met"
    UNMET = "unmet"


class Standing(StrEnum):
    """Whether an attestation counts."""

    IN_FORCE = "in force"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Attestation:
    """One answer of one person.

    Attributes:
        dataset_id: The one dataset it is of, ``None`` where it is of the whole collection.
        indicator: The fact that was judged.
        note: What the answer rests on.
        expires_at: Until when it counts.
    """

    attestation_id: int
    collection_id: int
    dataset_id: int | None
    indicator: str
    answer: Answer
    note: str
    author_user_id: int | None
    author_name: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    revoked_by_name: str = ""

    def standing(self, at: datetime) -> Standing:
        """Return whether it counts at a time."""
        if self.revoked_at is not None:
            return Standing.REVOKED
        return Standing.EXPIRED if self.expires_at <= at else Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can judge.

    Attributes:
        check_ids: The tests that count it, with the title of their rubric.
    """

    indicator: str
    text: str
    advice: str
    check_ids: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AttestedScore:
    """A score in which attestations are counted, to be shown beside the computed one.

    Attributes:
        count: How many tests of the rubric are attested.
        met: How many of these are met.
    """

    count: int
    met: int
    total: Points
    dimensions: tuple[Points, ...]


def in_force(attestations: Iterable[Attestation], at: datetime) -> dict[str, Attestation]:
    """Return which attestation of each fact counts.

    What was said of the dataset itself counts before what was said of its collection, and of
    two the later one.

    Args:
        attestations: Those of one dataset and of its collection.
        at: The time.
    """
    found: dict[str, Attestation] = {}
    ranked = sorted(
        attestations, key=lambda each: (each.dataset_id is not None, each.attestation_id)
    )
    for each in ranked:
        if each.standing(at) is Standing.IN_FORCE:
            found[each.indicator] = each
    return found
