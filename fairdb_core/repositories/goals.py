"""Goals with their dates; a goal that was withdrawn is kept and never read again."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from fairdb_core.domain.goals import Goal, GoalPlace
from fairdb_core.repositories.tables import GoalRow


class GoalRepository:
    """Keeps goals."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, goal: Goal, created_by_user_id: int | None) -> Goal:
        """Add a goal; its key is given here."""
        row = GoalRow(
            collection_id=goal.place.collection_id,
            team_id=goal.place.team_id,
            rubric_id=goal.rubric_id,
            check_id=goal.check_id,
            target=goal.target,
            started_at=goal.started_at,
            due_on=goal.due_on,
            created_by_user_id=created_by_user_id,
        )
        self._session.add(row)
        self._session.flush()
        return _goal(row)

    def get(self, goal_id: int) -> Goal | None:
        """Return a goal that was not withdrawn."""
        row = self._session.get(GoalRow, goal_id, populate_existing=True)
        return _goal(row) if row is not None and row.withdrawn_at is None else None

    def of_places(self, collection_ids: Iterable[int], team_ids: Iterable[int]) -> list[Goal]:
        """Return the goals of some collections and teams, the first that are due first."""
        rows = self._session.scalars(
            select(GoalRow)
            .where(
                GoalRow.withdrawn_at.is_(None),
                or_(
                    GoalRow.collection_id.in_(list(collection_ids)),
                    GoalRow.team_id.in_(list(team_ids)),
                ),
            )
            .order_by(GoalRow.due_on, GoalRow.goal_id)
        )
        return [_goal(row) for row in rows]

    def change(self, goal_id: int, *, target: float, due_on: date) -> None:
        """Change what is to be reached, or by when."""
        self._session.execute(
            update(GoalRow).where(GoalRow.goal_id == goal_id).values(target=target, due_on=due_on)
        )

    def withdraw(self, goal_id: int) -> None:
        """Let go of a goal."""
        self._session.execute(
            update(GoalRow).where(GoalRow.goal_id == goal_id).values(withdrawn_at=datetime.now(UTC))
        )


def _goal(row: GoalRow) -> Goal:
    return Goal(
        goal_id=row.goal_id,
        place=GoalPlace(row.collection_id, row.team_id),
        rubric_id=row.rubric_id,
        check_id=row.check_id,
        target=row.target,
        started_at=row.started_at,
        due_on=row.due_on,
    )
