"""What a person can do with collections."""

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection, Visibility
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.domain.uploads import Batch
from fairdb_core.errors import ResourceNotFoundError, ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage, Work

MAX_NAME = 200
_log = get_logger(__name__)


class CollectionService:
    """Collections as one person sees them."""

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    def visible(self, viewer: Viewer) -> list[Collection]:
        """Return the collections whose scores the viewer may read."""
        with self._storage.read() as work:
            return work.collections.visible(viewer)

    def open_to_uploads(self, viewer: Viewer) -> list[Collection]:
        """Return the collections to which the viewer may upload."""
        return [
            collection
            for collection in self.visible(viewer)
            if is_allowed(viewer, Action.IMPORT_DATASETS, collection)
        ]

    def create(
        self,
        viewer: Viewer,
        name: str,
        *,
        description: str = "",
        team_id: int | None = None,
        visibility: Visibility = Visibility.INSTITUTION,
    ) -> Collection:
        """Make a collection that the viewer owns.

        Raises:
            AuthorizationError: The viewer may not.
            DuplicateError: There is one of that name.
            ValidationError: The name is empty or too long, or the team is not the viewer's.
        """
        require(viewer, Action.CREATE_COLLECTION)
        if viewer.user_id is None:
            raise ResourceNotFoundError("User", viewer.user_id)
        _check_team(viewer, team_id)
        with self._storage.work() as work:
            collection = work.collections.add(
                _checked_name(name),
                viewer.user_id,
                team_id=team_id,
                visibility=visibility,
                description=description.strip(),
            )
            work.audit.add(
                viewer,
                "collection_created",
                "collection",
                collection.collection_id,
                after={"name": collection.name, "visibility": visibility.value},
            )
        _log.info("collection_created", collection_id=collection.collection_id)
        return collection

    def change(
        self,
        viewer: Viewer,
        collection_id: int,
        *,
        name: str,
        description: str,
        team_id: int | None,
        visibility: Visibility,
    ) -> None:
        """Change a collection's name, description, team or visibility.

        Raises:
            AuthorizationError: The viewer may not.
            DuplicateError: There is another one of that name.
            ResourceNotFoundError: There is none that the viewer may see.
            ValidationError: The name is empty or too long, or the team is not the viewer's.
        """
        with self._storage.work() as work:
            before = visible_collection(work, viewer, collection_id)
            require(viewer, Action.MANAGE_COLLECTION, before)
            if team_id != before.team_id:
                _check_team(viewer, team_id)
            work.collections.change(
                collection_id,
                name=_checked_name(name),
                description=description.strip(),
                team_id=team_id,
                visibility=visibility,
            )
            work.audit.add(
                viewer,
                "collection_changed",
                "collection",
                collection_id,
                before={"name": before.name, "visibility": before.visibility.value},
                after={"name": name, "visibility": visibility.value, "team_id": team_id},
            )
        _log.info("collection_changed", collection_id=collection_id)


def visible_collection(
    work: Work, viewer: Viewer, collection_id: int, *, lock: bool = False
) -> Collection:
    """Return a collection; a foreign one answers like a missing one.

    Raises:
        ResourceNotFoundError: There is none that the viewer may see.
    """
    collection = work.collections.get(collection_id, lock=lock)
    if collection is None or not is_allowed(viewer, Action.READ_SCORES, collection):
        raise ResourceNotFoundError("Collection", collection_id)
    return collection


def collection_behind(
    work: Work, viewer: Viewer, collection_id: int, *, kind: str, key: int
) -> Collection:
    """Return the collection of something; what is foreign answers like what is missing.

    Args:
        work: Where it is looked up.
        viewer: Who asks.
        collection_id: The collection's key.
        kind: What belongs to it.
        key: The key of that.

    Raises:
        ResourceNotFoundError: There is no such thing for the viewer.
    """
    try:
        return visible_collection(work, viewer, collection_id)
    except ResourceNotFoundError:
        raise ResourceNotFoundError(kind, key) from None


def visible_batch(work: Work, viewer: Viewer, batch_id: int) -> tuple[Batch, Collection]:
    """Return a batch with its collection; a foreign one answers like a missing one.

    Raises:
        ResourceNotFoundError: There is none that the viewer may see.
    """
    batch = work.batches.get(batch_id)
    if batch is None:
        raise ResourceNotFoundError("Batch", batch_id)
    collection = collection_behind(work, viewer, batch.collection_id, kind="Batch", key=batch_id)
    return batch, collection


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= MAX_NAME:
        raise ValidationError("Collection name", f"use 1 to {MAX_NAME} characters")
    return name


def _check_team(viewer: Viewer, team_id: int | None) -> None:
    if team_id is not None and team_id not in viewer.team_ids and not viewer.is_administrator:
        raise ValidationError("Team", "choose a team that you belong to")
