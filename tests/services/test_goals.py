"""Goals over real stores of either kind: who may set them, and where they stand."""

from datetime import UTC, datetime, timedelta

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.goals import GoalPlace, GoalProgress, GoalState
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.errors import (
    AuthorizationError,
    DuplicateError,
    ResourceNotFoundError,
    ValidationError,
)
from tests.services.people import PASSWORD, import_text

NOW = datetime.now(UTC)
BEGIN, NEXT_YEAR = NOW - timedelta(days=100), (NOW + timedelta(days=100)).date()
LICENCE = "FsF-R1.1-01M-1"
HEADER = "identifier,title,license\n"


def person(core: Core, name: str, role: Role = Role.STEWARD, *team_ids: int) -> Viewer:
    user = core.accounts.add_account(name, f"{name}@example.org", "", role, PASSWORD)
    return Viewer(user, frozenset(team_ids))


def licensed(core: Core, viewer: Viewer, collection_id: int, count: int, at: datetime) -> None:
    """Upload ten datasets, some of them with a licence."""
    lines = [f"A-{n},Soil moisture {n},{'MIT' if n < count else ''}\n" for n in range(10)]
    import_text(core, viewer, collection_id, HEADER + "".join(lines), at)


@pytest.fixture
def place(core: Core, steward: Viewer) -> GoalPlace:
    made = core.collections.create(steward, "Rhine", visibility=Visibility.PRIVATE)
    licensed(core, steward, made.collection_id, 2, BEGIN - timedelta(days=1))
    return GoalPlace(collection_id=made.collection_id)


def set_goal(core: Core, viewer: Viewer, place: GoalPlace, target: float = 60.0) -> int:
    return core.goals.set_goal(
        viewer, place, check_id=LICENCE, target=target, due_on=NEXT_YEAR, at=BEGIN
    ).goal_id


def only(core: Core, viewer: Viewer, now: datetime = NOW) -> GoalProgress:
    (progress,) = core.goals.of_viewer(viewer, now=now)
    return progress


def test_goal_is_behind_below_the_line_and_on_the_way_above_it(
    core: Core, steward: Viewer, place: GoalPlace
) -> None:
    set_goal(core, steward, place)
    behind = only(core, steward)
    # Half of the time is over, so the line from 20 to 60 is at about 40.
    assert (behind.start, behind.value, behind.state) == (20.0, 20.0, GoalState.BEHIND)
    assert behind.expected == pytest.approx(40, abs=0.3)
    assert behind.needed == pytest.approx(40 / (100 / 30.44), rel=0.02)
    assert (behind.so_far, behind.count, behind.place_name) == (0.0, 10, "Rhine")
    licensed(core, steward, place.collection_id or 0, 5, NOW - timedelta(days=2))
    ahead = only(core, steward)
    assert (ahead.value, ahead.state) == (50.0, GoalState.ON_THE_WAY)
    assert ahead.so_far == pytest.approx(30 / (100 / 30.44), rel=0.02)


def test_reached_goal_says_since_when_and_stays_reached_after_its_end(
    core: Core, steward: Viewer, place: GoalPlace
) -> None:
    set_goal(core, steward, place)
    reached = NOW - timedelta(days=5)
    licensed(core, steward, place.collection_id or 0, 6, reached)
    found = only(core, steward)
    assert (found.state, found.reached_on, found.needed) == (
        GoalState.REACHED, reached.date(), None,
    )  # fmt: skip
    assert only(core, steward, NOW + timedelta(days=200)).state is GoalState.REACHED


def test_goal_that_was_missed_has_ended_whatever_comes_later(
    core: Core, steward: Viewer, place: GoalPlace
) -> None:
    core.goals.set_goal(steward, place, check_id=LICENCE, target=60.0, due_on=NOW.date(), at=BEGIN)
    assert only(core, steward).state is GoalState.BEHIND
    tomorrow = NOW + timedelta(days=2)
    licensed(core, steward, place.collection_id or 0, 9, tomorrow)
    ended = only(core, steward, tomorrow)
    assert (ended.state, ended.value, ended.needed) == (GoalState.ENDED, 20.0, None)


def test_mean_score_is_a_goal_too_and_those_behind_come_first(
    core: Core, steward: Viewer, place: GoalPlace
) -> None:
    set_goal(core, steward, place, target=10.0)
    core.goals.set_goal(steward, place, target=90.0, due_on=NEXT_YEAR, at=BEGIN)
    behind, reached = core.goals.of_viewer(steward)
    assert (behind.measure, behind.state) == ("Mean score", GoalState.BEHIND)
    assert behind.value == pytest.approx(core.assessments.overview(steward).mean, abs=1e-9)
    assert reached.state is GoalState.REACHED


