"""Teams, which administrators look after."""

from fairdb_core.domain.accounts import Team, Viewer
from fairdb_core.domain.permissions import Action, require
from fairdb_core.errors import ResourceNotFoundError, ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.services.account_access import held_user

MAX_NAME = 100
_log = get_logger(__name__)


class TeamService:
    """Teams as an administrator sees them; everybody else is refused."""

    def __init__(self, *, storage: Storage) -> None:
        self._storage = storage

    def all(self, viewer: Viewer) -> list[Team]:
        """Return all teams with their members, by name."""
        require(viewer, Action.MANAGE_USERS)
        with self._storage.read() as work:
            return work.teams.all()

    def create(self, viewer: Viewer, name: str) -> Team:
        """Add a team without members.

        Raises:
            DuplicateError: There is one of that name.
            ValidationError: The name is empty or too long.
        """
        require(viewer, Action.MANAGE_USERS)
        with self._storage.work() as work:
            team = work.teams.add(_checked_name(name))
            work.audit.add(viewer, "team_created", "team", team.team_id, after={"name": team.name})
        _log.info("team_created", team_id=team.team_id)
        return team

    def rename(self, viewer: Viewer, team_id: int, name: str) -> None:
        """Give a team another name.

        Raises:
            DuplicateError: There is another one of that name.
            ValidationError: The name is empty or too long.
        """
        require(viewer, Action.MANAGE_USERS)
        checked = _checked_name(name)
        with self._storage.work() as work:
            before = _team(work, team_id)
            work.teams.rename(team_id, checked)
            work.audit.add(
                viewer,
                "team_renamed",
                "team",
                team_id,
                before={"name": before.name},
                after={"name": checked},
            )
        _log.info("team_renamed", team_id=team_id)

    def add_member(self, viewer: Viewer, team_id: int, user_id: int) -> None:
        """Make a person a member; from the next click the team's collections are theirs to see."""
        require(viewer, Action.MANAGE_USERS)
        with self._storage.work() as work:
            _team(work, team_id)
            held_user(work, user_id)
            work.teams.add_member(team_id, user_id)
            work.audit.add(viewer, "team_member_added", "team", team_id, after={"user_id": user_id})
        _log.info("team_member_added", team_id=team_id, user_id=user_id)

    def remove_member(self, viewer: Viewer, team_id: int, user_id: int) -> None:
        """End a membership."""
        require(viewer, Action.MANAGE_USERS)
        with self._storage.work() as work:
            if user_id not in _team(work, team_id).member_user_ids:
                raise ResourceNotFoundError("Team member", user_id)
            work.teams.remove_member(team_id, user_id)
            work.audit.add(
                viewer, "team_member_removed", "team", team_id, before={"user_id": user_id}
            )
        _log.info("team_member_removed", team_id=team_id, user_id=user_id)


def _team(work: Work, team_id: int) -> Team:
    team = work.teams.get(team_id)
    if team is None:
        raise ResourceNotFoundError("Team", team_id)
    return team


def _checked_name(name: str) -> str:
    text = " ".join(name.split())
    if not 1 <= len(text) <= MAX_NAME or not text.isprintable():
        raise ValidationError("Team name", f"use 1 to {MAX_NAME} characters on one line")
    return text
