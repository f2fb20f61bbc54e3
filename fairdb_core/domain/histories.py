"""How a mean became what it is: the parts of a change, the batches behind it, and the datasets."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from fairdb_core.domain.summaries import TrendPoint
from fairdb_core.domain.sums import shown_difference, shown_parts
from fairdb_core.domain.uploads import BatchKind


class ChangeKind(StrEnum):
    """Why a mean moved; together the kinds explain all of it."""

    RUBRIC = "rubric"
    FIXED = "fixed"
    WORSENED = "worsened"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RubricMark:
    """A time from which another version of a rubric counts."""

    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class ChangePart:
    """What one kind of change added to the mean.

    Attributes:
        points: Of the mean percent; all parts add up to the whole change.
        count: The datasets concerned.
    """

    kind: ChangeKind
    points: float
    count: int


@dataclass(frozen=True, slots=True)
class BatchEffect:
    """What one batch added to the mean.

    Attributes:
        kind: How it came about, ``None`` for all the batches that are not told one by one.
        file_name: Its file, or the batch that it undid.
        title: What a fix did, in words.
        field_titles: The fields that it changed, where that is the same in all its datasets.
        count: The datasets that it moved, or brought, or took away.
    """

    batch_id: int
    kind: BatchKind | None
    at: datetime | None
    file_name: str
    field_titles: tuple[str, ...]
    collection_name: str
    author_name: str
    points: float
    count: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class MovedDataset:
    """One dataset that is not what it was; a percent is ``None`` where it did not count."""

    dataset_id: int
    title: str
    collection_name: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class MeanChange:
    """Why the mean of some datasets differs between two days.

    Attributes:
        since: The first day; what stood at its end is compared.
        until: The last day.
        before: The mean then, ``None`` where no dataset counted.
        parts: All kinds in a fixed order; empty where there is no mean on one of the days.
        batches: Those with the largest effect, and last the rest as one.
        batch_count: How many there were.
        moved: Examples of each kind, the largest differences first.
    """

    since: date
    until: date
    before: float | None
    after: float | None
    before_count: int
    after_count: int
    parts: tuple[ChangePart, ...]
    batches: tuple[BatchEffect, ...]
    batch_count: int
    moved: tuple[tuple[ChangeKind, tuple[MovedDataset, ...]], ...]

    @property
    def total(self) -> float | None:
        """The whole change, ``None`` where there is no mean on one of the days."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    def shown_total(self, digits: int = 1) -> float:
        """Return the whole change as it is printed, 0 where there is no mean on one of the days."""
        if self.before is None or self.after is None:
            return 0.0
        return shown_difference(self.before, self.after, digits)

    def shown_parts(self, digits: int = 1) -> tuple[float, ...]:
        """Return the points of all kinds as they are printed."""
        points = [part.points for part in self.parts]
        return shown_parts(points, self.shown_total(digits), digits)

    def shown_batches(self, digits: int = 1) -> tuple[float, ...]:
        """Return the points of the batches as they are printed; no batch changes a rubric."""
        kinds = zip(self.parts, self.shown_parts(digits), strict=True)
        whole = sum(shown for part, shown in kinds if part.kind is not ChangeKind.RUBRIC)
        return shown_parts([batch.points for batch in self.batches], whole, digits)


@dataclass(frozen=True, slots=True)
class HistorySummary:
    """How the mean of some datasets moved over the years, and why between two days.

    Attributes:
        first_day: The day of the first batch, ``None`` where there is none.
        last_day: The day of the last batch.
        marks: When another version of the rubric came to count.
    """

    rubric_title: str
    rubric_before_title: str
    first_day: date | None
    last_day: date | None
    trend: tuple[TrendPoint, ...]
    marks: tuple[RubricMark, ...]
    change: MeanChange
