"""What an upload or a form save will do, worked out before anything is stored.

The preview shows a plan and the commit carries out the same object, so what was shown is what
happens. A file changes the fields that its columns were mapped to and leaves the others alone.
"""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property

import orjson
import polars as pl

from fairdb_core import records
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.uploads import (
    NO_MEAN,
    BatchKind,
    ColumnMapping,
    Effect,
    EffectCounts,
    MeanScore,
    Outcome,
    Problem,
    ReadReport,
    Severity,
)
from fairdb_core.metadata import FIELDS
from fairdb_core.repositories.assessments import live
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.assess import assess

FIRST_ROW = 2
_CHANGES = (Effect.CREATE.value, Effect.UPDATE.value)
_EFFECT = pl.Enum([effect.value for effect in Effect])


@dataclass(frozen=True, slots=True)
class Source:
    """What a plan is made from.

    Attributes:
        records: The record frame, one row a record of the file.
        identity: By which each row is the same dataset as one in the store; null where the row
            is blank and does nothing.
        refused: Whether each row is refused.
        left_out: Whether a person leaves out each row, ``None`` where none is left out.
        raw: The cells of each row as they were read, ``None`` where there is no file.
        fields: The canonical fields that the source speaks of; others keep their values.
        new_identity: By which the one dataset of a form is known from now on, where it changes.
        title: What a fix does, in words.
    """

    kind: BatchKind
    records: pl.DataFrame
    identity: pl.Series
    refused: pl.Series
    fields: frozenset[str]
    left_out: pl.Series | None = None
    raw: pl.DataFrame | None = None
    problems: tuple[Problem, ...] = ()
    report: ReadReport | None = None
    mapping: tuple[ColumnMapping, ...] = ()
    new_identity: str | None = None
    title: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything that a commit will do to one collection.

    Attributes:
        data_version: The state of the collection that the plan was made for.
        rows: One row a record of the source: ``row`` (as a spreadsheet numbers it),
            ``effect``, ``identity``, ``dataset_id`` (null where it is new), ``is_revival``,
            ``metadata_json`` and ``digest`` (of that text), both null where the row is refused,
            ``percent_before`` and ``percent_after``.
        assessed: Facts, scores and facets of the rows that change the store, in their order.
        before: How the collection scores as it stands.
        after: How it scores once the plan is carried out.
        raw: The cells of each row as they were read, ``None`` where there was no file.
        new_identity: By which the one dataset of a form is known from now on, where it changes.
        title: What a fix does, in words.
    """

    collection_id: int
    collection_name: str
    data_version: int
    kind: BatchKind
    rubric: Rubric
    rows: pl.DataFrame
    assessed: pl.DataFrame
    counts: EffectCounts
    problems: tuple[Problem, ...]
    before: MeanScore
    after: MeanScore
    report: ReadReport | None = None
    mapping: tuple[ColumnMapping, ...] = ()
    raw: pl.DataFrame | None = None
    new_identity: str | None = None
    title: str = ""

    @property
    def score_before(self) -> float | None:
        """Mean percent of the collection as it stands, ``None`` when it is empty."""
        return self.before.percent

    @property
    def score_after(self) -> float | None:
        """Mean percent of the collection once the plan is carried out."""
        return self.after.percent

    @property
    def outcome(self) -> Outcome:
        """Whether the source is accepted, accepted with warnings, or refused as a whole."""
        meant = self.rows.height - self.counts.left_out
        if self.rows.is_empty() or (self.counts.refused and self.counts.refused == meant):
            return Outcome.REJECT
        report = self.report
        is_doubtful = report is not None and (
            bool(report.warnings)
            or not (report.is_encoding_certain and report.is_separator_certain)
        )
        return Outcome.WARN if self.problems or is_doubtful else Outcome.ACCEPT

    @property
    def message(self) -> str:
        """Why the source is refused as a whole, empty where it is not."""
        if self.outcome is not Outcome.REJECT:
            return ""
        first = next((p for p in self.problems if p.severity is Severity.ERROR), None)
        if first is None:
            return "There is no row that could be stored."
        return f"No row can be stored. Expected {first.expected}. {first.remedy}"

    @cached_property
    def digest(self) -> str:
        """A hash of the plan; two plans with the same digest do the same to the same state."""
        content = hashlib.sha256(
            orjson.dumps(
                [
                    self.collection_id,
                    self.data_version,
                    self.kind,
                    self.rubric.digest,
                    [asdict(column) for column in self.mapping],
                ]
            )
        )
        rows = self.rows.select("effect", "identity", "digest").hash_rows()
        content.update(rows.to_numpy().tobytes())
        return content.hexdigest()

    @property
    def changes(self) -> pl.DataFrame:
        """The rows that change the store."""
        return self.rows.filter(pl.col("effect").is_in(_CHANGES))


def make_plan(
    collection: Collection,
    source: Source,
    known: pl.DataFrame,
    assessed_before: pl.DataFrame,
    rubric: Rubric,
) -> Plan:
    """Return what a source will do to a collection.

    Args:
        collection: Where it goes.
        source: What was read or typed.
        known: What the store knows of the source's identities, by ``DatasetRepository.matching``.
        assessed_before: Every assessed version of the collection, as
            ``AssessmentRepository.read`` gives their rows.
        rubric: By which scores are shown.
    """
    merged, rows = _merge(source, known)
    may_change = ~source.refused & source.identity.is_not_null()
    every_row = may_change.all()
    candidates = merged if every_row else merged.filter(may_change)
    texts, digests, assessed = _worked_out(candidates, rubric)
    if not every_row:
        texts, digests = _spread(texts, may_change), _spread(digests, may_change)
    rows = _with_effects(rows.with_columns(metadata_json=texts, digest=digests))
    is_change = rows["effect"].is_in(_CHANGES)
    if not is_change.equals(may_change):
        assessed = assessed.filter(is_change.filter(may_change))
    del merged, candidates, texts, digests
    standing = live(assessed_before)
    rows = _with_scores(rows, is_change, assessed, standing)
    return Plan(
        collection_id=collection.collection_id,
        collection_name=collection.name,
        data_version=collection.data_version,
        kind=source.kind,
        rubric=rubric,
        rows=rows.drop("known_hash", "is_refused", "is_left_out"),
        assessed=assessed,
        counts=_count(rows["effect"]),
        problems=source.problems,
        before=mean_of(standing),
        after=_mean_after(standing, rows, assessed),
        report=source.report,
        mapping=source.mapping,
        raw=source.raw,
        new_identity=source.new_identity,
        title=source.title,
    )


def _worked_out(
    candidates: pl.DataFrame, rubric: Rubric
) -> tuple[pl.Series, pl.Series, pl.DataFrame]:
    """Return the texts of records, the digests of these, and what is assessed."""
    # Both leave most of the work to threads of their own that need no lock of the interpreter.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="assess") as thread:
        judged = thread.submit(assess, candidates, rubric)
        texts, digests = records.json_and_digests_of(candidates)
        return texts, digests, judged.result()


def _merge(source: Source, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the records as they will stand, and a row of keys for each."""
    height = source.records.height
    rows = pl.DataFrame(
        {
            "row": pl.int_range(FIRST_ROW, height + FIRST_ROW, dtype=pl.UInt32, eager=True),
            "identity": source.identity,
            "is_refused": source.refused,
            "is_left_out": source.left_out,
        },
        schema_overrides={"is_left_out": pl.Boolean},
    )
    found = known.select(
        "identity", "dataset_id", known_hash="content_hash", is_revival="is_deleted"
    )
    if known.is_empty():
        # A join would copy every row only to add nothing.
        return source.records, rows.with_columns(
            pl.lit(None, dtype).alias(name) for name, dtype in list(found.schema.items())[1:]
        )
    rows = rows.join(found, on="identity", how="left", maintain_order="left")
    kept = [field.name for field in FIELDS if field.name not in source.fields]
    if not kept:
        return source.records, rows
    standing = known.select("identity").hstack(
        records.frame_of_json(known["metadata_json"]).select(kept)
    )
    aligned = rows.select("identity").join(
        standing, on="identity", how="left", maintain_order="left"
    )
    return source.records.with_columns(aligned.select(kept).get_columns()), rows


