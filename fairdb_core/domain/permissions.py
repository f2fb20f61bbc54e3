"""The one policy table: which role may do what to whose collection; everything else is denied."""

from enum import StrEnum

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Collection, Visibility
from fairdb_core.errors import AuthenticationError, AuthorizationError


class Action(StrEnum):
    """Everything that needs a permission."""

    READ_SCORES = "read scores"
    READ_DATASETS = "read datasets"
    CREATE_COLLECTION = "create a collection"
    IMPORT_DATASETS = "import datasets"
    EDIT_DATASETS = "edit datasets"
    DECIDE_FIXES = "decide on proposed fixes"
    UNDO_BATCHES = "undo an upload"
    ASSIGN_OWNERS = "assign datasets to a researcher"
    SET_GOALS = "set goals"
    MANAGE_COLLECTION = "change a collection's name, team or visibility"
    ATTEST = "attest what only a person can judge"
    RECOMPUTE_SCORES = "compute stored scores again"
    MANAGE_USERS = "manage users and teams"
    MANAGE_RUBRICS = "work on rubrics"
    READ_AUDIT = "read the audit trail"


class Relation(StrEnum):
    """How the viewer stands to the collection."""

    OWN = "own"
    TEAM = "team"
    FOREIGN = "foreign"


_ALL = frozenset(Relation)
_OURS = frozenset({Relation.OWN, Relation.TEAM})

POLICY: dict[Action, dict[Role, frozenset[Relation]]] = {
    Action.READ_SCORES: {Role.RESEARCHER: _OURS, Role.STEWARD: _OURS, Role.ADMINISTRATOR: _ALL},
    Action.READ_DATASETS: {Role.RESEARCHER: _OURS, Role.STEWARD: _OURS, Role.ADMINISTRATOR: _ALL},
    Action.CREATE_COLLECTION: {Role.STEWARD: _ALL, Role.ADMINISTRATOR: _ALL},
    Action.IMPORT_DATASETS: {Role.STEWARD: _OURS, Role.ADMINISTRATOR: _ALL},
    Action.EDIT_DATASETS: {Role.STEWARD: _OURS, Role.ADMINISTRATOR: _ALL},
    Action.UNDO_BATCHES: {Role.STEWARD: _OURS, Role.ADMINISTRATOR: _ALL},
    Action.ASSIGN_OWNERS: {Role.STEWARD: _OURS, Role.ADMINISTRATOR: _ALL},
    Action.SET_GOALS: {Role.STEWARD: _OURS, Role.ADMINISTRATOR: _ALL},
    Action.DECIDE_FIXES: {Role.STEWARD: frozenset({Relation.OWN}), Role.ADMINISTRATOR: _ALL},
    Action.MANAGE_COLLECTION: {
        Role.STEWARD: frozenset({Relation.OWN}),
        Role.ADMINISTRATOR: _ALL,
    },
    Action.ATTEST: {Role.STEWARD: _OURS, Role.ADMINISTRATOR: _ALL},
    Action.RECOMPUTE_SCORES: {Role.ADMINISTRATOR: _ALL},
    Action.MANAGE_USERS: {Role.ADMINISTRATOR: _ALL},
    Action.MANAGE_RUBRICS: {Role.ADMINISTRATOR: _ALL},
    Action.READ_AUDIT: {Role.ADMINISTRATOR: _ALL},
}

_READING = frozenset({Action.READ_SCORES, Action.READ_DATASETS})


def relation_of(viewer: Viewer, collection: Collection) -> Relation:
    """Return how the viewer stands to a collection."""
    if viewer.user_id is not None and collection.owner_user_id == viewer.user_id:
        return Relation.OWN
    if collection.team_id is not None and collection.team_id in viewer.team_ids:
        return Relation.TEAM
    return Relation.FOREIGN


def is_allowed(viewer: Viewer, action: Action, collection: Collection | None = None) -> bool:
    """Return whether the viewer may do this, to this collection where one is meant."""
    if viewer.user is None:
        return (
            action is Action.READ_SCORES
            and collection is not None
            and collection.visibility is Visibility.PUBLIC
        )
    if not viewer.user.is_active:
        return False
    relations = POLICY[action].get(viewer.user.role, frozenset())
    if collection is None:
        return relations == _ALL
    if action in _READING and collection.visibility is not Visibility.PRIVATE:
        return True
    return relation_of(viewer, collection) in relations


def is_allowed_for_team(viewer: Viewer, action: Action, team_id: int) -> bool:
    """Return whether the viewer may do this for all that a team looks after."""
    if viewer.user is None or not viewer.user.is_active:
        return False
    relation = Relation.TEAM if team_id in viewer.team_ids else Relation.FOREIGN
    return relation in POLICY[action].get(viewer.user.role, frozenset())


def require(viewer: Viewer, action: Action, collection: Collection | None = None) -> None:
    """Stop unless the viewer may do this.

    Raises:
        AuthenticationError: Nobody is signed in.
        AuthorizationError: The signed-in person is not permitted.
    """
    if is_allowed(viewer, action, collection):
        return
    if viewer.user is None:
        raise AuthenticationError("Please sign in first.")
    raise AuthorizationError(f"Your role does not permit you to {action.value}.")
