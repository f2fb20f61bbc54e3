"""What an upload is made of: what was read, how columns map, what is wrong, what it will do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    WARNING = "warning"


class Effect(StrEnum):
    """What a row does to the store."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    LEFT_OUT = "left_out"


class Outcome(StrEnum):
    """What becomes of a whole file."""

    ACCEPT = "accept"
    WARN = "warn"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What was read, in the words of the wizard's first sentence.

    Attributes:
        encoding: Python codec name, for example ``utf-8`` or ``cp1252``; ``xlsx`` for a workbook.
        separator: One character; empty for a workbook.
        row_count: Records, the header not counted.
        is_encoding_certain: Whether the bytes leave no other reading; else a person confirms it.
        is_separator_certain: Whether the records leave no other reading.
        has_quotes: Whether quotation marks enclose cells; else they stand for themselves.
        sheets: The names of a workbook's sheets, the one that was read in ``sheet``.
    """

    file_name: str
    byte_count: int
    sha256: str
    encoding: str
    separator: str
    header: tuple[str, ...]
    row_count: int
    warnings: tuple[str, ...] = ()
    is_encoding_certain: bool = True
    is_separator_certain: bool = True
    has_quotes: bool = True
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where one column goes, and why.

    Attributes:
        field: A canonical field, or ``None`` when the column is left out.
        confidence: From 0 to 1; 1 when a person chose it.
        value_separator: What parts several values in one cell; ``None`` where cells hold one.
        is_day_first: How ``03/04/25`` is read; ``None`` where the column does not need it.
    """

    column: str
    field: str | None
    confidence: float = 1.0
    reason: str = "chosen"
    value_separator: str | None = None
    is_day_first: bool | None = None
    filled_share: float = 1.0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One cause, found in ``count`` rows; the place and value are those of its first row.

    Attributes:
        row: Row as a spreadsheet numbers it, the header being row 1; ``None`` for a whole file.
        rows: All rows concerned, as an array, which holds millions.
        repeats: By its place among these, the row that holds the same dataset and is not refused.
    """

    code: str
    severity: Severity
    count: int
    row: int | None
    column: str | None
    value: str
    expected: str
    remedy: str
    field: str | None = None
    rows: Sequence[int] = ()
    repeats: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """One replacement in one column.

    Attributes:
        column: The header of the column.
        found: The cell's text as it was read.
        replacement: What it becomes.
        row: The one row it is for, as a spreadsheet numbers it; ``None`` wherever ``found`` stands.
        rows: The rows it is for whatever they hold; empty where ``found`` says which.
    """

    column: str
    found: str
    replacement: str
    row: int | None = None
    rows: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that a person leaves out, as a spreadsheet numbers them."""

    rows: Sequence[int]


@dataclass(frozen=True, slots=True)
class EffectCounts:
    """How many rows do what.

    Attributes:
        remove: Datasets that an undo removes, because the batch created them.
    """

    create: int = 0
    update: int = 0
    unchanged: int = 0
    refused: int = 0
    left_out: int = 0
    remove: int = 0

    @property
    def changes(self) -> int:
        """Rows that change the store."""
        return self.create + self.update + self.remove


class BatchKind(StrEnum):
    """How a batch came about."""

    UPLOAD = "upload"
    FORM = "form"
    FIX = "fix"
    UNDO = "undo"


class BatchState(StrEnum):
    """What became of a batch; readers see only ready ones."""

    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MeanScore:
    """The mean percent of some datasets.

    Attributes:
        percent: ``None`` where none could be judged, or nobody knows.
        count: How many were judged, ``None`` where nobody wrote that down.
    """

    percent: float | None = None
    count: int | None = 0


NO_MEAN = MeanScore()


@dataclass(frozen=True, slots=True)
class Batch:
    """One upload, form save, fix or undo: the unit that is committed and undone.

    Attributes:
        title: What a fix did, in words; empty where something else names the batch.
        act_id: The first batch of the act over several collections that this is of.
        parts: What such an act did to each of its collections, where this is all of it; key and
            collection are then those of the first.
        is_partial: Whether parts are left out that the viewer may not undo.
    """

    batch_id: int
    collection_id: int
    kind: BatchKind
    state: BatchState
    file_name: str
    file_sha256: str
    author_user_id: int | None
    author_name: str
    created_at: datetime
    finished_at: datetime | None
    counts: EffectCounts
    rows_total: int
    rows_done: int
    before: MeanScore
    after: MeanScore
    undoes_batch_id: int | None = None
    undone_by_batch_id: int | None = None
    error: str = ""
    mapping: tuple[ColumnMapping, ...] = field(default=(), compare=False)
    title: str = ""
    act_id: int | None = None
    parts: tuple["Batch", ...] = ()
    is_partial: bool = False

    @property
    def of_each(self) -> tuple["Batch", ...]:
        """What it did to each of its collections."""
        return self.parts or (self,)

    @property
    def score_before(self) -> float | None:
        """Mean percent before it, of its collections together."""
        return self.before.percent

    @property
    def score_after(self) -> float | None:
        """Mean percent after it, of its collections together."""
        return self.after.percent

    @property
    def is_undone(self) -> bool:
        """Whether somebody undid it."""
        return self.undone_by_batch_id is not None

    @property
    def can_be_undone(self) -> bool:
        """Whether it is stored and nobody undid it, and it is all there to undo."""
        return self.state is BatchState.READY and not self.is_undone and not self.is_partial

    @property
    def name(self) -> str:
        """Its file, or what a fix did to how many datasets; empty where neither is known."""
        return self.file_name or done_in_words(self.title, self.counts.update)


def done_in_words(title: str, count: int) -> str:
    """Return what was done to how many datasets, empty where it is not known."""
    return title and f"{title} in {count:,} {'dataset' if count == 1 else 'datasets'}"