def _with_effects(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with what each does."""
    is_new = pl.col("dataset_id").is_null() | pl.col("is_revival")
    is_as_known = pl.lit(value=False)
    if rows["known_hash"].count():
        is_as_known = pl.lit(records.hashes_of_digests(rows["digest"]) == rows["known_hash"])
    return rows.with_columns(
        effect=pl.when(pl.col("is_refused"))
        .then(pl.lit(Effect.REFUSED.value))
        .when("is_left_out")
        .then(pl.lit(Effect.LEFT_OUT.value))
        .when(pl.col("identity").is_null())
        .then(pl.lit(Effect.UNCHANGED.value))
        .when(is_new)
        .then(pl.lit(Effect.CREATE.value))
        .when(is_as_known)
        .then(pl.lit(Effect.UNCHANGED.value))
        .otherwise(pl.lit(Effect.UPDATE.value))
        .cast(_EFFECT)
    )


def _with_scores(
    rows: pl.DataFrame, is_change: pl.Series, assessed: pl.DataFrame, standing: pl.DataFrame
) -> pl.DataFrame:
    """Return the rows with their scores before and after."""
    percents = assessed["percent"]
    new = percents if is_change.all() else _spread(percents, is_change)
    if standing.is_empty():
        return rows.with_columns(percent_before=pl.lit(None, pl.Float64), percent_after=new)
    before = standing.select("dataset_id", percent_before="percent")
    rows = rows.join(before, on="dataset_id", how="left", maintain_order="left")
    is_unchanged = pl.col("effect") == Effect.UNCHANGED.value
    return rows.with_columns(
        percent_after=pl.when(is_unchanged).then("percent_before").otherwise(new)
    )


def _spread(values: pl.Series, is_meant: pl.Series) -> pl.Series:
    """Return the values of the rows that are meant as one a row, null in the others."""
    if values.is_empty():
        return pl.Series(values.name, [None], dtype=values.dtype).new_from_index(0, is_meant.len())
    places = is_meant.cum_sum() - 1
    return values.gather(places.set(~is_meant, None))


def _count(effects: pl.Series) -> EffectCounts:
    found = dict(effects.value_counts().iter_rows())
    return EffectCounts(**{effect.value: found.get(effect.value, 0) for effect in Effect})


def mean_of(*frames: pl.DataFrame) -> MeanScore:
    """Return the mean percent of assessed datasets, those that could not be judged left out."""
    columns = [frame["percent"].drop_nulls() for frame in frames if not frame.is_empty()]
    percents = pl.concat(columns) if columns else pl.Series([], dtype=pl.Float64)
    if percents.is_empty():
        return NO_MEAN
    return MeanScore(round(float(percents.sum()) / percents.len(), 4), percents.len())


def _mean_after(standing: pl.DataFrame, rows: pl.DataFrame, assessed: pl.DataFrame) -> MeanScore:
    updated = rows["dataset_id"].filter(rows["effect"] == Effect.UPDATE.value)
    if not standing.is_empty():
        standing = standing.filter(~pl.col("dataset_id").is_in(updated.implode()))
    return mean_of(standing, assessed)
