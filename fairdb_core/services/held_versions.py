"""The assessed versions of one collection, held in memory and continued when more is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import polars as pl

from fairdb_core.cache import Cache
from fairdb_core.domain.datasets import Collection
from fairdb_core.repositories.assessments import AssessedVersions, in_order
from fairdb_core.repositories.chunk_texts import ChunkTexts
from fairdb_core.repositories.storage import Work
from fairdb_core.scoring.spans import UNTIL
from fairdb_core.services.codes import Codes
from fairdb_core.services.past import told
from fairdb_core.services.texts import NO_TEXTS, Texts

_TIME = pl.Datetime("us", "UTC")
# What every rubric works out anew.
_WORKED_OUT = ("percent",)


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one collection.

    Attributes:
        keys: The chunks that it comes of.
        before: The versions that stand no more.
        live: Those that stand.
        texts: What is searched and shown of them.
        among: With how many collections it lies in the same memory.
    """

    keys: frozenset[int]
    before: pl.DataFrame
    live: pl.DataFrame
    texts: tuple[ChunkTexts, ...] = ()
    among: int = 0

    def with_new(self, keys: frozenset[int], more: AssessedVersions) -> "Held":
        """Return this with some more versions; datasets that these are not of stay untouched."""
        new = more.rows
        is_touched = pl.col("dataset_id").is_in(new["dataset_id"].unique().implode())
        touched = [
            part.filter(is_touched).drop(UNTIL, strict=False)
            for part in (self.before, self.live)
            if part.height
        ]
        before, live = told(in_order(pl.concat([*touched, new], how="diagonal")))
        kept = [
            part.filter(~is_touched) if part.height else part for part in (self.before, self.live)
        ]
        before, live = (
            pl.concat([old, added], how="diagonal") if old.height else added
            for old, added in zip(kept, (before, live), strict=True)
        )
        return Held(keys, before, live, (*self.texts, *more.texts))


@dataclass(frozen=True, eq=False)
class Laid:
    """The assessed versions of some collections, those first that stand no more.

    Attributes:
        until: The time until which each of these stood.
        texts: What is searched and shown of them.
        codes: Columns by numbers, as far as they were asked for.
    """

    rows: pl.DataFrame
    until: pl.Series
    texts: Texts
    codes: dict[str, Codes] = field(default_factory=dict)


def held_of(
    work: Work, cache: Cache, collections: Sequence[Collection], rubric_id: str
) -> list[Held]:
    """Return the assessed versions of some collections; only chunks that are new are read."""
    missing = [each for each in collections if cache.latest(_slot(each)) is None]
    read = _read_all(work, missing, rubric_id) if len(missing) > 1 else {}
    return [
        cache.compute(
            (*_slot(each), each.data_version),
            lambda each=each: (
                read.get(each.collection_id)  # type: ignore[misc]
                or _read(work, each.collection_id, rubric_id, cache.latest(_slot(each)))
            ),
            slot=_slot(each),
        )
        for each in collections
    ]


def laid_of(work: Work, cache: Cache, collections: Sequence[Collection], rubric_id: str) -> Laid:
    """Return the assessed versions of some collections laid together, whatever judges them."""
    state = tuple((each.collection_id, each.data_version) for each in collections)
    return cache.large.compute(
        ("laid", state),
        lambda: _lay(cache, collections, held_of(work, cache, collections, rubric_id)),
        slot=("laid", tuple(each.collection_id for each in collections)),
    )


def _lay(cache: Cache, collections: Sequence[Collection], held: Sequence[Held]) -> Laid:
    before, live = (
        [part for part in parts if not part.is_empty()]
        for parts in ([each.before for each in held], [each.live for each in held])
    )
    until = pl.concat([part[UNTIL] for part in before]) if before else pl.Series(dtype=_TIME)
    parts = [*(part.drop(UNTIL) for part in before), *live]
    if not parts:
        return Laid(pl.DataFrame(), until, NO_TEXTS)
    rows = pl.concat(parts, how="diagonal").rechunk()
    texts = Texts(rows["dataset_version_id"], chain.from_iterable(part.texts for part in held))
    laid = Laid(rows, until, texts)
    if all(part.among <= len(held) for part in held):
        _hold_there(cache, dict(zip(collections, held, strict=True)), laid)
    return laid


def _hold_there(cache: Cache, held: Mapping[Collection, Held], laid: Laid) -> None:
    """Hold collections where they are laid together, so that memory has them once."""
    gone, stands = 0, laid.until.len()
    for collection, part in held.items():
        until = laid.until.slice(gone, part.before.height).alias(UNTIL)
        shared = Held(
            part.keys,
            laid.rows.slice(gone, part.before.height).hstack([until]),
            laid.rows.slice(stands, part.live.height),
            part.texts,
            len(held),
        )
        gone, stands = gone + part.before.height, stands + part.live.height
        cache.set((*_slot(collection), collection.data_version), shared)


def _slot(collection: Collection) -> tuple[str, int]:
    return ("assessed", collection.collection_id)


def _read_all(work: Work, collections: Sequence[Collection], rubric_id: str) -> dict[int, Held]:
    """Return the assessed versions of collections, read at once: faster than one by one."""
    ids = [each.collection_id for each in collections]
    keys = work.assessments.keys(ids, rubric_id)
    found = work.assessments.read(ids, rubric_id, without=_WORKED_OUT)
    if not found.rows.height:
        return {}
    before, live = told(found.rows)
    texts: dict[int, list[ChunkTexts]] = {key: [] for key in keys}
    for each in found.texts:
        texts[each.collection_id].append(each)
    return {
        key: Held(keys[key], _of(before, key), _of(live, key), tuple(texts[key])) for key in keys
    }


def _of(rows: pl.DataFrame, collection_id: int) -> pl.DataFrame:
    """Return the rows of a collection, which lie together, without copying them."""
    first, last = (
        int(rows["collection_id"].search_sorted(collection_id, side=side))
        for side in ("left", "right")
    )
    return rows.slice(first, last - first)


def _read(work: Work, collection_id: int, rubric_id: str, known: Held | None) -> Held:
    keys = work.assessments.keys([collection_id], rubric_id).get(collection_id, frozenset())
    if known is None or not known.keys or not known.keys <= keys:
        found = work.assessments.read([collection_id], rubric_id, without=_WORKED_OUT)
        before, live = told(found.rows) if found.rows.height else (found.rows, found.rows)
        return Held(keys, before, live, found.texts)
    new = work.assessments.read(
        [collection_id], rubric_id, only=keys - known.keys, without=_WORKED_OUT
    )
    return known.with_new(keys, new) if new.rows.height else known
