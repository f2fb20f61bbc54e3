"""What changed since somebody last looked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairdb_core.domain.goals import GoalProgress


class NewsKind(StrEnum):
    """What can have happened to a dataset; it may be more than one thing."""

    FAILING = "failing"
    FIXED = "fixed"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One dataset to which something happened.

    Attributes:
        questions: The checks that it fails now and did not fail then, or the other way round.
        percent: As it stands now, or stood last.
    """

    dataset_id: int
    title: str
    collection_name: str
    questions: tuple[str, ...]
    percent: float | None


@dataclass(frozen=True, slots=True)
class NewsPart:
    """Everything of one kind, with examples."""

    kind: NewsKind
    count: int
    items: tuple[NewsItem, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a person's last visit.

    Attributes:
        since: When that was, ``None`` on the first visit.
        parts: The kinds of which there is something.
        goals_reached: Goals that were reached meanwhile.
    """

    since: datetime | None
    parts: tuple[NewsPart, ...] = ()
    goals_reached: tuple[GoalProgress, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.parts or self.goals_reached)
