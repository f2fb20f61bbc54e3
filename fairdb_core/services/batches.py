"""What became of uploads, form saves and undos, and undoing them as one unit."""

from datetime import timedelta

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.undos import UndoConflict, UndoPlan
from fairdb_core.domain.uploads import Batch, BatchKind
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.repositories.storage import Storage
from fairdb_core.services.acts import batches_of_acts, changed_by
from fairdb_core.services.commits import Committer
from fairdb_core.services.jobs import Jobs
from fairdb_core.services.undo_plans import batch_to_undo
from fairdb_core.services.undos import Undoer

_SILENT_AFTER = timedelta(minutes=2)


class BatchService:
    """Batches as one person sees them.

    Args:
        storage: The store.
        committer: Clears what stopped half way.
        undoer: Undoes what was written.
        jobs: Where what takes long goes on.
    """

    def __init__(
        self, *, storage: Storage, committer: Committer, undoer: Undoer, jobs: Jobs
    ) -> None:
        self._jobs = jobs
        self._storage = storage
        self._committer = committer
        self._undoer = undoer

    def get(self, viewer: Viewer, batch_id: int) -> Batch:
        """Return a batch, with what the same act did to other collections.

        Raises:
            ResourceNotFoundError: There is none that the viewer may undo.
        """
        with self._storage.read() as work:
            for batch in batches_of_acts(work, viewer, work.batches.acts([batch_id])):
                if batch_id in (part.batch_id for part in batch.of_each):
                    return batch
        raise ResourceNotFoundError("Batch", batch_id)

    def of_viewer(self, viewer: Viewer, *, limit: int = 50, offset: int = 0) -> list[Batch]:
        """Return the batches of all collections that the viewer may change, the newest first."""
        with self._storage.read() as work:
            ours = changed_by(work, viewer)
            acts = work.batches.acts_in(ours, limit=limit, offset=offset)
            return batches_of_acts(work, viewer, acts)

    def undo(self, viewer: Viewer, batch_id: int, shown: UndoPlan | None = None) -> Batch:
        """Undo a batch as one unit, in all its collections, and return the batch that did.

        Args:
            viewer: Who undoes.
            batch_id: What is undone.
            shown: What was said that it does; nothing is done where a
                collection was changed since.

        Raises:
            AuthorizationError: The viewer may not change one of its collections.
            ConflictError: It was undone already, or everything was changed since.
            ResourceNotFoundError: There is no such batch for the viewer.
        """
        batch = self._to_undo(viewer, batch_id)
        return self._undoer.carry_out(viewer, self._undoer.begin(viewer, batch, shown))

    def start_undo(self, viewer: Viewer, batch_id: int, shown: UndoPlan | None = None) -> int:
        """Undo a batch in the background, and return the batch that does, to look after.

        Args:
            viewer: Who undoes.
            batch_id: What is undone.
            shown: What was said that it does; nothing is done where a
                collection was changed since.

        Raises:
            AuthorizationError: The viewer may not change one of its collections.
            ConflictError: It was undone already, or everything was changed since.
            ResourceNotFoundError: There is no such batch for the viewer.
        """
        batch = self._to_undo(viewer, batch_id)
        begun = self._undoer.begin(viewer, batch, shown)
        undo_id = begun[0].undo_id
        self._jobs.start(undo_id, lambda: self._undoer.carry_out(viewer, begun))
        return undo_id

    def conflicts(self, viewer: Viewer, batch_id: int) -> tuple[UndoConflict, ...]:
        """Return what an undo left alone because it was changed since, a thousand a collection.

        Raises:
            ResourceNotFoundError: There is none that the viewer may undo.
        """
        undo = self.get(viewer, batch_id)
        if undo.kind is not BatchKind.UNDO:
            return ()
        with self._storage.read() as work:
            return tuple(
                UndoConflict(**kept)
                for part in undo.of_each
                for kept in work.batches.problems(part.batch_id)
            )

    def clear_interrupted(self, *, is_only_process: bool) -> int:
        """Clear batches that stopped half way, and return their number; to be called at start."""
        after = timedelta(0) if is_only_process else _SILENT_AFTER
        return self._committer.clear_interrupted(after=after)

    def _to_undo(self, viewer: Viewer, batch_id: int) -> Batch:
        with self._storage.read() as work:
            return batch_to_undo(work, viewer, batch_id)
