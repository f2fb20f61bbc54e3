"""What a comparison of groups, or of two days, tells: figures with how sure they are, and words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fairdb_core.domain.summaries import Facet, Filters

FEWEST_GROUPS, MOST_GROUPS = 2, 6


class Standing(StrEnum):
    """Where a group lies, held against all groups together."""

    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class GroupOption:
    """A group that can be chosen."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One group's mean and how sure it is.

    Attributes:
        filters: What leads to its datasets.
        lower: Of the 95 % interval; ``None`` below five datasets.
        dimensions: The title and the mean percent of each dimension of the rubric.
        ranks: The best and the worst rank that weights and chance leave open; ``None`` below ten
            datasets.
    """

    label: str
    filters: Filters
    count: int
    mean: float | None
    lower: float | None
    upper: float | None
    dimensions: tuple[tuple[str, float | None], ...]
    ranks: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One of many groups."""

    value: str
    label: str
    count: int
    mean: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Funnel:
    """Many groups around the mean of all their datasets.

    Attributes:
        mean: Of all datasets.
        deviation: How far single scores scatter within groups.
        strictness: How many deviations of its mean a group has to lie off to stand out.
        small_count: Groups with fewer than five datasets, which are left out.
        small: The first of these.
        hidden_count: Groups beyond the largest, which are left out too.
    """

    mean: float
    deviation: float
    strictness: float
    points: tuple[FunnelPoint, ...]
    small_count: int
    small: tuple[GroupOption, ...] = ()
    hidden_count: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Do these groups really differ?

    Attributes:
        options: What can be compared, the largest first.
        groups: Two to six groups, by name; empty where a funnel is shown instead.
        verdict: Words that hold as long as the evidence does; no figure is in them.
        details: The differences that count, in figures.
    """

    facet: Facet
    rubric_title: str
    count: int
    options: tuple[GroupOption, ...]
    groups: tuple[GroupScore, ...]
    funnel: Funnel | None
    verdict: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupShift:
    """One group on two days."""

    label: str
    before: float | None
    after: float | None
    before_count: int
    after_count: int


@dataclass(frozen=True, slots=True)
class Migration:
    """How many datasets went from which score band to which.

    Attributes:
        counts: By band before, then by band after.
        came: By band after, those that did not count before.
        went: By band before, those that count no more.
    """

    counts: tuple[tuple[int, ...], ...]
    came: tuple[int, ...]
    went: tuple[int, ...]

    @property
    def risen(self) -> int:
        """Datasets in a higher band than before."""
        return sum(n for i, row in enumerate(self.counts) for n in row[i + 1 :])

    @property
    def fallen(self) -> int:
        """Datasets in a lower band than before."""
        return sum(n for i, row in enumerate(self.counts) for n in row[:i])

    @property
    def stayed(self) -> int:
        """Datasets in the same band as before."""
        return sum(row[i] for i, row in enumerate(self.counts))


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Two days side by side.

    Attributes:
        shifts: The groups, the largest change first; the whole last.
        hidden_count: Groups beyond the largest, which are left out.
    """

    since: date
    until: date
    rubric_title: str
    shifts: tuple[GroupShift, ...]
    hidden_count: int
    migration: Migration
    verdict: str
    details: tuple[str, ...]