def test_steward_changes_and_withdraws_and_all_is_in_the_audit_trail(
    core: Core, steward: Viewer, place: GoalPlace
) -> None:
    goal_id = set_goal(core, steward, place)
    core.goals.change(steward, goal_id, target=70.0, due_on=NEXT_YEAR)
    assert only(core, steward).goal.target == 70.0
    core.goals.withdraw(steward, goal_id)
    assert core.goals.of_viewer(steward) == ()
    with pytest.raises(ResourceNotFoundError, match="Goal"):
        core.goals.withdraw(steward, goal_id)
    events = core.audit.search(person(core, "ada", Role.ADMINISTRATOR), text=str(goal_id))
    actions = [event.action for event in events if event.object_type == "goal"]
    assert actions == ["goal_withdrawn", "goal_changed", "goal_set"]


def test_goal_is_seen_and_set_by_nobody_else(core: Core, steward: Viewer, place: GoalPlace) -> None:
    goal_id = set_goal(core, steward, place)
    foreign = person(core, "eve")
    for viewer in (foreign, Viewer(None)):
        assert core.goals.of_viewer(viewer) == ()
        assert core.goals.places(viewer) == ()
        with pytest.raises(ResourceNotFoundError):
            core.goals.change(viewer, goal_id, target=5.0, due_on=NEXT_YEAR)
        with pytest.raises(ResourceNotFoundError):
            set_goal(core, viewer, place)


def test_researcher_sees_goals_of_what_is_shared_and_may_not_set_them(
    core: Core, steward: Viewer
) -> None:
    made = core.collections.create(steward, "Open", visibility=Visibility.INSTITUTION)
    place = GoalPlace(collection_id=made.collection_id)
    licensed(core, steward, made.collection_id, 2, BEGIN)
    goal_id = set_goal(core, steward, place)
    reader = person(core, "rosa", Role.RESEARCHER)
    assert not only(core, reader).may_change
    assert core.goals.places(reader) == ()
    with pytest.raises(AuthorizationError, match="set goals"):
        core.goals.withdraw(reader, goal_id)


def test_goal_of_a_team_counts_its_collections_and_is_the_teams_alone(core: Core) -> None:
    ada = person(core, "ada", Role.ADMINISTRATOR)
    team = core.teams.create(ada, "Rhine group")
    member = person(core, "sam", Role.STEWARD, team.team_id)
    for name, count in (("Soil", 2), ("Water", 4)):
        made = core.collections.create(
            member, name, team_id=team.team_id, visibility=Visibility.INSTITUTION
        )
        licensed(core, member, made.collection_id, count, BEGIN)
    place = GoalPlace(team_id=team.team_id)
    assert (place, "Team Rhine group") in core.goals.places(member)
    set_goal(core, member, place)
    found = only(core, member)
    assert (found.place_name, found.count, found.value) == ("Rhine group", 20, 30.0)
    assert only(core, ada).may_change
    stranger = person(core, "eve")
    assert core.goals.of_viewer(stranger) == ()
    with pytest.raises(ResourceNotFoundError, match="Team"):
        set_goal(core, stranger, place)


def test_goals_are_those_of_the_collections_that_are_chosen(core: Core) -> None:
    ada = person(core, "ada", Role.ADMINISTRATOR)
    team = core.teams.create(ada, "Rhine group")
    member = person(core, "sam", Role.STEWARD, team.team_id)
    soil = core.collections.create(member, "Soil", team_id=team.team_id).collection_id
    water = core.collections.create(member, "Water").collection_id
    for place in (
        GoalPlace(team_id=team.team_id),
        GoalPlace(collection_id=soil),
        GoalPlace(collection_id=water),
    ):
        set_goal(core, member, place)

    def names(*chosen: int) -> set[str]:
        filters = Filters(chosen=((Facet.COLLECTION, tuple(map(str, chosen))),))
        return {each.place_name for each in core.goals.of_viewer(member, filters)}

    assert names(soil) == {"Rhine group", "Soil"}
    assert names(water) == {"Water"}
    assert names(soil, water) == {"Rhine group", "Soil", "Water"}
    assert len(core.goals.of_viewer(member, Filters(text="rain"))) == 3


def test_goals_that_cannot_be_are_refused(core: Core, steward: Viewer, place: GoalPlace) -> None:
    def ask(target: float = 60.0, days: int = 9, check_id: str = LICENCE) -> None:
        due_on = (NOW + timedelta(days=days)).date()
        core.goals.set_goal(steward, place, check_id=check_id, target=target, due_on=due_on)

    for wrong, words in (
        ({"target": 0.0}, "above 0"),
        ({"target": 100.5}, "above 0"),
        ({"days": 0}, "after today"),
        ({"days": 4000}, "ten years"),
        ({"check_id": "FsF-F1-02MD-2"}, "records can decide"),
        ({"check_id": "no such check"}, "records can decide"),
        ({"target": 15.0}, "20.0 % is reached already"),
    ):
        with pytest.raises(ValidationError, match=words):
            ask(**wrong)  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="one collection or one team"):
        set_goal(core, steward, GoalPlace())
    ask()
    with pytest.raises(DuplicateError):
        ask()
