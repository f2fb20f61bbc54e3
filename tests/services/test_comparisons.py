"""Groups and days held against each other, over real stores of either kind."""

from datetime import UTC, datetime, timedelta

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.comparisons import Standing
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.errors import ResourceNotFoundError, ValidationError
from fairdb_core.services.comparisons import GroupQuestion
from tests.services.people import PASSWORD, import_text, person

SPRING = datetime.now(UTC) - timedelta(days=60)
HEADER = "identifier,title,license,publisher,publication_date\n"
GOOD, POOR = "MIT,Good house,2020", ",Poor house,2021"
BY_PUBLISHER = GroupQuestion(facet=Facet.PUBLISHER)


def rows(start: int, count: int, rest: str) -> str:
    return "".join(f"A-{n},Soil moisture {n},{rest}\n" for n in range(start, start + count))


@pytest.fixture
def steward(core: Core) -> Viewer:
    steward = person(core, "sam")
    made = core.collections.create(steward, "Rhine", visibility=Visibility.PRIVATE)
    first = HEADER + rows(0, 12, GOOD) + rows(20, 14, POOR) + rows(40, 4, ",Small house,")
    import_text(core, steward, made.collection_id, first, SPRING)
    second = HEADER + rows(20, 6, POOR.replace(",Poor", "MIT,Poor")) + rows(50, 2, GOOD)
    import_text(core, steward, made.collection_id, second, datetime.now(UTC))
    return steward


def test_groups_of_a_facet_come_with_interval_count_and_ranks(core: Core, steward: Viewer) -> None:
    found = core.comparisons.compare(steward, BY_PUBLISHER)
    good, poor, small = found.groups
    assert [g.label for g in found.groups] == ["Good house", "Poor house", "Small house"]
    assert (good.count, poor.count, small.count) == (14, 14, 4)
    assert good.lower is not None
    assert good.upper is not None
    assert 0 <= good.lower <= (good.mean or 0) <= good.upper <= 100
    assert (small.lower, small.ranks) == (None, None)
    assert (good.ranks, poor.ranks) == ((1, 1), (2, 2))
    assert found.verdict.endswith("Small house: fewer than ten datasets, too few to judge.")
    assert [option.count for option in found.options] == [14, 14, 4]
    assert core.assessments.explore(steward, good.filters).count == 14
    assert len(good.dimensions) == 4


def test_chosen_groups_alone_are_compared(core: Core, steward: Viewer) -> None:
    asked = GroupQuestion(facet=Facet.PUBLISHER, values=("Good house", "Poor house"))
    assert len(core.comparisons.compare(steward, asked).groups) == 2
    named = (
        ("With licence", Filters("", ((Facet.LICENSE, ("MIT",)),))),
        ("Later", Filters("", ((Facet.YEAR, ("2021",)),))),
        ("None", Filters("no such words")),
    )
    own = core.comparisons.compare(steward, GroupQuestion(named=named))
    assert {g.label: g.count for g in own.groups} == {"With licence": 20, "Later": 14, "None": 0}


def test_many_groups_give_a_funnel(core: Core, steward: Viewer) -> None:
    many = "".join(
        rows(100 + 20 * n, 11, f"{'MIT' if n else ''},House {n},{2000 + n}") for n in range(7)
    )
    made = core.collections.create(steward, "Many", visibility=Visibility.PRIVATE)
    import_text(core, steward, made.collection_id, HEADER + many, datetime.now(UTC))
    found = core.comparisons.compare(steward, BY_PUBLISHER)
    assert found.groups == ()
    assert found.funnel is not None
    assert len(found.funnel.points) == 9
    assert found.funnel.small_count == 1
    assert [option.count for option in found.funnel.small] == [4]
    standings = {point.label: point.standing for point in found.funnel.points}
    assert standings["House 0"] is Standing.BELOW
    assert "House 0" in found.verdict


def test_two_days_tell_groups_and_moves_between_bands(core: Core, steward: Viewer) -> None:
    found = core.comparisons.between(steward, BY_PUBLISHER, SPRING.date(), None)
    shifts = {shift.label: shift for shift in found.shifts}
    poor, whole = shifts["Poor house"], found.shifts[-1]
    assert (poor.after or 0) > (poor.before or 0)
    assert (whole.label, whole.before_count, whole.after_count) == ("All together", 30, 32)
    moves = found.migration
    assert (moves.risen + moves.fallen + moves.stayed, sum(moves.came), sum(moves.went)) == (
        30, 2, 0,
    )  # fmt: skip
    assert whole.after == pytest.approx(core.assessments.overview(steward).mean)
    assert found.verdict == "The datasets that stood on both days scored higher on the second."
    same = core.comparisons.between(steward, BY_PUBLISHER, SPRING.date(), SPRING.date())
    assert same.verdict == "No dataset that stood on both days moved."


def test_others_compare_only_what_they_may_read(core: Core, steward: Viewer) -> None:
    assert core.comparisons.compare(steward, BY_PUBLISHER).count == 32
    reader = core.accounts.add_account("rosa", "r@example.org", "", Role.RESEARCHER, PASSWORD)
    found = core.comparisons.compare(Viewer(reader), BY_PUBLISHER)
    assert (found.count, found.options, found.groups) == (0, (), ())
    with pytest.raises(ResourceNotFoundError):
        core.comparisons.between(Viewer(reader), BY_PUBLISHER, None, None)


def test_groups_that_mean_nothing_are_refused(core: Core, steward: Viewer) -> None:
    with pytest.raises(ValidationError, match="own scores"):
        core.comparisons.compare(steward, GroupQuestion(facet=Facet.BAND))
    with pytest.raises(ValidationError, match="6 groups at most"):
        core.comparisons.compare(steward, GroupQuestion(values=tuple("abcdefg")))
