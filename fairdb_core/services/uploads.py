"""Committing what was previewed, at once or in the background."""

from collections.abc import Sequence
from datetime import datetime

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, require
from fairdb_core.domain.uploads import Batch, Outcome
from fairdb_core.errors import ConflictError
from fairdb_core.repositories.storage import Storage
from fairdb_core.services.collections import visible_collection
from fairdb_core.services.commits import Begun, Committer
from fairdb_core.services.jobs import Jobs
from fairdb_core.services.plans import Plan
from fairdb_core.services.previews import hash_of_header


class UploadService:
    """Uploads of one installation.

    Args:
        storage: The store.
        committer: Writes what was planned.
        jobs: Where what takes long goes on.
    """

    def __init__(self, *, storage: Storage, committer: Committer, jobs: Jobs) -> None:
        self._storage = storage
        self._committer = committer
        self._jobs = jobs

    def commit(
        self,
        viewer: Viewer,
        *plans: Plan,
        good_rows_only: bool = False,
        at: datetime | None = None,
    ) -> Batch:
        """Carry out plans as one act and wait for its end; a second time changes nothing.

        Args:
            plans: Each for another collection; all are stored, or none.
            good_rows_only: Whether refused rows may be left out; else they stop the whole.
            at: When it happened, now unless a history is being told.

        Raises:
            AuthorizationError: The viewer may not upload to one of the collections.
            ConflictError: A collection changed after the preview, or a row is refused.
        """
        begun = self._begin(viewer, plans, good_rows_only=good_rows_only, at=at)
        return self._committer.carry_out(viewer, plans, begun, at=at)

    def start(self, viewer: Viewer, *plans: Plan, good_rows_only: bool = False) -> int:
        """Carry out plans as one act in the background, and return its batch to look after.

        Raises:
            AuthorizationError: The viewer may not upload to one of the collections.
            ConflictError: A row is refused.
        """
        begun = self._begin(viewer, plans, good_rows_only=good_rows_only, at=None)
        if begun.is_ours:
            self._jobs.start(begun.act_id, lambda: self._committer.carry_out(viewer, plans, begun))
        return begun.act_id

    def close(self) -> None:
        """Wait for what runs, and take nothing new."""
        self._jobs.close()

    def _begin(
        self, viewer: Viewer, plans: Sequence[Plan], *, good_rows_only: bool, at: datetime | None
    ) -> Begun:
        for plan in plans:
            _stop_if_refused(plan, good_rows_only=good_rows_only)
        with self._storage.work() as work:
            for plan in plans:
                collection = visible_collection(work, viewer, plan.collection_id)
                require(viewer, Action.IMPORT_DATASETS, collection)
                if viewer.user_id is not None and plan.report is not None:
                    chosen = {column.column: column.field for column in plan.mapping}
                    header = hash_of_header(plan.report.header)
                    work.mappings.remember(viewer.user_id, header, chosen)
        return self._committer.begin(viewer, plans, at=at)


def _stop_if_refused(plan: Plan, *, good_rows_only: bool) -> None:
    if plan.outcome is Outcome.REJECT:
        raise ConflictError(plan.message)
    if plan.counts.refused and not good_rows_only:
        raise ConflictError(
            f"{plan.counts.refused} rows are refused. Correct them, "
            "or choose to commit the good rows only."
        )
