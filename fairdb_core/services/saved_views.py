"""Named views of Explore: one's own, or shared with a team that one belongs to."""

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.saved_views import MAX_ADDRESS, MAX_NAME, SavedView
from fairdb_core.errors import AuthenticationError, ResourceNotFoundError, ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage, Work

_log = get_logger(__name__)


class SavedViewService:
    """Keeps what people named.

    A view holds filters, no datasets: who opens it sees what they may read.

    Args:
        storage: The store.
    """

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    def open_to(self, viewer: Viewer) -> list[SavedView]:
        """Return the viewer's own views and those shared with their teams, by name."""
        if viewer.user_id is None:
            return []
        with self._storage.read() as work:
            return work.saved_views.open_to(viewer.user_id, viewer.team_ids)

    def teams_of(self, viewer: Viewer) -> dict[int, str]:
        """Return the names of the teams with which the viewer may share a view."""
        if not viewer.team_ids:
            return {}
        with self._storage.read() as work:
            found = [work.teams.get(team_id) for team_id in sorted(viewer.team_ids)]
        return {team.team_id: team.name for team in found if team is not None}

    def save(self, viewer: Viewer, name: str, address: str, *, team_id: int | None = None) -> int:
        """Keep a view under a name, and return its key.

        Raises:
            AuthenticationError: Nobody is signed in.
            DuplicateError: The viewer has one of that name.
            ValidationError: Name, address or team cannot be.
        """
        if viewer.user_id is None:
            raise AuthenticationError("Please sign in first.")
        if team_id is not None and team_id not in viewer.team_ids:
            raise ValidationError("Team", "choose a team that you belong to")
        if len(address) > MAX_ADDRESS:
            raise ValidationError("View", "it has too many filters to be kept")
        with self._storage.work() as work:
            key = work.saved_views.add(viewer.user_id, _checked(name), address, team_id)
            if team_id is not None:
                work.audit.add(viewer, "view_shared", "saved view", key, after={"team_id": team_id})
        _log.info("view_saved", saved_view_id=key)
        return key

    def rename(self, viewer: Viewer, saved_view_id: int, name: str) -> None:
        """Give an own view another name.

        Raises:
            DuplicateError: The viewer has one of that name.
            ResourceNotFoundError: The viewer has no such view.
            ValidationError: The name cannot be.
        """
        with self._storage.work() as work:
            _require_own(work, viewer, saved_view_id)
            work.saved_views.rename(saved_view_id, _checked(name))
        _log.info("view_renamed", saved_view_id=saved_view_id)

    def remove(self, viewer: Viewer, saved_view_id: int) -> None:
        """Remove an own view.

        Raises:
            ResourceNotFoundError: The viewer has no such view.
        """
        with self._storage.work() as work:
            view = _require_own(work, viewer, saved_view_id)
            work.saved_views.remove(saved_view_id)
            if view.team_id is not None:
                work.audit.add(
                    viewer,
                    "shared_view_removed",
                    "saved view",
                    saved_view_id,
                    before={"team_id": view.team_id},
                )
        _log.info("view_removed", saved_view_id=saved_view_id)


def _require_own(work: Work, viewer: Viewer, saved_view_id: int) -> SavedView:
    found = work.saved_views.open_to(viewer.user_id, ()) if viewer.user_id is not None else []
    for view in found:
        if view.saved_view_id == saved_view_id:
            return view
    raise ResourceNotFoundError("View", saved_view_id)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= MAX_NAME:
        raise ValidationError("Name of the view", f"use 1 to {MAX_NAME} characters")
    return name
