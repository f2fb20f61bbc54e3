"""Why a mean moved, over real stores of either kind: files, a bulk fix, an undo."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.histories import ChangeKind
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.domain.uploads import BatchKind
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.services.histories import Question
from tests.services.people import PASSWORD, import_text, person

TODAY = datetime.now(UTC)
LAST_YEAR, SPRING = TODAY - timedelta(days=300), TODAY - timedelta(days=60)
HEADER = "identifier,title,license,publisher\n"
FIRST = HEADER + "A-1,Soil moisture,,Zenodo\nA-2,River discharge,,PANGAEA\nA-3,Rain,MIT,Zenodo\n"
SECOND = HEADER + "A-3,Rain,,Zenodo\nA-4,Air temperature,CC-BY-4.0,Zenodo\n"


def upload(core: Core, viewer: Viewer, collection_id: int, file: str, at: datetime) -> int:
    return import_text(core, viewer, collection_id, file, at, name=f"{at:%Y}.csv").batch_id


@pytest.fixture
def steward(core: Core) -> Viewer:
    steward = person(core, "sam")
    made = core.collections.create(steward, "Rhine", visibility=Visibility.PRIVATE)
    upload(core, steward, made.collection_id, FIRST, LAST_YEAR)
    upload(core, steward, made.collection_id, SECOND, SPRING)
    return steward


def fix_licences(core: Core, viewer: Viewer) -> int:
    target = core.bulk_fixes.targets(viewer, Filters())[0]
    fix = BulkFix("license", FixAction.FILL, "CC-BY-4.0")
    plan = core.bulk_fixes.plan(viewer, target.collection_id, target.dataset_ids, fix)
    return core.uploads.commit(viewer, plan).batch_id


def asked(days: tuple[datetime, datetime], filters: Filters | None = None) -> Question:
    return Question(days[0].date(), days[1].date(), filters or Filters())


def test_change_names_its_parts_its_batches_and_its_datasets(core: Core, steward: Viewer) -> None:
    batch_id = fix_licences(core, steward)
    change = core.histories.history(steward, asked((LAST_YEAR, TODAY))).change
    assert (change.before_count, change.after_count) == (3, 4)
    assert change.after == pytest.approx(core.assessments.overview(steward).mean, abs=1e-9)
    assert sum(part.points for part in change.parts) == pytest.approx(change.total, abs=1e-12)
    assert {part.kind: part.count for part in change.parts} == {
        ChangeKind.RUBRIC: 0,
        ChangeKind.FIXED: 2,
        ChangeKind.WORSENED: 0,
        ChangeKind.NEW: 1,
        ChangeKind.REMOVED: 0,
    }
    assert sum(batch.points for batch in change.batches) == pytest.approx(change.total, abs=1e-12)
    fix, file = change.batches
    assert (fix.batch_id, fix.kind, fix.field_titles) == (batch_id, BatchKind.FIX, ("Licence",))
    assert fix.title == "Empty Licence set to CC-BY-4.0"
    assert (fix.collection_name, fix.count, file.count) == ("Rhine", 3, 2)
    moved = dict(change.moved)
    assert {each.title for each in moved[ChangeKind.FIXED]} == {"Soil moisture", "River discharge"}
    assert [(each.title, each.before) for each in moved[ChangeKind.NEW]] == [
        ("Air temperature", None)
    ]


def test_undo_takes_the_effect_of_a_batch_back(core: Core, steward: Viewer) -> None:
    before = core.histories.history(steward, asked((SPRING, TODAY))).change
    assert (before.total, before.batches) == (0, ())
    batch_id = fix_licences(core, steward)
    undo = core.batches.undo(steward, batch_id)
    change = core.histories.history(steward, asked((SPRING, TODAY))).change
    assert change.total == pytest.approx(0, abs=1e-12)
    effects = {batch.batch_id: batch.points for batch in change.batches}
    assert effects[batch_id] > 1
    assert effects[undo.batch_id] == pytest.approx(-effects[batch_id], abs=1e-12)
    assert {each.file_name for each in change.batches} == {"", f"batch {batch_id}"}


def test_worse_record_is_told_as_such(core: Core, steward: Viewer) -> None:
    change = core.histories.history(steward, asked((LAST_YEAR, SPRING))).change
    counts = {part.kind: part.count for part in change.parts}
    assert (counts[ChangeKind.WORSENED], counts[ChangeKind.NEW]) == (1, 1)
    assert [each.title for each in dict(change.moved)[ChangeKind.WORSENED]] == ["Rain"]


def test_only_what_matched_on_each_day_counts(core: Core, steward: Viewer) -> None:
    fix_licences(core, steward)
    licensed = Filters("", ((Facet.LICENSE, ("CC-BY-4.0",)),))
    change = core.histories.history(steward, asked((SPRING, TODAY), licensed)).change
    assert (change.before_count, change.after_count) == (1, 4)
    assert sum(part.points for part in change.parts) == pytest.approx(change.total, abs=1e-12)
    assert sum(batch.points for batch in change.batches) == pytest.approx(change.total, abs=1e-12)


def test_another_rubric_is_a_part_of_its_own(core: Core, steward: Viewer) -> None:
    days = (LAST_YEAR.date(), TODAY.date())
    asked = Question(*days, rubric_before_id="datacite_v4")
    summary = core.histories.history(steward, asked)
    plain = core.histories.history(steward, Question(*days, rubric_id="datacite_v4"))
    assert summary.change.before == pytest.approx(plain.change.before or 0, abs=1e-12)
    assert summary.rubric_before_title != summary.rubric_title
    parts = {part.kind: part for part in summary.change.parts}
    assert parts[ChangeKind.RUBRIC].count == 3
    total = sum(part.points for part in summary.change.parts)
    assert total == pytest.approx(summary.change.total, abs=1e-12)


def test_days_before_the_first_batch_and_none_at_all_are_settled(
    core: Core, steward: Viewer
) -> None:
    early = core.histories.history(steward, Question(date(1990, 1, 1), date(1990, 1, 2)))
    assert (early.change.since, early.change.until) == (LAST_YEAR.date(), LAST_YEAR.date())
    usual = core.histories.history(steward, Question())
    assert usual.change.until == SPRING.date() == usual.last_day
    assert [point.count for point in usual.trend] == [3, 4]


def test_others_learn_nothing_of_a_private_collection(core: Core, steward: Viewer) -> None:
    reader = core.accounts.add_account("rosa", "r@example.org", "", Role.RESEARCHER, PASSWORD)
    assert core.histories.history(steward, Question()).first_day is not None
    summary = core.histories.history(Viewer(reader), Question())
    assert (summary.first_day, summary.trend, summary.change.parts) == (None, (), ())
    with pytest.raises(ResourceNotFoundError):
        core.histories.history(steward, Question(rubric_before_id="no_such_rubric"))
