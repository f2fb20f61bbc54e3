"""Teams and who is in them."""

from collections import defaultdict
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairdb_core.domain.accounts import Team
from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.bulk import insert_into
from fairdb_core.repositories.tables import TeamMemberRow, TeamRow


class TeamRepository:
    """Keeps teams."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[Team]:
        """Return all teams with their members, by name."""
        members: defaultdict[int, set[int]] = defaultdict(set)
        for member in self._session.scalars(select(TeamMemberRow)):
            members[member.team_id].add(member.user_id)
        rows = self._session.scalars(select(TeamRow).order_by(TeamRow.name_key))
        return [Team(row.team_id, row.name, frozenset(members[row.team_id])) for row in rows]

    def names(self) -> dict[int, str]:
        """Return the names of all teams, by name."""
        rows = self._session.execute(
            select(TeamRow.team_id, TeamRow.name).order_by(TeamRow.name_key)
        )
        return {row.team_id: row.name for row in rows}

    def get(self, team_id: int) -> Team | None:
        """Return a team with its members."""
        row = self._session.get(TeamRow, team_id)
        if row is None:
            return None
        members = select(TeamMemberRow.user_id).where(TeamMemberRow.team_id == team_id)
        return Team(row.team_id, row.name, frozenset(self._session.scalars(members)))

    def add(self, name: str) -> Team:
        """Add a team without members.

        Raises:
            DuplicateError: There is one of that name.
        """
        row = TeamRow(name=name, name_key=name.casefold(), created_at=datetime.now(UTC))
        self._session.add(row)
        self._flush(name)
        return Team(row.team_id, row.name)

    def rename(self, team_id: int, name: str) -> None:
        """Give a team another name.

        Raises:
            DuplicateError: There is another one of that name.
        """
        row = self._session.get_one(TeamRow, team_id)
        row.name, row.name_key = name, name.casefold()
        self._flush(name)

    def add_member(self, team_id: int, user_id: int) -> None:
        """Make a person a member; one who is a member already stays one."""
        self._session.execute(
            insert_into(self._session, TeamMemberRow)
            .values(team_id=team_id, user_id=user_id)
            .on_conflict_do_nothing()
        )

    def remove_member(self, team_id: int, user_id: int) -> None:
        """End a membership."""
        self._session.execute(
            delete(TeamMemberRow).where(
                TeamMemberRow.team_id == team_id, TeamMemberRow.user_id == user_id
            )
        )

    def _flush(self, name: str) -> None:
        try:
            self._session.flush()
        except IntegrityError as error:
            raise DuplicateError(f"There is a team named {name!r} already.") from error
