"""One fix for many datasets: previewed, committed and undone like an upload."""

from collections.abc import Sequence

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.fixes import BulkFix, FixTarget
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.domain.summaries import Filters
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.importers.fixes import fix_records
from fairdb_core.metadata import FIELDS
from fairdb_core.repositories.storage import Storage
from fairdb_core.services.assessments import AssessmentService
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.plans import Plan, Source
from fairdb_core.services.previews import PreviewService


class BulkFixService:
    """Fixes of many datasets at once.

    Args:
        storage: The store.
        previews: Plans what a fix does.
        assessments: Knows which datasets match.
    """

    def __init__(
        self, *, storage: Storage, previews: PreviewService, assessments: AssessmentService
    ) -> None:
        self._storage = storage
        self._previews = previews
        self._assessments = assessments

    def targets(
        self, viewer: Viewer, filters: Filters, rubric_id: str = ""
    ) -> tuple[FixTarget, ...]:
        """Return the matching datasets that the viewer may change, by collection.

        Raises:
            ResourceNotFoundError: There is no such rubric.
        """
        matching = self._assessments.matching(viewer, filters, rubric_id)
        with self._storage.read() as work:
            collections = work.collections.visible(viewer)
        return tuple(
            FixTarget(each.collection_id, each.name, tuple(matching[each.collection_id]))
            for each in collections
            if matching.get(each.collection_id) and is_allowed(viewer, Action.EDIT_DATASETS, each)
        )

    def plan(
        self, viewer: Viewer, collection_id: int, dataset_ids: Sequence[int], fix: BulkFix
    ) -> Plan:
        """Work out what a fix will do; nothing is stored.

        Args:
            dataset_ids: The datasets to fix; those of other collections are passed over.

        Raises:
            AuthorizationError: The viewer may not change this collection.
            ResourceNotFoundError: There is no such collection for the viewer.
            ValidationError: The field cannot be changed so, or the value is not accepted.
        """
        with self._storage.read() as work:
            collection = visible_collection(work, viewer, collection_id)
            require(viewer, Action.EDIT_DATASETS, collection)
            standing = work.datasets.current(collection_id, dataset_ids)
        before = records.frame_of_json(standing["metadata_json"])
        after, problems = fix_records(before, fix)
        source = Source(
            kind=BatchKind.FIX,
            records=after,
            identity=standing["identity"],
            refused=pl.Series("refused", [False], dtype=pl.Boolean).new_from_index(
                0, standing.height
            ),
            raw=pl.Series("raw", [""], dtype=pl.String).new_from_index(0, standing.height),
            fields=frozenset(field.name for field in FIELDS),
            problems=problems,
        )
        return self._previews.plan_source(collection, source)
