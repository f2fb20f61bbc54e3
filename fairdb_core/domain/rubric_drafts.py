"""Rubrics of one's own: drafts that somebody works on, versions published, and who would move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RubricDraft:
    """A rubric that somebody works on; no published number depends on it.

    Attributes:
        base_rubric_id: The published rubric that it was copied from.
        content: The draft as TOML, the form in which rubrics are exchanged.
        row_version: Counts every change, for optimistic locking.
    """

    rubric_draft_id: int
    base_rubric_id: str
    content: str
    author_name: str
    created_at: datetime
    updated_at: datetime
    row_version: int


@dataclass(frozen=True, slots=True)
class PublishedRubric:
    """One version of a rubric of one's own; never changed once written.

    Attributes:
        digest: SHA-256 of the content, by which scores name it.
    """

    rubric_id: str
    version: str
    digest: str
    content: str
    author_name: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class AddedTest:
    """One test more, resting on an indicator that is there."""

    indicator: str
    dimension: str
    points: float


@dataclass(frozen=True, slots=True)
class DraftChange:
    """What somebody changes in a draft.

    Attributes:
        points: Points by test; ``None`` leaves the test out. Tests not named stay as they are.
        ratings: From how many points on, by the rating's title.
        added: Tests to add.
    """

    rubric_id: str
    title: str
    version: str
    summary: str
    points: Mapping[str, float | None] = field(default_factory=dict)
    ratings: Mapping[str, float] = field(default_factory=dict)
    added: tuple[AddedTest, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedDataset:
    """One dataset whose percentage a draft would move."""

    dataset_id: int
    title: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """Who would move if a draft were published, from the facts as they are stored.

    Attributes:
        base_title: The rubric that the draft is held against.
        count: Datasets that both of them can judge.
        most: The datasets that move most.
    """

    base_title: str
    title: str
    count: int
    risen: int
    fallen: int
    mean_before: float | None
    mean_after: float | None
    most: tuple[MovedDataset, ...]

    @property
    def unmoved(self) -> int:
        """Datasets that keep their percentage."""
        return self.count - self.risen - self.fallen
