"""How the mean of some datasets moved, and why: finished for the screen, kept while it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import numpy as np
import polars as pl

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import names_together
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.histories import (
    BatchEffect,
    ChangeKind,
    HistorySummary,
    MeanChange,
    MovedDataset,
    RubricMark,
)
from fairdb_core.domain.summaries import Filters, TrendPoint
from fairdb_core.domain.uploads import Batch, BatchKind
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.changes import Movement, effect, parts_of
from fairdb_core.scoring.facets import line_of
from fairdb_core.services.assessments import readable_collections
from fairdb_core.services.dataset_summaries import field_changes
from fairdb_core.services.days import day_of, days_between, end_of
from fairdb_core.services.moves import Moved, Moves
from fairdb_core.services.narrowing import Scope, matching
from fairdb_core.services.overview import times_of
from fairdb_core.services.rubric_catalogue import (
    changes_of,
    trend_of_versions,
    versions_up_to,
)
from fairdb_core.services.score_frames import Judged, ScoreFrames, state_of
from fairdb_core.services.standing import Mask, Standing
from fairdb_core.services.steps import act_by_act, movement, steps

BATCHES_SHOWN = 8
MOVED_SHOWN = 5
_TOLD_BY_FIELDS = (BatchKind.FIX, BatchKind.FORM)


@dataclass(frozen=True, slots=True)
class Question:
    """Which days and which datasets are compared, and by what.

    Attributes:
        since: The first day, ``None`` for a quarter before the last batch.
        until: The last day, ``None`` for that of the last batch.
        rubric_id: By which datasets are judged, the usual one where empty.
        rubric_before_id: By which they were judged on the first day, the same where empty.
    """

    since: date | None = None
    until: date | None = None
    filters: Filters = field(default_factory=Filters)
    rubric_id: str = ""
    rubric_before_id: str = ""


class HistoryService:
    """What became of the datasets that somebody may read.

    Args:
        storage: The store.
        cache: Where summaries are kept, by everything they depend on.
        rubrics: By id; the first is the one that is taken when none is chosen.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._cache = cache
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def history(self, viewer: Viewer, asked: Question) -> HistorySummary:
        """Return how the mean moved, and why it differs between two days.

        A dataset counts on a day when it stood and matched the filters on that day.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric = self._frames.rubric(asked.rubric_id)
        before = self._frames.rubric(asked.rubric_before_id or asked.rubric_id)
        with self._storage.read() as work:
            seen = readable_collections(work, viewer)
            scope = self._frames.scope(work, viewer, rubric, seen)
            own_ids = tuple(scope.own_ids) if asked.filters.is_mine else ()
            key = ("history", rubric.key, before.key, state_of(seen), asked, own_ids)
            return self._cache.compute(
                key, lambda: self._summary(work, seen, asked, scope, (before, rubric))
            )

    def _summary(
        self,
        work: Work,
        seen: Sequence[Collection],
        asked: Question,
        scope: Scope,
        rubrics: tuple[Rubric, Rubric],
    ) -> HistorySummary:
        before, rubric = rubrics
        judged = self._frames.judged(work, seen, rubric)
        title, title_before = (f"{r.title} {r.version}" for r in (rubric, before))
        if not judged.versions.height:
            return HistorySummary(title, title_before, None, None, (), (), _nothing(asked))
        meant = matching(judged.versions, asked.filters, scope).mask
        times = times_of(judged.past.batch_at)

        def trend_by(version: Rubric) -> tuple[TrendPoint, ...]:
            return self._frames.past(work, seen, version).trend(times, meant)

        # Of a rubric that ships with the program there is one version, since ever.
        versions = versions_up_to(self._frames.rubrics, rubric) or ((rubric, end_of(date.min)),)
        first, last = (
            day_of(at) for at in (judged.past.batch_at.min(), judged.past.batch_at.max())
        )
        return HistorySummary(
            title,
            title_before,
            first,
            last,
            trend=trend_of_versions(versions, trend_by),
            marks=tuple(RubricMark(at, label) for at, label in changes_of(versions)),
            change=change_between(
                work,
                (self._frames.judged(work, seen, before), judged),
                days_between((asked.since, asked.until), (first, last)),
                meant,
                scope,
            ),
        )


def change_between(
    work: Work,
    rubrics: tuple[Judged, Judged],
    days: tuple[date, date],
    meant: Mask | None,
    scope: Scope,
) -> MeanChange:
    """Return why the mean differs between the ends of two days.

    Args:
        work: The open unit of work.
        rubrics: All versions by the rubric of then, and by that of now.
        days: The first and the last.
        meant: Which versions count, all where nothing is said.
        scope: The names of collections.
    """
    before, now = (judged.past.counted(meant) for judged in rubrics)
    if rubrics[0] is rubrics[1]:
        before = now
    since, until = (end_of(day) for day in days)
    moves = Moves(now, since, until)
    moved = movement(moves, by_rubric_before=before)
    effects = act_by_act(steps(now, since, until), work.batches.shared_acts())
    return MeanChange(
        since=days[0],
        until=days[1],
        before=moved.before.mean,
        after=moved.after.mean,
        before_count=moved.before.count,
        after_count=moved.after.count,
        parts=parts_of(moved),
        batches=_batches(work, effects, moved, scope),
        batch_count=effects.height,
        moved=_examples(rubrics[1].versions, moves.most(MOVED_SHOWN), scope),
    )


def _nothing(asked: Question) -> MeanChange:
    today = datetime.now(UTC).date()
    since, until = sorted((asked.since or today, asked.until or today))
    return MeanChange(since, until, None, None, 0, 0, (), (), 0, ())


def _batches(
    work: Work, steps_taken: pl.DataFrame, moved: Movement, scope: Scope
) -> tuple[BatchEffect, ...]:
    """Return the batches with the largest effects, and the rest as one."""
    if not (moved.rescored.count and moved.after.count):
        return ()
    effects = [
        (effect(cents, count, moved.rescored, moved.after), keys, datasets)
        for keys, count, cents, datasets in steps_taken.iter_rows()
    ]
    effects.sort(key=lambda each: (-abs(each[0]), each[1]))
    shown, rest = effects[:BATCHES_SHOWN], effects[BATCHES_SHOWN:]
    found = work.batches.some(key for _, keys, _ in shown for key in keys)
    told = [
        _told(work, [found[key] for key in keys], points, datasets, scope)
        for points, keys, datasets in shown
    ]
    if rest:
        points, count = sum(each[0] for each in rest), sum(each[2] for each in rest)
        told.append(BatchEffect(0, None, None, "", (), "", "", points, count))
    return tuple(told)


def _told(
    work: Work, parts: Sequence[Batch], points: float, count: int, scope: Scope
) -> BatchEffect:
    first, names = parts[0], [scope.collections.get(each.collection_id, "") for each in parts]
    return BatchEffect(
        batch_id=first.batch_id,
        kind=first.kind,
        at=first.created_at,
        file_name=_name_of(first),
        field_titles=_fields(work, first.batch_id, first.kind),
        collection_name=names_together(names),
        author_name=first.author_name,
        points=points,
        count=count,
        title=first.title,
    )


def _name_of(batch: Batch) -> str:
    undone = batch.undoes_batch_id
    return batch.file_name if undone is None else f"batch {undone}"


def _fields(work: Work, batch_id: int, kind: BatchKind) -> tuple[str, ...]:
    """Return what a fix or a form changed; a fix does the same to all its datasets."""
    step = work.dataset_versions.first_step(batch_id) if kind in _TOLD_BY_FIELDS else None
    return tuple(change.title for change in field_changes(*step)) if step else ()


def _examples(
    versions: Standing, moved: Sequence[Moved], scope: Scope
) -> tuple[tuple[ChangeKind, tuple[MovedDataset, ...]], ...]:
    """Return of each kind the datasets that moved most."""
    places = np.array([each.place for each in moved], dtype=np.intp)
    titles = versions.texts_at(places).to_frame().select(line_of(pl.col("text"), "title"))
    collections = versions.rows["collection_id"][places]
    found: dict[ChangeKind, list[MovedDataset]] = {}
    for each, title, collection_id in zip(moved, titles["title"], collections, strict=True):
        name = scope.collections.get(collection_id, "")
        found.setdefault(each.kind, []).append(
            MovedDataset(each.dataset_id, title or "", name, each.before, each.after)
        )
    return tuple((kind, tuple(found[kind])) for kind in ChangeKind if kind in found)
