"""What screens show: finished figures about many datasets, or about one, ready to be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fairdb_core.domain.assessments import Assessment
from fairdb_core.domain.datasets import Dataset
from fairdb_core.domain.explanations import AddedUp, Advice
from fairdb_core.domain.sums import shown_difference, shown_parts
from fairdb_core.domain.uploads import BatchKind

TARGET_PERCENT = 80.0
BANDS = ("0–20", "20–40", "40–60", "60–80", "80–100")
NOT_GIVEN = "(not given)"


class Facet(StrEnum):
    """A property by which datasets are narrowed down; the value is its name in addresses."""

    COLLECTION = "collection"
    PUBLISHER = "publisher"
    YEAR = "year"
    TYPE = "type"
    LICENSE = "licence"
    ACCESS = "access"
    LANGUAGE = "language"
    FORMAT = "format"
    BATCH = "batch"
    BAND = "score"
    GAP = "gap"

    @property
    def label(self) -> str:
        """The name on screens."""
        return _FACET_LABELS[self]


_FACET_LABELS = {
    Facet.COLLECTION: "Collection",
    Facet.PUBLISHER: "Publisher",
    Facet.YEAR: "Year",
    Facet.TYPE: "Resource type",
    Facet.LICENSE: "Licence",
    Facet.ACCESS: "Access",
    Facet.LANGUAGE: "Language",
    Facet.FORMAT: "Format",
    Facet.BATCH: "Last changed by",
    Facet.BAND: "Score in percent",
    Facet.GAP: "Failed check",
}


class Sort(StrEnum):
    """The order of a list of datasets."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    TITLE = "title"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which datasets are meant.

    Attributes:
        text: Words that title or identifier hold.
        chosen: The values chosen of each facet; one of them has to match in every facet.
        is_mine: Only datasets that are the viewer's own.
        ids: Only these datasets, where any are named one by one.
    """

    text: str = ""
    chosen: tuple[tuple[Facet, tuple[str, ...]], ...] = ()
    is_mine: bool = False
    ids: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every dataset is meant."""
        return not (self.text or self.chosen or self.is_mine or self.ids)

    def values(self, facet: Facet) -> tuple[str, ...]:
        """Return the values chosen of one facet."""
        return dict(self.chosen).get(facet, ())

    def without(self, facet: Facet) -> "Filters":
        """Return the same filters with one facet left open."""
        return replace(self, chosen=tuple(pair for pair in self.chosen if pair[0] is not facet))

    def with_values(self, facet: Facet, values: Iterable[str]) -> "Filters":
        """Return the same filters with other values chosen of one facet."""
        chosen = tuple(sorted(values))
        rest = self.without(facet)
        return replace(rest, chosen=(*rest.chosen, (facet, chosen))) if chosen else rest


@dataclass(frozen=True, slots=True)
class Relief:
    """How many datasets there would be without one of the filters."""

    label: str
    filters: Filters
    count: int


@dataclass(frozen=True, slots=True)
class PrincipleScore:
    """One dimension of a rubric over many datasets; points are means per dataset.

    Attributes:
        dimension: Its id, for example ``F``.
        name: What people call it.
        percent: Mean of the datasets' percentages, ``None`` where none could be judged.
        judged_count: Datasets of which at least one point could be judged.
    """

    dimension: str
    name: str
    percent: float | None
    earned: float
    judged: float
    possible: float
    judged_count: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Datasets whose percent lies from ``start`` to below ``stop``; the last bin holds 100."""

    start: int
    stop: int
    count: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The score as it stood at one time."""

    at: datetime
    mean: float
    median: float
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """How the mean moved since an earlier time; the two parts add up to the whole.

    Attributes:
        before: The mean then.
        after: The mean now.
        from_edits: What changes to datasets that existed then have moved.
    """

    since: datetime
    before: float
    after: float
    from_edits: float

    @property
    def total(self) -> float:
        """The whole change."""
        return self.after - self.before

    @property
    def from_membership(self) -> float:
        """What datasets added or removed since have moved."""
        return self.total - self.from_edits

    @property
    def shown_total(self) -> float:
        """The whole change as it is printed."""
        return shown_difference(self.before, self.after)

    @property
    def shown_parts(self) -> tuple[float, ...]:
        """What edits and what datasets added or removed have moved, as it is printed."""
        return shown_parts((self.from_edits, self.from_membership), self.shown_total)


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """How many datasets are in which state of one check."""

    check_id: str
    principle: str
    question: str
    met: int
    partly: int
    unmet: int
    not_assessed: int

    @property
    def failed(self) -> int:
        """Datasets that could do better."""
        return self.partly + self.unmet


@dataclass(frozen=True, slots=True)
class Fix:
    """One field to fill or correct in many datasets, with all failed checks that this settles.

    Attributes:
        title: The field in words, with those that it needs beside it.
        field: The field that a bulk fix would change, empty where it cannot.
        principles: Of the checks, each once.
        advice: What to do, each sentence once.
        count: Datasets that fail one of the checks.
        gain: Points of the mean percent of all datasets shown.
    """

    title: str
    field: str
    check_ids: tuple[str, ...]
    principles: tuple[str, ...]
    questions: tuple[str, ...]
    advice: tuple[str, ...]
    example: str
    count: int
    gain: float


