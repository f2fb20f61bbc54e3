"""Every action by every role on own, team and foreign collections, held against a list by hand."""

from datetime import UTC, datetime
from itertools import product

import pytest

from fairdb_core.domain.accounts import AccountState, Role, User, Viewer
from fairdb_core.domain.datasets import Collection, Visibility
from fairdb_core.domain.permissions import (
    POLICY,
    Action,
    Relation,
    is_allowed,
    is_allowed_for_team,
    require,
)
from fairdb_core.errors import AuthenticationError, AuthorizationError

NOW = datetime(2026, 1, 10, tzinfo=UTC)
ME, SOMEBODY, MY_TEAM, ANOTHER_TEAM = 1, 2, 10, 20

# One line an action. The columns are researcher, steward, administrator; in each, whether it may
# be done to an own (o), a team (t) and a foreign (f) collection, and without a collection (-).
PRIVATE = """
read scores                                       ot   ot   otf-
read datasets                                     ot   ot   otf-
create a collection                               none otf- otf-
import datasets                                   none ot   otf-
edit datasets                                     none ot   otf-
decide on proposed fixes                          none o    otf-
undo an upload                                    none ot   otf-
assign datasets to a researcher                   none ot   otf-
set goals                                         none ot   otf-
change a collection's name, team or visibility    none o    otf-
attest what only a person can judge               none ot   otf-
compute stored scores again                       none none otf-
manage users and teams                            none none otf-
work on rubrics                                   none none otf-
read the audit trail                              none none otf-
"""
# What is not private is read by everybody who is signed in; all else stays as above.
SEEN_BY_ALL = {"read scores": ("otf", "otf", "otf-"), "read datasets": ("otf", "otf", "otf-")}
ROLES = (Role.RESEARCHER, Role.STEWARD, Role.ADMINISTRATOR)
LETTERS = {"own": "o", "team": "t", "foreign": "f", "none": "-"}


def _by_hand() -> dict[tuple[str, Role], str]:
    """Return the letters of each action and role."""
    rows = [line.rsplit(maxsplit=3) for line in PRIVATE.strip().splitlines()]
    return {
        (action, role): "" if marks == "none" else marks
        for action, *columns in rows
        for role, marks in zip(ROLES, columns, strict=True)
    }


def _expected(action: Action, role: Role, whose: str, visibility: Visibility) -> bool:
    marks = _by_hand()[action.value, role]
    if visibility is not Visibility.PRIVATE and action.value in SEEN_BY_ALL and whose != "none":
        marks = SEEN_BY_ALL[action.value][ROLES.index(role)]
    return LETTERS[whose] in marks


def _viewer(role: Role, state: AccountState = AccountState.ACTIVE) -> Viewer:
    return Viewer(User(ME, "me", "", "", role, state, NOW), frozenset({MY_TEAM}))


def _collection(whose: str, visibility: Visibility) -> Collection | None:
    if whose == "none":
        return None
    owner = ME if whose == "own" else SOMEBODY
    team = {"own": None, "team": MY_TEAM, "foreign": ANOTHER_TEAM}[whose]
    return Collection(5, "Soil", owner, team, visibility, 0, NOW)


@pytest.mark.parametrize(
    ("action", "role", "whose", "visibility"), [*product(Action, Role, LETTERS, Visibility)]
)
def test_role_may_do_what_the_list_says_and_nothing_else(
    action: Action, role: Role, whose: str, visibility: Visibility
) -> None:
    collection = _collection(whose, visibility)
    expected = _expected(action, role, whose, visibility)
    assert is_allowed(_viewer(role), action, collection) is expected
    if expected:
        require(_viewer(role), action, collection)
    else:
        with pytest.raises(AuthorizationError, match=f"does not permit you to {action.value}"):
            require(_viewer(role), action, collection)


@pytest.mark.parametrize(("action", "whose", "visibility"), [*product(Action, LETTERS, Visibility)])
def test_public_reads_scores_of_public_collections_and_nothing_else(
    action: Action, whose: str, visibility: Visibility
) -> None:
    collection = _collection(whose, visibility)
    expected = action.value == "read scores" and whose != "none" and visibility == "public"
    assert is_allowed(Viewer(None), action, collection) is expected
    if not expected:
        with pytest.raises(AuthenticationError, match="sign in"):
            require(Viewer(None), action, collection)


@pytest.mark.parametrize(
    ("action", "role", "whose", "state"),
    [*product(Action, Role, LETTERS, (AccountState.REQUESTED, AccountState.DEACTIVATED))],
)
def test_person_who_is_not_active_may_do_nothing(
    action: Action, role: Role, whose: str, state: AccountState
) -> None:
    collection = _collection(whose, Visibility.PUBLIC)
    assert not is_allowed(_viewer(role, state), action, collection)


def test_collection_without_team_is_foreign_to_people_without_team() -> None:
    viewer = Viewer(User(ME, "me", "", "", Role.STEWARD, AccountState.ACTIVE, NOW))
    collection = Collection(5, "Soil", SOMEBODY, None, Visibility.PRIVATE, 0, NOW)
    assert not is_allowed(viewer, Action.READ_DATASETS, collection)


def test_own_collection_stays_own_when_it_is_also_the_teams() -> None:
    collection = Collection(5, "Soil", ME, MY_TEAM, Visibility.PRIVATE, 0, NOW)
    assert is_allowed(_viewer(Role.STEWARD), Action.MANAGE_COLLECTION, collection)


def test_list_by_hand_and_policy_name_the_same_actions() -> None:
    assert {action for action, _ in _by_hand()} == {action.value for action in POLICY}
    assert set(POLICY) == set(Action)
    assert {"own", "team", "foreign"} == set(Relation)


@pytest.mark.parametrize(
    ("role", "own", "foreign"),
    [
        (Role.RESEARCHER, False, False),
        (Role.STEWARD, True, False),
        (Role.ADMINISTRATOR, True, True),
    ],
)
def test_goals_of_a_team_are_set_by_its_stewards_and_by_administrators(
    role: Role, own: bool, foreign: bool
) -> None:
    for team_id, expected in ((MY_TEAM, own), (ANOTHER_TEAM, foreign)):
        assert is_allowed_for_team(_viewer(role), Action.SET_GOALS, team_id) is expected
        gone = _viewer(role, AccountState.DEACTIVATED)
        assert not is_allowed_for_team(gone, Action.SET_GOALS, team_id)
    assert not is_allowed_for_team(Viewer(None), Action.SET_GOALS, MY_TEAM)
