"""Scores as one person sees them: finished summaries for the screens, kept while they hold true."""

from array import array
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.permissions import Action, is_allowed
from fairdb_core.domain.summaries import (
    DatasetSummary,
    ExplorePage,
    Filters,
    OverviewSummary,
    OwnDatasets,
    RubricMethod,
    Sort,
)
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.services.dataset_summaries import summarise
from fairdb_core.services.datasets import readable_dataset
from fairdb_core.services.explore import dataset_rows, explore
from fairdb_core.services.narrowing import Scope, matching
from fairdb_core.services.overview_summaries import summarise_overview
from fairdb_core.services.score_frames import ScoreFrames, state_of
from fairdb_core.services.standing import Matching, Standing

OWN_SHOWN = 5
# For how many choices of datasets it is kept which these are, by their keys of 8 bytes each.
_MATCHES_KEPT = 8


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
        self._matches = Cache(_MATCHES_KEPT)
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def methods(self) -> tuple[RubricMethod, ...]:
        """Return what every rubric measures, and how."""
        return tuple(self._frames.methods.values())

    def overview(
        self, viewer: Viewer, rubric_id: str = "", filters: Filters | None = None
    ) -> OverviewSummary:
        """Return how FAIR the datasets are that the viewer may know of.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric, filters = self._frames.rubric(rubric_id), filters or Filters()

        def told(work: Work) -> OverviewSummary:
            seen = work.collections.visible(viewer)
            scope = self._frames.scope(work, viewer, rubric, seen)
            key, own = (rubric.key, state_of(seen)), tuple(scope.own_ids)
            of_all = (work, self._frames, rubric, seen)
            common = self._cache.compute(
                ("overview", *key, filters, own if filters.is_mine else ()),
                lambda: summarise_overview(*of_all, filters=filters, scope=scope),
            )
            standing = self._frames.standing(work, seen, rubric)
            mine = self._cache.compute(("own", *key, own), lambda: _own(standing, scope))
            in_reach = ((each.collection_id, each.name) for each in seen)
            return replace(common, own=mine, in_reach=tuple(in_reach))

        return self._storage.kept(("overview", viewer, rubric.key, filters), told)

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
        rubric = self._frames.rubric(rubric_id)

        def listed(work: Work) -> ExplorePage:
            key, scope, standing = _asked(work, self._frames, viewer, filters, rubric)
            return self._cache.compute(
                ("explore", *key, sort, page),
                lambda: explore(standing, filters, scope, sort=sort, page=page, work=work),
            )

        return self._storage.kept(("explore", viewer, rubric.key, filters, sort, page), listed)

    def matching(
        self, viewer: Viewer, filters: Filters, rubric_id: str = ""
    ) -> dict[int, Sequence[int]]:
        """Return the datasets that match and that the viewer may read, by collection.

        What is returned is kept, and nobody may change it.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric = self._frames.rubric(rubric_id)
        with self._storage.read() as work:
            key, scope, standing = _asked(work, self._frames, viewer, filters, rubric)
        return self._matches.compute(
            key, lambda: _ids_by_collection(matching(standing, filters, scope))
        )

    def dataset(self, viewer: Viewer, dataset_id: int, rubric_id: str = "") -> DatasetSummary:
        """Return why a dataset has its score; a foreign one answers like a missing one.

        Raises:
            ResourceNotFoundError: There is none that the viewer may read, or no such rubric.
        """
        rubric = self._frames.rubric(rubric_id)
        with self._storage.read() as work:
            dataset, collection = readable_dataset(work, viewer, dataset_id)
            of_all = _percents(self._frames.versions(work, collection, rubric, of=dataset_id))
            may_edit = is_allowed(viewer, Action.EDIT_DATASETS, collection)
            told = (work, dataset, collection, rubric)
            return summarise(*told, percents=of_all, cache=self._cache, may_edit=may_edit)


def _asked(
    work: Work, frames: ScoreFrames, viewer: Viewer, filters: Filters, rubric: Rubric
) -> tuple[tuple[Hashable, ...], Scope, Standing]:
    """Return all that an answer about datasets depends on, and what it is drawn from."""
    seen = readable_collections(work, viewer)
    scope = frames.scope(work, viewer if filters.is_mine else None, rubric, seen)
    key = (rubric.key, state_of(seen), filters, tuple(scope.own_ids))
    return key, scope, frames.standing(work, seen, rubric)


def _ids_by_collection(found: Matching) -> dict[int, Sequence[int]]:
    """Return the keys as arrays: as numbers of Python they would take four times the memory."""
    if not found.count:
        return {}
    keys = found.standing.rows.select("collection_id", "dataset_id")
    if found.mask is not None:
        keys = keys.filter(pl.Series(found.mask))
    parts = keys.partition_by("collection_id", as_dict=True).items()
    return {of: array("q", part["dataset_id"].to_numpy().tobytes()) for (of,), part in parts}


def readable_collections(work: Work, viewer: Viewer) -> list[Collection]:
    """Return the collections whose datasets the viewer may read."""
    return [
        collection
        for collection in work.collections.visible(viewer)
        if is_allowed(viewer, Action.READ_DATASETS, collection)
    ]


def _own(standing: Standing, scope: Scope) -> OwnDatasets:
    if not standing.height or not scope.own_ids:
        return OwnDatasets(0, None, ())
    own = matching(standing, Filters(is_mine=True), scope)
    return OwnDatasets(
        own.count, own.spread.mean, dataset_rows(own.page(Sort.LOWEST, 0, OWN_SHOWN), scope)
    )


def _percents(rows: pl.DataFrame) -> dict[int, float | None]:
    if rows.is_empty():
        return {}
    return dict(rows.select("dataset_version_id", "percent").iter_rows())
