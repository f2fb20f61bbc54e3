"""Named views on either kind of store: own, shared with a team, foreign."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairdb_core import Core, Settings, build_core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.errors import (
    AuthenticationError,
    DuplicateError,
    ResourceNotFoundError,
    ValidationError,
)
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base

PASSWORD = "quartz umber willow heron 42"


@pytest.fixture
def core(storage: Storage, tmp_path: Path) -> Iterator[Core]:
    Base.metadata.drop_all(storage.engine)
    settings = Settings(data_dir=tmp_path, bcrypt_cost=4, _env_file=None)
    made = build_core(settings, storage=storage)
    yield made
    made.uploads.close()


@pytest.fixture
def people(core: Core) -> list[Viewer]:
    """Two of one team and one of none."""
    users = [
        core.accounts.add_account(name, f"{name}@example.org", "", Role.RESEARCHER, PASSWORD)
        for name in ("ann", "ben", "eve")
    ]
    with core.storage.work() as work:
        team = work.teams.add("Soil")
        for user in users[:2]:
            work.teams.add_member(team.team_id, user.user_id)
    teams = frozenset([team.team_id])
    return [Viewer(users[0], teams), Viewer(users[1], teams), Viewer(users[2])]


def test_own_view_is_seen_by_nobody_else(core: Core, people: list[Viewer]) -> None:
    ann, ben, _ = people
    core.saved_views.save(ann, "  No   licence ", "gap=L&q=rain")
    view = core.saved_views.open_to(ann)[0]
    assert (view.name, view.address, view.is_own) == ("No licence", "gap=L&q=rain", True)
    assert core.saved_views.open_to(ben) == []
    assert core.saved_views.open_to(Viewer(None)) == []


def test_shared_view_is_opened_by_the_team_and_changed_by_its_owner(
    core: Core, people: list[Viewer]
) -> None:
    ann, ben, eve = people
    team_id = next(iter(ann.team_ids))
    key = core.saved_views.save(ann, "Ours", "q=rain", team_id=team_id)
    shared = core.saved_views.open_to(ben)[0]
    assert (shared.name, shared.owner_name, shared.is_own) == ("Ours", "ann", False)
    assert core.saved_views.open_to(eve) == []
    for other in (ben, eve, Viewer(None)):
        with pytest.raises(ResourceNotFoundError):
            core.saved_views.rename(other, key, "Mine")
        with pytest.raises(ResourceNotFoundError):
            core.saved_views.remove(other, key)
    core.saved_views.rename(ann, key, "Of us")
    assert core.saved_views.open_to(ben)[0].name == "Of us"
    core.saved_views.remove(ann, key)
    assert core.saved_views.open_to(ben) == []
    with core.storage.read() as work:
        actions = [event.action for event in work.audit.search(limit=5)]
    assert actions[:2] == ["shared_view_removed", "view_shared"]


def test_names_are_given_once_and_teams_are_ones_own(core: Core, people: list[Viewer]) -> None:
    ann, ben, eve = people
    core.saved_views.save(ann, "Rain", "q=rain")
    key = core.saved_views.save(ann, "Snow", "q=snow")
    core.saved_views.save(ben, "Rain", "q=rain")
    with pytest.raises(DuplicateError):
        core.saved_views.save(ann, "RAIN", "q=x")
    with pytest.raises(DuplicateError):
        core.saved_views.rename(ann, key, "rain")
    with pytest.raises(ValidationError):
        core.saved_views.save(ann, " ", "q=x")
    with pytest.raises(ValidationError):
        core.saved_views.save(ann, "Long", "q=" + "x" * 5000)
    with pytest.raises(ValidationError):
        core.saved_views.save(eve, "Theirs", "q=x", team_id=next(iter(ann.team_ids)))
    with pytest.raises(AuthenticationError):
        core.saved_views.save(Viewer(None), "Mine", "q=x")
