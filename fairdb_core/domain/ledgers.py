"""Who gained how much: what each batch did to the scores of its datasets, and the sums."""

from dataclasses import dataclass
from datetime import datetime

from fairdb_core.domain.uploads import BatchKind


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What one batch did to scores.

    Attributes:
        name: Its file, or what a fix did; empty where neither is known.
        collection_name: Its collection, or several in words.
        mean_before: Mean percent of its collections before it, ``None`` where they were empty.
        mean_after: Mean percent of its collections after it.
        dataset_count: Datasets that stood before and got another score.
        points: By how many points their scores rose, added up.
        is_undone: Whether it was taken back, and so does not count.
        parts: What it did to each of its collections, where these are several.
    """

    batch_id: int
    kind: BatchKind
    name: str
    collection_name: str
    author_name: str
    at: datetime
    mean_before: float | None
    mean_after: float | None
    dataset_count: int
    points: float
    is_undone: bool
    parts: tuple["LedgerLine", ...] = ()


@dataclass(frozen=True, slots=True)
class PersonGain:
    """What one person gained; batches that were undone do not count."""

    author_name: str
    batch_count: int
    dataset_count: int
    points: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """The batches, the newest first, and the people, those who gained most first."""

    lines: tuple[LedgerLine, ...]
    people: tuple[PersonGain, ...]
