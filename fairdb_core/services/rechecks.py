"""Computing stored assessments again: whether they agree to the bit, and putting right what not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.evidence import CollectionRecheck, Difference, Provenance, Recheck
from fairdb_core.domain.permissions import Action, require
from fairdb_core.indicators import INDICATORS, State
from fairdb_core.indicators.packing import FACT, unpacked
from fairdb_core.logs import get_logger
from fairdb_core.repositories.assessment_chunks import Chunk, input_hash_of
from fairdb_core.repositories.assessments import assessed_chunks
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.assess import assess
from fairdb_core.scoring.kernel import BATCH_ROWS
from fairdb_core.scoring.reproduction import differing
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.datasets import readable_dataset
from fairdb_core.settings import program_version
from fairdb_core.vocabularies.sources import changes_since, installed_versions

_KEYS = ("dataset_id", "dataset_version_id", "is_deleted")
_STATES = {
    State.NOT_ASSESSED: "not assessed",
    State.UNMET: "not met",
    State.PARTLY: "partly met",
    State.MET: "met",
}
_log = get_logger(__name__)


class RecheckService:
    """Stored assessments, computed again.

    Args:
        storage: The store.
        rubric: By which everything that is stored was assessed.
    """

    def __init__(self, *, storage: Storage, rubric: Rubric) -> None:
        self._storage = storage
        self._rubric = rubric

    def dataset(self, viewer: Viewer, dataset_id: int) -> Recheck:
        """Compute the stored assessment of a dataset's current version again.

        Raises:
            ResourceNotFoundError: There is none that the viewer may read.
        """
        with self._storage.read() as work:
            _, collection = readable_dataset(work, viewer, dataset_id)
            version = work.dataset_versions.of_dataset(dataset_id, limit=1)[0]
            key = version.dataset_version_id
            text = work.dataset_versions.texts(version.batch_id, after=key - 1, limit=1)
            chunks = work.assessments.chunks(
                [collection.collection_id], self._rubric.id, batch_ids=[version.batch_id]
            )
            provenance, stored = _row_of(chunks, key)
        now = _assessed(text, self._rubric)
        differences = () if provenance is None else _differences(text, stored, now)
        return Recheck(
            dataset_id=dataset_id,
            dataset_version_id=key,
            content_hash=text["content_hash"].item(),
            provenance=provenance,
            compared=now.width - len(_KEYS),
            differences=differences,
            changes=() if provenance is None else _changes(provenance, self._rubric),
        )

    def collection(self, viewer: Viewer, collection_id: int) -> CollectionRecheck:
        """Compute every stored assessment of a collection again.

        Raises:
            AuthorizationError: The viewer may not read its datasets.
            ResourceNotFoundError: There is no such collection for the viewer.
        """
        with self._storage.snapshot() as work:
            collection = visible_collection(work, viewer, collection_id)
            require(viewer, Action.READ_DATASETS, collection)
            return _recheck(work, self._rubric, collection_id, collection.name)

    def outdated(self, viewer: Viewer) -> dict[str, int]:
        """Return how many stored assessments name another state of each reference list.

        Raises:
            AuthorizationError: The viewer may not compute scores again.
        """
        require(viewer, Action.RECOMPUTE_SCORES)
        counts: Counter[str] = Counter()
        with self._storage.read() as work:
            named = work.assessments.named_vocabularies(self._rubric.id)
        for states, count in named:
            counts.update(
                {key: count for key, state in installed_versions() if states.get(key) != state}
            )
        return dict(counts)

    def recompute(self, viewer: Viewer, collection_id: int) -> CollectionRecheck:
        """Compute anew what is missing, damaged or different, and return what that was.

        What agrees stays as it was stored, with its time and the versions that it names.

        Raises:
            AuthorizationError: The viewer may not.
            ResourceNotFoundError: There is no such collection for the viewer.
        """
        with self._storage.work(statement_seconds=0) as work:
            collection = visible_collection(work, viewer, collection_id, lock=True)
            require(viewer, Action.RECOMPUTE_SCORES, collection)
            found = _recheck(work, self._rubric, collection_id, collection.name)
            work.assessments.take_apart(collection_id)
            for batch_id in found.batch_ids:
                _rewrite(work, self._rubric, collection_id, batch_id)
            work.assessments.join_small(collection_id, self._rubric.id)
            if found.batch_ids:
                work.collections.raise_version(collection_id)
                work.audit.add(
                    viewer,
                    "scores_recomputed",
                    "collection",
                    collection_id,
                    after={
                        "differing": found.differing,
                        "missing": found.unassessed,
                        "batches": len(found.batch_ids),
                    },
                )
        _log.info("scores_recomputed", collection_id=collection_id, batches=len(found.batch_ids))
        return found


@dataclass
class _Tally:
    """What was found so far in one collection.

    Attributes:
        missing: Versions of each batch of which no assessment was found yet.
    """

    missing: Counter[int]
    checked: int = 0
    differing: int = 0
    columns: Counter[str] = field(default_factory=Counter)
    changes: dict[str, None] = field(default_factory=dict)
    batches: dict[int, None] = field(default_factory=dict)

    def add(
        self,
        chunk: Chunk,
        rows: pl.DataFrame,
        texts: pl.DataFrame,
        now: pl.DataFrame,
        changes: tuple[str, ...],
    ) -> None:
        """Count what one chunk holds."""
        self.changes |= dict.fromkeys(changes)
        if rows["dataset_version_id"].to_list() != texts["dataset_version_id"].to_list():
            return  # not of these versions: they count as missing
        found = differing(rows, now)
        is_other = texts["content_hash"] != records.hashes_of(texts["metadata_json"])
        named = chunk.provenance.input_hash
        if named and named != input_hash_of(texts["content_hash"]):
            is_other = pl.Series([True]).new_from_index(0, rows.height)
        if is_other.any():
            found = pl.DataFrame([*found.get_columns(), is_other.alias("record")])
        self.missing[chunk.batch_id] -= rows.height
        self.checked += rows.height
        if found.width:
            self.differing += int(found.select(pl.any_horizontal(pl.all())).to_series().sum())
            self.columns.update({name: int(found[name].sum()) for name in found.columns})
            self.batches[chunk.batch_id] = None

    def told(self, name: str) -> CollectionRecheck:
        """Return what was found in all."""
        absent = {batch_id: count for batch_id, count in self.missing.items() if count}
        return CollectionRecheck(
            collection_name=name,
            checked=self.checked,
            differing=self.differing,
            unassessed=sum(absent.values()),
            columns=tuple((_title(column), count) for column, count in self.columns.most_common()),
            changes=tuple(self.changes),
            batch_ids=tuple(sorted({*self.batches, *absent})),
        )


def _row_of(chunks: Iterator[Chunk], key: int) -> tuple[Provenance | None, pl.DataFrame]:
    """Return what is stored of one version, and by what it was assessed."""
    for chunk in chunks:
        rows = chunk.rows
        if rows is not None:
            found = rows.filter(pl.col("dataset_version_id") == key)
            if found.height:
                return chunk.provenance, found
    return None, pl.DataFrame()


def _recheck(work: Work, rubric: Rubric, collection_id: int, name: str) -> CollectionRecheck:
    counts = work.dataset_versions.counts(collection_id)
    tally = _Tally(missing=Counter(counts))
    for chunk in work.assessments.chunks([collection_id], rubric.id):
        rows = chunk.rows
        if rows is not None:
            first = int(rows["dataset_version_id"].min() or 0)  # type: ignore[arg-type]
            texts = work.dataset_versions.texts(chunk.batch_id, after=first - 1, limit=rows.height)
            tally.add(
                chunk, rows, texts, _assessed(texts, rubric), _changes(chunk.provenance, rubric)
            )
    return tally.told(name)


def _assessed(texts: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    keys = texts.select("dataset_id", "dataset_version_id", is_deleted="is_deletion")
    return keys.hstack(unpacked(assess(records.frame_of_json(texts["metadata_json"]), rubric)))


def _rewrite(work: Work, rubric: Rubric, collection_id: int, batch_id: int) -> None:
    work.assessments.remove(batch_id, rubric.id)
    parts = [
        _assessed(texts, rubric).with_columns(texts["content_hash"])
        for texts in _pieces(work, batch_id)
    ]
    work.assessments.add(collection_id, batch_id, rubric.key, assessed_chunks(pl.concat(parts)))


def _changes(named: Provenance, rubric: Rubric) -> tuple[str, ...]:
    told = list(changes_since(named.vocabularies))
    if named.rubric_digest != rubric.digest:
        told.append(
            f"Rubric: {named.rubric_version} ({named.rubric_digest[:12]}…) then, "
            f"{rubric.version} ({rubric.digest[:12]}…) now"
        )
    if named.program_version != program_version():
        told.append(f"Program: {named.program_version or 'unnamed'} then, {program_version()} now")
    return tuple(told)


def _pieces(work: Work, batch_id: int) -> Iterator[pl.DataFrame]:
    after = 0
    while True:
        texts = work.dataset_versions.texts(batch_id, after=after, limit=BATCH_ROWS)
        if texts.is_empty():
            return
        yield texts
        after = texts["dataset_version_id"][-1]


def _differences(
    texts: pl.DataFrame, stored: pl.DataFrame, now: pl.DataFrame
) -> tuple[Difference, ...]:
    told = []
    hashed = records.hashes_of(texts["metadata_json"]).item()
    if hashed != texts["content_hash"].item():
        told.append(Difference(_title("record"), texts["content_hash"].item(), hashed))
    for name in differing(stored, now).columns:
        values = (_value(frame, name) for frame in (stored, now))
        told.append(Difference(_title(name), *values))
    return tuple(told)


def _title(column: str) -> str:
    if column == "record":
        return "Hash of the stored record"
    fact = INDICATORS.get(column.removeprefix(FACT))
    return fact.question if fact is not None else column


def _value(frame: pl.DataFrame, name: str) -> str:
    if name not in frame.columns:
        return "not known"
    value = frame[name].item()
    if name.startswith(FACT):
        return _STATES.get(value, str(value))
    return "none" if value is None else str(value)
