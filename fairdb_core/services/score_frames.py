"""Assessments as frames in memory, kept by the data version of each collection."""

from collections.abc import Mapping, Sequence

import polars as pl

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.summaries import RubricMethod
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.repositories.assessments import live
from fairdb_core.repositories.storage import Work
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.kernel import rescored
from fairdb_core.services.methods import method_of
from fairdb_core.services.narrowing import Scope


class ScoreFrames:
    """Frames of scores, facts and facets.

    Args:
        cache: Where frames and summaries are kept, by everything they depend on.
        rubrics: By id; the first is the one that is shown when none is chosen.
    """

    def __init__(self, *, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._cache = cache
        self._rubrics = rubrics
        self.methods = {key: method_of(rubric) for key, rubric in rubrics.items()}

    def method(self, rubric: Rubric) -> RubricMethod:
        """Return what a rubric measures, and how."""
        return self.methods[rubric.rubric_id]

    def rubric(self, rubric_id: str) -> Rubric:
        """Return a rubric, the usual one where none is named.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        rubric = self._rubrics.get(rubric_id or next(iter(self._rubrics)))
        if rubric is None:
            raise ResourceNotFoundError("Rubric", rubric_id)
        return rubric

    def scope(
        self, work: Work, viewer: Viewer, rubric: Rubric, seen: Sequence[Collection]
    ) -> Scope:
        """Return what filters are held against."""
        own_ids = work.owners.assigned_to(viewer.user_id) if viewer.user_id is not None else ()
        names = {collection.collection_id: collection.name for collection in seen}
        method = self.method(rubric)
        return Scope(names, method.checks, method.dimensions, own_ids)

    def _rows(self, work: Work, collection: Collection, rubric: Rubric) -> pl.DataFrame:
        usual = self.rubric("")
        key = ("assessed", rubric.key, collection.collection_id, collection.data_version)
        if rubric.key == usual.key:
            return self._cache.compute(
                key, lambda: work.assessments.rows([collection.collection_id], rubric.rubric_id)
            )
        return self._cache.compute(
            key, lambda: rescored(self._rows(work, collection, usual), usual, rubric)
        )

    def history(self, work: Work, seen: Sequence[Collection], rubric: Rubric) -> pl.DataFrame:
        """Return every assessed version of some collections, by ascending version."""
        parts = [self._rows(work, collection, rubric) for collection in seen]
        filled = [part for part in parts if not part.is_empty()]
        if not filled:
            return pl.DataFrame()
        return pl.concat(filled, how="diagonal").sort("dataset_version_id")

    def live(self, work: Work, seen: Sequence[Collection], rubric: Rubric) -> pl.DataFrame:
        """Return the assessments that stand now."""
        key = ("live", rubric.key, state_of(seen))
        return self._cache.compute(key, lambda: live(self.history(work, seen, rubric)))


def state_of(seen: Sequence[Collection]) -> tuple[tuple[int, int, str], ...]:
    """Return what a summary of some collections depends on."""
    return tuple((each.collection_id, each.data_version, each.name) for each in seen)
