"""Which researcher a dataset belongs to: what a steward says, never what a file says."""

from collections.abc import Sequence

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, require
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage
from fairdb_core.services.collections import visible_collection

_log = get_logger(__name__)


class OwnershipService:
    """Datasets and the researchers they are assigned to."""

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    def first_of(self, viewer: Viewer, collection_id: int, *, limit: int) -> list[int]:
        """Return the first datasets of a collection.

        Raises:
            AuthorizationError: The viewer may not assign them.
            ResourceNotFoundError: There is no such collection for the viewer.
        """
        with self._storage.read() as work:
            collection = visible_collection(work, viewer, collection_id)
            require(viewer, Action.ASSIGN_OWNERS, collection)
            return work.owners.first_of(collection_id, limit=limit)

    def assign(self, viewer: Viewer, dataset_ids: Sequence[int], owner_user_id: int | None) -> None:
        """Say whose some datasets are, ``None`` for nobody's.

        Raises:
            AuthorizationError: The viewer may not assign one of them; nothing is changed.
            ResourceNotFoundError: There is no such dataset for the viewer, or no such person.
        """
        with self._storage.work() as work:
            if owner_user_id is not None and work.users.get(owner_user_id) is None:
                raise ResourceNotFoundError("User", owner_user_id)
            for dataset_id in dataset_ids:
                dataset = work.datasets.get(dataset_id)
                if dataset is None or dataset.deleted_at is not None:
                    raise ResourceNotFoundError("Dataset", dataset_id)
                collection = visible_collection(work, viewer, dataset.collection_id)
                require(viewer, Action.ASSIGN_OWNERS, collection)
                work.audit.add(
                    viewer,
                    "owner_assigned",
                    "dataset",
                    dataset_id,
                    before={"owner_user_id": dataset.owner_user_id},
                    after={"owner_user_id": owner_user_id},
                )
            work.owners.assign(dataset_ids, owner_user_id)
        _log.info("owners_assigned", count=len(dataset_ids), owner_user_id=owner_user_id)
