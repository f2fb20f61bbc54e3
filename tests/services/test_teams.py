"""Teams, which only administrators look after."""

from datetime import UTC, datetime

import pytest

from fairdb_core.domain.accounts import AccountState, Role, User, Viewer
from fairdb_core.errors import (
    AuthenticationError,
    AuthorizationError,
    DuplicateError,
    ResourceNotFoundError,
    ValidationError,
)
from fairdb_core.repositories.storage import Storage
from fairdb_core.services.teams import TeamService

NOW = datetime(2026, 1, 10, tzinfo=UTC)
CHIEF = Viewer(User(1, "chief", "", "", Role.ADMINISTRATOR, AccountState.ACTIVE, NOW))
STEWARD = Viewer(User(2, "ada", "", "", Role.STEWARD, AccountState.ACTIVE, NOW))


@pytest.fixture
def teams(storage: Storage) -> TeamService:
    return TeamService(storage=storage)


@pytest.fixture
def ada(storage: Storage) -> int:
    with storage.work() as work:
        return work.users.add("ada", "ada@example.org").user_id


def test_administrator_makes_renames_and_fills_a_team(
    teams: TeamService, ada: int, storage: Storage
) -> None:
    team_id = teams.create(CHIEF, "  Soil   group ").team_id
    teams.rename(CHIEF, team_id, "Soil")
    teams.add_member(CHIEF, team_id, ada)
    (team,) = teams.all(CHIEF)
    assert (team.name, team.member_user_ids) == ("Soil", {ada})
    teams.remove_member(CHIEF, team_id, ada)
    assert teams.all(CHIEF)[0].member_user_ids == frozenset()
    with storage.read() as work:
        events = [(event.action, event.before, event.after) for event in work.audit.search()]
    assert events == [
        ("team_member_removed", {"user_id": ada}, None),
        ("team_member_added", None, {"user_id": ada}),
        ("team_renamed", {"name": "Soil group"}, {"name": "Soil"}),
        ("team_created", None, {"name": "Soil group"}),
    ]


@pytest.mark.parametrize(
    ("viewer", "error"), [(STEWARD, AuthorizationError), (Viewer(None), AuthenticationError)]
)
def test_everybody_else_is_refused(
    teams: TeamService, ada: int, viewer: Viewer, error: type[Exception]
) -> None:
    team_id = teams.create(CHIEF, "Soil").team_id
    for act in (
        lambda: teams.all(viewer),
        lambda: teams.create(viewer, "Air"),
        lambda: teams.rename(viewer, team_id, "Air"),
        lambda: teams.add_member(viewer, team_id, ada),
        lambda: teams.remove_member(viewer, team_id, ada),
    ):
        with pytest.raises(error):
            act()
    assert [(team.name, team.member_user_ids) for team in teams.all(CHIEF)] == [
        ("Soil", frozenset())
    ]


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x00b"])
def test_team_name_that_breaks_a_rule_is_refused(teams: TeamService, name: str) -> None:
    with pytest.raises(ValidationError, match="1 to 100"):
        teams.create(CHIEF, name)


def test_two_teams_never_have_the_same_name(teams: TeamService) -> None:
    teams.create(CHIEF, "Soil")
    with pytest.raises(DuplicateError):
        teams.create(CHIEF, "soil")


def test_missing_teams_and_people_are_named(teams: TeamService, ada: int) -> None:
    team_id = teams.create(CHIEF, "Soil").team_id
    with pytest.raises(ResourceNotFoundError, match="Team with id 999"):
        teams.add_member(CHIEF, 999, ada)
    with pytest.raises(ResourceNotFoundError, match="Team with id 999"):
        teams.rename(CHIEF, 999, "Air")
    with pytest.raises(ResourceNotFoundError, match="User with id 999"):
        teams.add_member(CHIEF, team_id, 999)
    with pytest.raises(ResourceNotFoundError, match="Team member"):
        teams.remove_member(CHIEF, team_id, ada)
