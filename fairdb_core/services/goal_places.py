"""Where goals can be: which collections and teams somebody knows of, and may set goals for."""

from collections.abc import Iterable, Sequence

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.goals import Goal, GoalPlace
from fairdb_core.domain.permissions import Action, is_allowed, is_allowed_for_team
from fairdb_core.errors import AuthorizationError, ResourceNotFoundError, ValidationError
from fairdb_core.repositories.storage import Work


def known_teams(work: Work, viewer: Viewer) -> dict[int, str]:
    """Return the teams whose goals the viewer may know of, with their names."""
    if not viewer.team_ids and not viewer.is_administrator:
        return {}
    return {
        key: name
        for key, name in work.teams.names().items()
        if viewer.is_administrator or key in viewer.team_ids
    }


def collections_of(place: GoalPlace, every: Iterable[Collection]) -> list[Collection]:
    """Return the collections that a goal counts."""
    if place.team_id is not None:
        return [each for each in every if each.team_id == place.team_id]
    return [each for each in every if each.collection_id == place.collection_id]


def may_set(viewer: Viewer, place: GoalPlace, collections: Sequence[Collection]) -> bool:
    """Return whether the viewer may set goals for a place with these collections."""
    if place.team_id is not None:
        return is_allowed_for_team(viewer, Action.SET_GOALS, place.team_id)
    return bool(collections) and is_allowed(viewer, Action.SET_GOALS, collections[0])


def require_place(work: Work, viewer: Viewer, place: GoalPlace) -> None:
    """Stop unless the viewer may set goals here; a foreign place answers like a missing one.

    Raises:
        AuthorizationError: The viewer may not.
        ResourceNotFoundError: There is none that the viewer may know of.
        ValidationError: Not just one place is named.
    """
    if (place.collection_id is None) == (place.team_id is None):
        raise ValidationError("Place", "choose one collection or one team")
    collections = collections_of(place, work.collections.visible(viewer))
    if place.team_id is None and not collections:
        raise ResourceNotFoundError("Collection", place.collection_id)
    if place.team_id is not None and place.team_id not in known_teams(work, viewer):
        raise ResourceNotFoundError("Team", place.team_id)
    if not may_set(viewer, place, collections):
        raise AuthorizationError(f"Your role does not permit you to {Action.SET_GOALS.value}.")


def held_goal(work: Work, viewer: Viewer, goal_id: int) -> Goal:
    """Return a goal that the viewer may change; a foreign one answers like a missing one."""
    goal = work.goals.get(goal_id)
    if goal is None:
        raise ResourceNotFoundError("Goal", goal_id)
    try:
        require_place(work, viewer, goal.place)
    except ResourceNotFoundError as error:
        raise ResourceNotFoundError("Goal", goal_id) from error
    return goal
