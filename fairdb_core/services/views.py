"""Other views of the datasets that Explore lists."""

from collections.abc import Mapping

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.heatmaps import Heatmap
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.errors import ValidationError
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric
from fairdb_core.services.assessments import readable_collections
from fairdb_core.services.heatmaps import GROUPED_BY, heatmap
from fairdb_core.services.score_frames import ScoreFrames, state_of


class ViewService:
    """Views of the datasets that somebody may read.

    Args:
        storage: The store.
        cache: Where views are kept, by everything they depend on.
        rubrics: By id; the first is the one that is taken when none is chosen.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._cache = cache
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def heatmap(
        self, viewer: Viewer, filters: Filters, facet: Facet, *, rubric_id: str = ""
    ) -> Heatmap:
        """Return in which groups which checks fail.

        Raises:
            ResourceNotFoundError: There is no such rubric.
            ValidationError: Datasets cannot be grouped so.
        """
        if facet not in GROUPED_BY:
            raise ValidationError("Groups", "datasets cannot be grouped by that")
        rubric = self._frames.rubric(rubric_id)
        with self._storage.read() as work:
            seen = readable_collections(work, viewer)
            scope = self._frames.scope(work, viewer, rubric, seen)
            own_ids = tuple(scope.own_ids) if filters.is_mine else ()
            standing = self._frames.standing(work, seen, rubric)
            return self._cache.compute(
                ("heatmap", rubric.key, state_of(seen), filters, facet, own_ids),
                lambda: heatmap(standing, filters, scope, rubric, facet),
            )
