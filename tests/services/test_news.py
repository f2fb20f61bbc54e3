"""What is new to a person between their visits, over real stores of either kind."""

from datetime import UTC, datetime, timedelta

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.goals import GoalPlace
from fairdb_core.domain.news import News, NewsKind
from fairdb_core.errors import AuthenticationError
from tests.services.people import PASSWORD, import_text, person

NOW = datetime.now(UTC)
MONDAY, TUESDAY, WEDNESDAY = (NOW - timedelta(days=days) for days in (3, 2, 1))
HEADER = "identifier,title,license\n"
FIRST = HEADER + "A-1,Soil moisture,\nA-2,River discharge,MIT\nA-3,Rain,MIT\n"
SECOND = HEADER + "A-1,Soil moisture,MIT\nA-2,River discharge,\nA-4,Air temperature,MIT\n"
LICENCE = "Is it said under which licence the data may be reused?"


@pytest.fixture
def collection_id(core: Core, steward: Viewer) -> int:
    made = core.collections.create(steward, "Rhine", visibility=Visibility.PRIVATE)
    import_text(core, steward, made.collection_id, FIRST, MONDAY)
    return made.collection_id


def session(core: Core, name: str = "sam") -> str:
    """Sign somebody in, and return the token of the new session."""
    return core.sessions.exchange(core.sessions.sign_in(name, PASSWORD))


def look(core: Core, viewer: Viewer, token: str, *, now: datetime | None = None) -> News:
    """Have somebody look at the overview."""
    return core.news.look(viewer, token, goals=core.goals.of_viewer(viewer, now=now), now=now)


def test_first_visit_knows_nothing_before_it(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    news = look(core, steward, session(core))
    assert (news.since, news.is_empty) == (None, True)
    assert collection_id


def test_next_session_sees_what_happened_since_the_last_look(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    first = session(core)
    look(core, steward, first, now=MONDAY)
    look(core, steward, first, now=TUESDAY)
    goal = core.goals.set_goal(
        steward,
        GoalPlace(collection_id=collection_id),
        check_id="FsF-R1.1-01M-1",
        target=70.0,
        due_on=(NOW + timedelta(days=30)).date(),
    )
    import_text(core, steward, collection_id, SECOND, WEDNESDAY)
    second = session(core)
    news = look(core, steward, second)
    assert news.since == TUESDAY
    parts = {part.kind: part for part in news.parts}
    assert {kind: part.count for kind, part in parts.items()} == {
        NewsKind.FAILING: 1,
        NewsKind.FIXED: 1,
        NewsKind.NEW: 1,
    }
    (failing,) = parts[NewsKind.FAILING].items
    assert (failing.title, failing.collection_name) == ("River discharge", "Rhine")
    assert failing.questions == (LICENCE,)
    assert parts[NewsKind.FIXED].items[0].title == "Soil moisture"
    assert parts[NewsKind.NEW].items[0].title == "Air temperature"
    assert [each.goal for each in news.goals_reached] == [goal]
    assert look(core, steward, second).since == TUESDAY


def test_what_was_marked_as_seen_is_news_no_more(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    look(core, steward, session(core), now=TUESDAY)
    batch_id = import_text(core, steward, collection_id, SECOND, WEDNESDAY).batch_id
    second = session(core)
    assert not look(core, steward, second).is_empty
    core.news.mark_seen(steward, second)
    assert look(core, steward, second).is_empty
    core.batches.undo(steward, batch_id)
    after = look(core, steward, second)
    assert {part.kind: part.count for part in after.parts} == {
        NewsKind.FAILING: 1,
        NewsKind.FIXED: 1,
        NewsKind.REMOVED: 1,
    }


def test_news_are_of_what_the_person_may_read(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    reader = person(core, "rosa", Role.RESEARCHER)
    for viewer, name in ((steward, "sam"), (reader, "rosa")):
        look(core, viewer, session(core, name), now=TUESDAY)
    import_text(core, steward, collection_id, SECOND, WEDNESDAY)
    assert len(look(core, steward, session(core)).parts) == 3
    news = look(core, reader, session(core, "rosa"))
    assert (news.since, news.is_empty) == (TUESDAY, True)


def test_public_has_no_visits(core: Core) -> None:
    with pytest.raises(AuthenticationError):
        look(core, Viewer(None), "token")
    with pytest.raises(AuthenticationError):
        core.news.mark_seen(Viewer(None), "token")