@dataclass(frozen=True, slots=True)
class CollectionScore:
    """One collection's figures; half of its datasets lie between the quartiles."""

    collection_id: int
    name: str
    count: int
    mean: float | None
    median: float | None
    lower_quartile: float | None = None
    upper_quartile: float | None = None


@dataclass(frozen=True, slots=True)
class RecentBatch:
    """One batch as news; the name is its file, or what a fix did."""

    batch_id: int
    collection_name: str
    kind: BatchKind
    at: datetime
    created: int
    updated: int
    removed: int
    score_before: float | None
    score_after: float | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One dataset in a list.

    Attributes:
        principles: The title and the percent of each dimension of the rubric.
    """

    dataset_id: int
    title: str
    identifier: str
    collection_name: str
    publisher: str
    year: int | None
    percent: float | None
    principles: tuple[tuple[str, float | None], ...]
    gaps: int


@dataclass(frozen=True, slots=True)
class OwnDatasets:
    """The viewer's own datasets, those with the lowest scores first."""

    count: int
    mean: float | None
    rows: tuple[DatasetRow, ...]


@dataclass(frozen=True, slots=True)
class OverviewSummary:
    """How FAIR the datasets in view are, and what to do next.

    Attributes:
        rubric_title: The rubric's name with its version.
        has_total: Whether the rubric is published with a sum of points.
        rubric_changes: From when on which version of the rubric counts in the trend.
        in_reach: Key and name of all collections that the viewer may know of, chosen or not.
        reliefs: How many datasets there would be without each of the filters.
    """

    sentence: str
    rubric_title: str
    has_total: bool
    count: int
    total_count: int
    mean: float | None
    median: float | None
    judged: float
    possible: float
    principles: tuple[PrincipleScore, ...]
    bins: tuple[Bin, ...]
    percents: tuple[float, ...]
    trend: tuple[TrendPoint, ...]
    change: Change | None
    checks: tuple[CheckCounts, ...]
    fixes: tuple[Fix, ...]
    collections: tuple[CollectionScore, ...]
    recent: tuple[RecentBatch, ...]
    own: OwnDatasets
    at: datetime | None
    rubric_changes: tuple[tuple[datetime, str], ...] = ()
    in_reach: tuple[tuple[int, str], ...] = ()
    reliefs: tuple[Relief, ...] = ()

    @property
    def weakest(self) -> PrincipleScore | None:
        """The principle with the lowest percentage."""
        judged = [score for score in self.principles if score.percent is not None]
        return min(judged, key=lambda score: score.percent or 0.0, default=None)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value that can be chosen, with the datasets it would leave."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The values of one facet, counted as if nothing were chosen in it."""

    facet: Facet
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class ExplorePage:
    """One page of the datasets that match, and how to narrow them down or widen them."""

    rows: tuple[DatasetRow, ...]
    count: int
    total_count: int
    page: int
    page_count: int
    mean: float | None
    median: float | None
    facets: tuple[FacetCounts, ...]
    reliefs: tuple[Relief, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs between two versions."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One version of a dataset beside the one before it."""

    dataset_version_id: int
    at: datetime
    author_name: str
    origin: str
    percent: float | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """Why one dataset has its score, and what would raise it."""

    dataset: Dataset
    title: str
    collection_name: str
    rubric_title: str
    assessment: Assessment
    added_up: AddedUp
    advice: Advice
    history: tuple[VersionSummary, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class CheckMethod:
    """One check as the method page tells it.

    Attributes:
        indicator: The key of the fact it rests on.
        dimension: The rubric's own group that it belongs to.
        rule: What meets it, in the rubric's words.
        source: Where it is published, under its id.
        decided_by: ``record``, ``record*``, ``network`` or ``person``: what it takes to judge it.
        priority: How much the rubric asks for it, where it ranks its checks.
        fix_fields: The fields that are filled or corrected together so that it is met.
    """

    check_id: str
    indicator: str
    dimension: str
    principle: str
    question: str
    points: float
    rule: str
    source: str
    decided_by: str
    priority: str = ""
    advice: str = ""
    fields: tuple[str, ...] = ()
    fix_fields: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class RubricMethod:
    """One rubric as the method page tells it.

    Attributes:
        has_total: Whether it is published with a sum of points; else checks are counted.
        dimensions: The id, title and points of each dimension when everything is met.
    """

    rubric_id: str
    title: str
    version: str
    digest: str
    source: str
    summary: str
    has_total: bool
    dimensions: tuple[tuple[str, str, float], ...]
    checks: tuple[CheckMethod, ...]

    @property
    def total(self) -> float:
        """The points when everything is met."""
        return sum(points for *_, points in self.dimensions)
