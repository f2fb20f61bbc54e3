"""The audit trail as an administrator searches it."""

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, require
from fairdb_core.repositories.audit import AuditEvent
from fairdb_core.repositories.storage import Storage


class AuditService:
    """Who did what."""

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    def search(
        self, viewer: Viewer, *, text: str = "", action: str = "", limit: int = 50, offset: int = 0
    ) -> list[AuditEvent]:
        """Return events, the newest first.

        Raises:
            AuthorizationError: The viewer is no administrator.
        """
        require(viewer, Action.READ_AUDIT)
        with self._storage.read() as work:
            return work.audit.search(text=text, action=action, limit=limit, offset=offset)
