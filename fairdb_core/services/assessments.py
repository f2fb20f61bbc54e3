"""Scores as one person sees them: finished summaries for the screens, kept while they hold true."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.permissions import Action, is_allowed
from fairdb_core.domain.summaries import (
    DatasetSummary,
    ExplorePage,
    Facet,
    Filters,
    OverviewSummary,
    OwnDatasets,
    RecentBatch,
    RubricMethod,
    Sort,
)
from fairdb_core.domain.uploads import BatchState
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.repositories.assessments import live
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.services import overview as figures
from fairdb_core.services.dataset_summaries import summarise
from fairdb_core.services.explore import dataset_rows, explore
from fairdb_core.services.methods import gains_of_mean, method_of
from fairdb_core.services.narrowing import Scope, narrow

OWN_SHOWN = 5
RECENT_SHOWN = 5


class AssessmentService:
    """Summaries of what was assessed.

    Args:
        storage: The store.
        cache: Where summaries are kept, by everything they depend on.
        rubrics: By id; the first is the one that is shown when none is chosen.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._cache = cache
        self._rubrics = rubrics
        self._methods = {key: method_of(rubric) for key, rubric in rubrics.items()}

    def methods(self) -> tuple[RubricMethod, ...]:
        """Return what every rubric measures, and how."""
        return tuple(self._methods.values())

    def overview(
        self, viewer: Viewer, rubric_id: str = "", filters: Filters | None = None
    ) -> OverviewSummary:
        """Return how FAIR the datasets are that the viewer may know of.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric = self._rubric(rubric_id)
        filters = filters or Filters()
        with self._storage.read() as work:
            seen = work.collections.visible(viewer)
            scope = self._scope(work, viewer, rubric, seen)
            own_ids = tuple(scope.own_ids) if filters.is_mine else ()
            key = ("overview", rubric.key, _state(seen), filters, own_ids)
            common = self._cache.compute(
                key, lambda: self._summary(work, rubric, seen, filters, scope)
            )
            datasets = self._live(work, seen, rubric)
        return replace(common, own=_own(datasets, scope))

    def explore(
        self,
        viewer: Viewer,
        filters: Filters,
        *,
        rubric_id: str = "",
        sort: Sort = Sort.LOWEST,
        page: int = 1,
    ) -> ExplorePage:
        """Return a page of the datasets that match and that the viewer may read.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric = self._rubric(rubric_id)
        with self._storage.read() as work:
            seen = [
                collection
                for collection in work.collections.visible(viewer)
                if is_allowed(viewer, Action.READ_DATASETS, collection)
            ]
            scope = self._scope(work, viewer, rubric, seen)
            own_ids = tuple(scope.own_ids) if filters.is_mine else ()
            key = ("explore", rubric.key, _state(seen), filters, sort, page, own_ids)
            return self._cache.compute(
                key,
                lambda: explore(
                    self._live(work, seen, rubric), filters, scope, sort=sort, page=page
                ),
            )

    def matching(
        self, viewer: Viewer, filters: Filters, rubric_id: str = ""
    ) -> dict[int, list[int]]:
        """Return the datasets that match and that the viewer may read, by collection.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric = self._rubric(rubric_id)
        with self._storage.read() as work:
            seen = [
                collection
                for collection in work.collections.visible(viewer)
                if is_allowed(viewer, Action.READ_DATASETS, collection)
            ]
            scope = self._scope(work, viewer, rubric, seen)
            found = narrow(self._live(work, seen, rubric), filters, scope)
        if found.is_empty():
            return {}
        groups = found.group_by("collection_id").agg("dataset_id")
        return dict(groups.iter_rows())

    def dataset(self, viewer: Viewer, dataset_id: int, rubric_id: str = "") -> DatasetSummary:
        """Return why a dataset has its score; a foreign one answers like a missing one.

        Raises:
            ResourceNotFoundError: There is none that the viewer may read, or no such rubric.
        """
        rubric = self._rubric(rubric_id)
        with self._storage.read() as work:
            dataset = work.datasets.get(dataset_id)
            collection = work.collections.get(dataset.collection_id) if dataset else None
            if dataset is None or collection is None or dataset.deleted_at is not None:
                raise ResourceNotFoundError("Dataset", dataset_id)
            is_own = viewer.user_id is not None and dataset.owner_user_id == viewer.user_id
            if not (is_own or is_allowed(viewer, Action.READ_DATASETS, collection)):
                raise ResourceNotFoundError("Dataset", dataset_id)
            rows = self._rows(work, collection, rubric)
            return summarise(
                work,
                dataset,
                collection,
                rubric,
                percents=_percents_by_version(rows, dataset_id),
                may_edit=is_allowed(viewer, Action.EDIT_DATASETS, collection),
            )

    def _rubric(self, rubric_id: str) -> Rubric:
        rubric = self._rubrics.get(rubric_id or next(iter(self._rubrics)))
        if rubric is None:
            raise ResourceNotFoundError("Rubric", rubric_id)
        return rubric

    def _scope(
        self, work: Work, viewer: Viewer, rubric: Rubric, seen: Sequence[Collection]
    ) -> Scope:
        own_ids = work.owners.assigned_to(viewer.user_id) if viewer.user_id is not None else ()
        names = {collection.collection_id: collection.name for collection in seen}
        return Scope(names, self._methods[rubric.rubric_id].checks, own_ids)

    def _rows(self, work: Work, collection: Collection, rubric: Rubric) -> pl.DataFrame:
        key = ("assessed", rubric.key, collection.collection_id, collection.data_version)
        return self._cache.compute(
            key, lambda: work.assessments.rows([collection.collection_id], rubric.rubric_id)
        )

    def _all_rows(self, work: Work, seen: Sequence[Collection], rubric: Rubric) -> pl.DataFrame:
        parts = [self._rows(work, collection, rubric) for collection in seen]
        filled = [part for part in parts if not part.is_empty()]
        if not filled:
            return pl.DataFrame()
        return pl.concat(filled, how="diagonal").sort("dataset_version_id")

    def _live(self, work: Work, seen: Sequence[Collection], rubric: Rubric) -> pl.DataFrame:
        key = ("live", rubric.key, _state(seen))
        return self._cache.compute(key, lambda: live(self._all_rows(work, seen, rubric)))

    def _summary(
        self,
        work: Work,
        rubric: Rubric,
        seen: Sequence[Collection],
        filters: Filters,
        scope: Scope,
    ) -> OverviewSummary:
        standing = self._live(work, seen, rubric)
        datasets = narrow(standing, filters, scope)
        method = self._methods[rubric.rubric_id]
        collections = _chosen_collections(seen, filters)
        recent = _recent(work, collections)
        if datasets.is_empty():
            return _empty_summary(method, standing.height, collections, recent)
        rows = _history(self._all_rows(work, seen, rubric), datasets, filters)
        counts = figures.check_counts(datasets, method.checks)
        fixes = figures.fixes_of(counts, method.checks, gains_of_mean(datasets, rubric))
        trend = figures.trend_of(rows)
        change = figures.change_of(rows, trend)
        percents = datasets["percent"].drop_nulls()
        mean, median = figures.number(percents.mean()), figures.number(percents.median())
        return replace(
            _empty_summary(method, standing.height, collections, recent),
            sentence=figures.sentence_of(datasets.height, mean, median, change, fixes),
            count=datasets.height,
            mean=mean,
            median=median,
            judged=figures.number(datasets["judged"].mean()) or 0.0,
            principles=figures.principle_scores(datasets, dict(method.possible)),
            bins=figures.bins_of(percents),
            percents=tuple(percents.head(figures.DOTS_SHOWN).to_list()),
            trend=trend,
            change=change,
            checks=counts,
            fixes=fixes,
            collections=figures.collection_scores(
                datasets, {each.collection_id: each.name for each in collections}
            ),
            at=trend[-1].at if trend else None,
        )


def _state(seen: Sequence[Collection]) -> tuple[tuple[int, int, str], ...]:
    return tuple((each.collection_id, each.data_version, each.name) for each in seen)


def _chosen_collections(seen: Sequence[Collection], filters: Filters) -> list[Collection]:
    chosen = filters.values(Facet.COLLECTION)
    return [each for each in seen if not chosen or str(each.collection_id) in chosen]


def _history(rows: pl.DataFrame, datasets: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """Return the past of what is shown: all of it, or that of the datasets that match now."""
    if filters.is_empty:
        return rows
    return rows.join(datasets.select("dataset_id"), on="dataset_id", how="semi")


def _recent(work: Work, collections: Sequence[Collection]) -> tuple[RecentBatch, ...]:
    names = {each.collection_id: each.name for each in collections}
    found = work.batches.of_collections(names, limit=RECENT_SHOWN * 2)
    return tuple(
        RecentBatch(
            batch_id=batch.batch_id,
            collection_name=names[batch.collection_id],
            kind=batch.kind,
            at=batch.created_at,
            created=batch.counts.create,
            updated=batch.counts.update,
            score_before=batch.score_before,
            score_after=batch.score_after,
        )
        for batch in found
        if batch.state is BatchState.READY
    )[:RECENT_SHOWN]


def _own(datasets: pl.DataFrame, scope: Scope) -> OwnDatasets:
    if datasets.is_empty() or not scope.own_ids:
        return OwnDatasets(0, None, ())
    own = datasets.filter(pl.col("dataset_id").is_in(list(scope.own_ids))).sort(
        "percent", "dataset_id"
    )
    mean = figures.number(own["percent"].mean())
    return OwnDatasets(own.height, mean, dataset_rows(own.head(OWN_SHOWN), scope))


def _percents_by_version(rows: pl.DataFrame, dataset_id: int) -> dict[int, float | None]:
    if rows.is_empty():
        return {}
    found = rows.filter(pl.col("dataset_id") == dataset_id)
    return dict(found.select("dataset_version_id", "percent").iter_rows())


def _empty_summary(
    method: RubricMethod,
    total_count: int,
    collections: Sequence[Collection],
    recent: tuple[RecentBatch, ...],
) -> OverviewSummary:
    return OverviewSummary(
        sentence=figures.sentence_of(0, None, None, None, ()),
        rubric_title=f"{method.title} {method.version}",
        count=0,
        total_count=total_count,
        mean=None,
        median=None,
        judged=0.0,
        possible=method.total,
        principles=(),
        bins=(),
        percents=(),
        trend=(),
        change=None,
        checks=(),
        fixes=(),
        collections=figures.collection_scores(
            pl.DataFrame(), {each.collection_id: each.name for each in collections}
        ),
        recent=recent,
        own=OwnDatasets(0, None, ()),
        at=None,
    )
