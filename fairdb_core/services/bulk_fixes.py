"""One fix for many datasets: previewed, committed and undone like an upload."""

from collections.abc import Sequence

import polars as pl

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.fixes import BulkFix, FixTarget, Remedy
from fairdb_core.domain.gaps import read_gap
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.domain.uploads import BatchKind, Problem
from fairdb_core.errors import ValidationError
from fairdb_core.importers.fixes import as_stored, fix_records
from fairdb_core.importers.lookups import problems_of
from fairdb_core.metadata import FIELDS
from fairdb_core.repositories.storage import Storage
from fairdb_core.services.assessments import AssessmentService
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.plans import Plan, Source
from fairdb_core.services.previews import PreviewService
from fairdb_core.services.remedies import remedy_among

MOST_CHOSEN = 1_000


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
        self,
        viewer: Viewer,
        filters: Filters,
        rubric_id: str = "",
        *,
        chosen_ids: Sequence[int] = (),
    ) -> tuple[FixTarget, ...]:
        """Return the matching datasets that the viewer may change, by collection.

        Args:
            filters: Which datasets are meant.
            rubric_id: By which failed checks are told, the usual one where empty.
            chosen_ids: Only these of them, where there are any; at most 1,000.

        Raises:
            ResourceNotFoundError: There is no such rubric.
            ValidationError: More are chosen one by one than is sensible.
        """
        if len(chosen_ids) > MOST_CHOSEN:
            raise ValidationError("Datasets", f"choose {MOST_CHOSEN:,} at most, or filter instead")
        matching = self._assessments.matching(viewer, filters, rubric_id)
        wanted = set(chosen_ids)
        with self._storage.read() as work:
            collections = work.collections.visible(viewer)
        targets = []
        for each in collections:
            kept = matching.get(each.collection_id, ())
            if wanted:
                kept = tuple(key for key in kept if key in wanted)
            if kept and is_allowed(viewer, Action.EDIT_DATASETS, each):
                targets.append(FixTarget(each.collection_id, each.name, kept))
        return tuple(targets)

    def remedy(self, filters: Filters, rubric_id: str = "", field: str = "") -> Remedy | None:
        """Return what could be done about the failed checks that filters name, if they name any.

        Args:
            field: The field that somebody chose already.
        """
        asked = [m for m in self._assessments.methods() if rubric_id in ("", m.rubric_id)]
        wanted = [name for value in filters.values(Facet.GAP) for name in read_gap(value)[0]]
        return remedy_among(asked[0].checks, wanted, field) if asked else None

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
        return self._previews.plan_source(collection, _source_of(standing, fix))

    def plan_all(
        self, viewer: Viewer, targets: Sequence[FixTarget], fix: BulkFix
    ) -> tuple[tuple[Plan, ...], tuple[Problem, ...]]:
        """Work out what a fix will do to several collections; nothing is stored.

        Returns:
            One plan a collection, to be committed as one act, and what is wrong with the
            identifiers of a table of values.

        Raises:
            AuthorizationError: The viewer may not change one of the collections.
            ResourceNotFoundError: One of the collections is not there for the viewer.
            ValidationError: The field cannot be changed so, or the value is not accepted.
        """
        plans = tuple(
            self.plan(viewer, target.collection_id, target.dataset_ids, fix) for target in targets
        )
        if fix.table is None or not plans:
            return plans, ()
        identities = pl.concat(plan.rows["identity"] for plan in plans)
        return plans, problems_of(fix.table, identities)


def _source_of(standing: pl.DataFrame, fix: BulkFix) -> Source:
    before = records.frame_of_json(standing["metadata_json"])
    after, problems = fix_records(before, fix, standing["identity"])
    return Source(
        kind=BatchKind.FIX,
        records=after,
        identity=standing["identity"],
        refused=pl.Series("refused", [False], dtype=pl.Boolean).new_from_index(0, standing.height),
        fields=frozenset(field.name for field in FIELDS),
        problems=problems,
        title=as_stored(fix).title,
    )
