"""Fixes over several collections: one act that is stored, told and undone as one, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.acts import mean_together, names_together
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.domain.uploads import BatchState, MeanScore
from fairdb_core.errors import AuthorizationError, ConflictError, ResourceNotFoundError
from fairdb_core.services.commits import Committer
from fairdb_core.services.histories import Question
from fairdb_core.services.plans import Plan
from tests.services.giving_way import breaking_off
from tests.services.people import import_text, person

FILES = {
    "Elbe": "identifier,title,license\nE-1,Soil moisture,\nE-2,River discharge,MIT\n",
    "Rhine": "identifier,title,license\nR-1,Air temperature,\nR-2,Snow depth,\nR-3,Wind,MIT\n",
}
SPRING = datetime(2024, 3, 20, 9, tzinfo=UTC)
LICENCE = BulkFix("license", FixAction.FILL, "CC0-1.0")


def store(core: Core, viewer: Viewer, name: str) -> None:
    made = core.collections.create(viewer, name, visibility=Visibility.PRIVATE)
    import_text(core, viewer, made.collection_id, FILES[name], SPRING)


@pytest.fixture
def both(core: Core, steward: Viewer) -> None:
    """Two collections of the steward."""
    for name in FILES:
        store(core, steward, name)


def plans_of(core: Core, viewer: Viewer, fix: BulkFix = LICENCE) -> tuple[Plan, ...]:
    return core.bulk_fixes.plan_all(viewer, core.bulk_fixes.targets(viewer, Filters()), fix)[0]


def values(core: Core, viewer: Viewer, field: str = "license") -> dict[str, object]:
    found = {
        each.identity: each.record.get(field)
        for target in core.bulk_fixes.targets(viewer, Filters())
        for each in (core.datasets.get(viewer, key) for key in target.dataset_ids)
    }
    return dict(sorted(found.items()))


def fix_one(core: Core, viewer: Viewer, text: str, value: str) -> None:
    """Set the licence of the one dataset that matches."""
    (target,) = core.bulk_fixes.targets(viewer, Filters(text))
    fix = BulkFix("license", FixAction.SET, value)
    plan = core.bulk_fixes.plan(viewer, target.collection_id, target.dataset_ids, fix)
    core.uploads.commit(viewer, plan)


@pytest.mark.usefixtures("both")
def test_fix_of_two_collections_is_one_batch_and_one_undo_puts_both_back(
    core: Core, steward: Viewer
) -> None:
    before, mean = values(core, steward), core.assessments.overview(steward).mean
    done = core.uploads.commit(steward, *plans_of(core, steward))
    assert (done.counts.update, done.counts.unchanged, len(done.parts)) == (3, 2, 2)
    assert done.name == "Empty Licence set to CC0-1.0 in 3 datasets"
    assert done.score_before == pytest.approx(mean, abs=1e-3)
    assert done.score_after == pytest.approx(core.assessments.overview(steward).mean, abs=1e-3)
    assert set(values(core, steward).values()) == {"CC0-1.0", "MIT"}
    for part in done.parts:
        assert core.batches.get(steward, part.batch_id) == done
    assert core.batches.of_viewer(steward, limit=1) == [done]

    shown = core.undo_plans.plan(steward, done.parts[1].batch_id)
    assert (shown.batch_id, shown.put_back, shown.kept) == (done.batch_id, 3, 0)
    assert shown.collection_names == ("Elbe", "Rhine")
    undo = core.batches.undo(steward, done.batch_id, shown)
    assert (undo.counts.update, undo.undoes_batch_id) == (3, done.batch_id)
    assert values(core, steward) == before
    assert core.assessments.overview(steward).mean == pytest.approx(mean)
    assert undo.score_after == pytest.approx(mean, abs=1e-3)
    told = core.batches.of_viewer(steward)
    assert [each.is_undone for each in told] == [False, True, False, False]
    assert told[1].undone_by_batch_id == undo.batch_id
    with pytest.raises(ConflictError, match="undone already"):
        core.undo_plans.plan(steward, done.parts[1].batch_id)


@pytest.mark.usefixtures("both")
def test_undo_of_an_act_can_be_undone_as_one(core: Core, steward: Viewer) -> None:
    done = core.uploads.commit(steward, *plans_of(core, steward))
    written = values(core, steward)
    undo = core.batches.undo(steward, done.batch_id)
    redo = core.batches.undo(steward, undo.batch_id)
    assert (len(redo.parts), values(core, steward)) == (2, written)
    assert core.batches.get(steward, done.batch_id).can_be_undone
    assert core.batches.get(steward, undo.batch_id).is_undone


@pytest.mark.usefixtures("both")
def test_batches_are_counted_as_acts_page_by_page(core: Core, steward: Viewer) -> None:
    done = core.uploads.commit(steward, *plans_of(core, steward))
    pages = [core.batches.of_viewer(steward, limit=1, offset=at) for at in range(4)]
    assert [page[0].batch_id for page in pages[:3]] == [done.batch_id, 2, 1]
    assert pages[3] == []


@pytest.mark.usefixtures("both")
def test_batches_of_their_own_stay_apart(core: Core, steward: Viewer) -> None:
    one, other = plans_of(core, steward)
    batches = [core.uploads.commit(steward, plan) for plan in (one, other)]
    assert [(batch.act_id, batch.parts) for batch in batches] == [(None, ())] * 2
    shown = core.undo_plans.plan(steward, batches[0].batch_id)
    assert shown.collection_names == ("Elbe",)
    core.batches.undo(steward, batches[0].batch_id, shown)
    assert values(core, steward) == {
        "E-1": None, "E-2": "MIT", "R-1": "CC0-1.0", "R-2": "CC0-1.0", "R-3": "MIT",
    }  # fmt: skip


@pytest.mark.usefixtures("both")
def test_act_of_which_one_collection_was_changed_meanwhile_stores_nothing(
    core: Core, steward: Viewer
) -> None:
    plans = plans_of(core, steward)
    fix_one(core, steward, "Wind", "ISC")
    before = values(core, steward)
    with pytest.raises(ConflictError, match="Nothing was stored"):
        core.uploads.commit(steward, *plans)
    assert values(core, steward) == before
    failed = core.batches.of_viewer(steward, limit=1)[0]
    assert [part.state for part in failed.of_each] == [BatchState.FAILED] * 2
    assert core.assessments.overview(steward).recent[0].name.startswith("Licence set to ISC")


@pytest.mark.usefixtures("both")
def test_act_and_undo_that_break_off_half_way_change_nothing_and_can_be_tried_again(
    core: Core, steward: Viewer
) -> None:
    before, plans = values(core, steward), plans_of(core, steward)
    with breaking_off(core), pytest.raises(OSError, match="disk is full"):
        core.uploads.commit(steward, *plans)
    assert_nothing_is_left(core, steward)
    assert values(core, steward) == before
    done = core.uploads.commit(steward, *plans)
    written = values(core, steward)
    with breaking_off(core), pytest.raises(OSError, match="disk is full"):
        core.batches.undo(steward, done.batch_id)
    assert_nothing_is_left(core, steward)
    assert values(core, steward) == written
    core.batches.undo(steward, done.batch_id)
    assert values(core, steward) == before


def assert_nothing_is_left(core: Core, steward: Viewer) -> None:
    """Check that the last act failed in all its collections and wrote nothing."""
    failed = core.batches.of_viewer(steward, limit=1)[0]
    assert [part.state for part in failed.of_each] == [BatchState.FAILED] * 2
    with core.storage.read() as work:
        for part in failed.of_each:
            assert work.dataset_versions.dataset_ids(part.batch_id) == []


@pytest.mark.usefixtures("both")
def test_undo_of_which_one_collection_was_changed_meanwhile_puts_nothing_back(
    core: Core, steward: Viewer
) -> None:
    done = core.uploads.commit(steward, *plans_of(core, steward))
    shown = core.undo_plans.plan(steward, done.batch_id)
    fix_one(core, steward, "Wind", "ISC")
    written = values(core, steward)
    with pytest.raises(ConflictError, match="look at what an undo does now"):
        core.batches.undo(steward, done.batch_id, shown)
    assert values(core, steward) == written
    assert core.batches.get(steward, done.batch_id).can_be_undone


@pytest.mark.usefixtures("both")
def test_undo_keeps_later_edits_of_each_collection_and_lists_them(
    core: Core, steward: Viewer
) -> None:
    done = core.uploads.commit(steward, *plans_of(core, steward))
    fix_one(core, steward, "Soil moisture", "ISC")
    fix_one(core, steward, "Snow depth", "0BSD")
    shown = core.undo_plans.plan(steward, done.batch_id)
    assert (shown.put_back, shown.removed, shown.kept) == (1, 0, 2)
    undo = core.batches.undo(steward, done.batch_id, shown)
    assert (undo.counts.update, undo.counts.refused) == (1, 2)
    assert values(core, steward) == {
        "E-1": "ISC", "E-2": "MIT", "R-1": None, "R-2": "0BSD", "R-3": "MIT",
    }  # fmt: skip
    left = core.batches.conflicts(steward, undo.batch_id)
    assert [(each.identity, each.now) for each in left] == [("E-1", "ISC"), ("R-2", "0BSD")]
    # Nothing was written in one of the collections, which can be redone all the same.
    core.batches.undo(steward, undo.batch_id)
    assert values(core, steward)["R-1"] == "CC0-1.0"


@pytest.mark.usefixtures("both")
def test_undo_of_what_was_all_changed_since_in_every_collection_is_refused(
    core: Core, steward: Viewer
) -> None:
    done = core.uploads.commit(steward, *plans_of(core, steward))
    over = BulkFix("license", FixAction.SET, "ISC")
    core.uploads.commit(steward, *plans_of(core, steward, over))
    refusal = core.undo_plans.plan(steward, done.batch_id).refusal
    assert refusal.startswith("Nothing can be undone")
    with pytest.raises(ConflictError) as refused:
        core.batches.undo(steward, done.batch_id)
    assert str(refused.value) == refusal


def test_only_who_may_change_all_collections_may_undo_an_act(core: Core) -> None:
    sam, eve, ada = (
        person(core, "sam"),
        person(core, "eve"),
        person(core, "ada", Role.ADMINISTRATOR),
    )
    store(core, sam, "Elbe")
    store(core, eve, "Rhine")
    before = values(core, ada)
    done = core.uploads.commit(ada, *plans_of(core, ada))
    seen = core.batches.of_viewer(sam)[0]
    assert (seen.batch_id, seen.counts.update, seen.parts) == (done.batch_id, 1, ())
    assert seen.is_partial
    assert not seen.can_be_undone
    of_eve = done.parts[1].batch_id
    assert core.undo_plans.possible(sam, [done.batch_id, of_eve]) == {}
    with pytest.raises(ResourceNotFoundError):
        core.batches.get(sam, of_eve)
    for viewer, batch_id in ((sam, done.batch_id), (eve, of_eve)):
        with pytest.raises(AuthorizationError, match="all of them"):
            core.undo_plans.plan(viewer, batch_id)
        with pytest.raises(AuthorizationError, match="all of them"):
            core.batches.undo(viewer, batch_id)
    assert core.undo_plans.possible(ada, [of_eve])[of_eve].batch_id == done.batch_id
    core.batches.undo(ada, done.batch_id)
    assert values(core, ada) == before


def test_act_is_not_begun_where_one_collection_may_not_be_changed(core: Core) -> None:
    sam, eve, ada = (
        person(core, "sam"),
        person(core, "eve"),
        person(core, "ada", Role.ADMINISTRATOR),
    )
    store(core, sam, "Elbe")
    store(core, eve, "Rhine")
    with pytest.raises(ResourceNotFoundError):
        core.uploads.commit(sam, *plans_of(core, ada))
    assert len(core.batches.of_viewer(ada)) == 2


@pytest.mark.usefixtures("both")
def test_same_act_twice_is_stored_once(core: Core, steward: Viewer) -> None:
    plans = plans_of(core, steward)
    done = core.uploads.commit(steward, *plans)
    assert core.uploads.commit(steward, *plans) == done
    one, _ = again = plans_of(core, steward, BulkFix("license", FixAction.SET, "ISC"))
    core.uploads.commit(steward, one)
    with pytest.raises(ConflictError, match="A part of this"):
        core.uploads.commit(steward, *again)


@pytest.mark.usefixtures("both")
def test_act_in_the_background_is_looked_after_as_one(core: Core, steward: Viewer) -> None:
    act_id = core.uploads.start(steward, *plans_of(core, steward))
    core.uploads.close()
    done = core.batches.get(steward, act_id)
    assert (done.state, done.rows_done, done.rows_total) == (BatchState.READY, 3, 3)
    chosen = Filters().with_values(Facet.BATCH, [str(part.batch_id) for part in done.parts])
    assert core.assessments.explore(steward, chosen).count == 3


@pytest.mark.usefixtures("both")
def test_filters_tell_the_batches_of_one_act_apart_by_their_collections(
    core: Core, steward: Viewer
) -> None:
    done = core.uploads.commit(steward, *plans_of(core, steward))
    facets = {each.facet: each for each in core.assessments.explore(steward, Filters()).facets}
    labels = {each.value: each.label for each in facets[Facet.BATCH].values}
    told = [labels[str(part.batch_id)].partition(": ")[2] for part in done.parts]
    assert told == [
        "Empty Licence set to CC0-1.0 in Elbe", "Empty Licence set to CC0-1.0 in Rhine",
    ]  # fmt: skip


@pytest.mark.usefixtures("both")
def test_act_that_was_broken_off_is_cleared_as_one_once_none_of_it_is_alive(
    core: Core, steward: Viewer
) -> None:
    rubric = plans_of(core, steward)[0].rubric
    committer = Committer(storage=core.storage, rubric=rubric)
    begun = committer.begin(steward, plans_of(core, steward))
    with core.storage.work() as work:
        work.batches.report_progress(begun.batch_ids[1], 1)
    assert committer.clear_interrupted(after=timedelta(minutes=2)) == 0
    assert committer.clear_interrupted(after=timedelta(0)) == 2
    told = core.batches.get(steward, begun.act_id)
    assert [part.state for part in told.parts] == [BatchState.FAILED] * 2


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("A", "A"),
        ("AB", "A and B"),
        ("ABCD", "A, B, C and D"),
        ("ABCDEF", "A, B, C and 3 more"),
    ],
)
def test_many_names_are_told_in_few_words(names: str, words: str) -> None:
    assert names_together(names) == words


@pytest.mark.usefixtures("both")
def test_ledger_tells_an_act_in_one_line_with_its_collections(core: Core, steward: Viewer) -> None:
    earlier = core.ledgers.ledger(steward).lines
    done = core.uploads.commit(steward, *plans_of(core, steward))
    ledger = core.ledgers.ledger(steward)
    assert len(ledger.lines) == len(earlier) + 1
    line = ledger.lines[0]
    assert (line.batch_id, line.collection_name, line.name) == (
        done.batch_id, "Elbe and Rhine", "Empty Licence set to CC0-1.0 in 3 datasets",
    )  # fmt: skip
    assert (line.mean_before, line.mean_after) == (done.score_before, done.score_after)
    assert [part.collection_name for part in line.parts] == ["Elbe", "Rhine"]
    assert line.dataset_count == sum(part.dataset_count for part in line.parts) == 3
    assert line.points == pytest.approx(sum(part.points for part in line.parts), abs=0.01)
    assert done.score_before is not None
    assert done.score_after is not None
    assert line.points > 0
    assert line.points == pytest.approx(5 * (done.score_after - done.score_before), abs=0.01)
    (sam,) = ledger.people
    assert (sam.points, sam.batch_count, sam.dataset_count) == (line.points, 3, 3)

    core.batches.undo(steward, done.batch_id)
    undone = core.ledgers.ledger(steward)
    assert [each.is_undone for each in undone.lines] == [True, False, False]
    assert undone.people[0].points == 0


def test_ledger_of_one_collection_tells_of_an_act_what_it_did_there(core: Core) -> None:
    sam, eve = person(core, "sam"), person(core, "eve")
    ada = person(core, "ada", Role.ADMINISTRATOR)
    store(core, sam, "Elbe")
    store(core, eve, "Rhine")
    whole = core.uploads.commit(ada, *plans_of(core, ada))
    line = core.ledgers.ledger(eve).lines[0]
    assert (line.batch_id, line.collection_name) == (whole.parts[1].batch_id, "Rhine")
    assert (line.dataset_count, line.parts) == (2, ())


@pytest.mark.usefixtures("both")
def test_history_and_overview_tell_an_act_once(core: Core, steward: Viewer) -> None:
    done = core.uploads.commit(steward, *plans_of(core, steward))
    told = core.assessments.overview(steward).recent
    assert [each.collection_name for each in told] == ["Elbe and Rhine", "Rhine", "Elbe"]
    assert (told[0].name, told[0].updated) == (done.name, 3)
    assert (told[0].score_before, told[0].score_after) == (done.score_before, done.score_after)
    since, until = SPRING.date(), datetime.now(UTC).date()
    change = core.histories.history(steward, Question(since, until)).change
    assert change.batch_count == 1
    (effect,) = change.batches
    assert (effect.batch_id, effect.collection_name) == (done.batch_id, "Elbe and Rhine")
    assert (effect.count, effect.title) == (3, "Empty Licence set to CC0-1.0")
    assert effect.points == pytest.approx(change.total, abs=1e-12)
    assert list(core.undo_plans.possible(steward, [effect.batch_id]).values()) == [done]


def test_mean_of_collections_together_is_that_of_their_datasets_where_counts_are_known() -> None:
    few, many = MeanScore(40.0, 1), MeanScore(80.0, 3)
    assert mean_together([few, many, MeanScore()]) == MeanScore(70.0, 4)
    assert mean_together([few, MeanScore(80.0, None)]) == MeanScore(None, None)
    assert mean_together([MeanScore()]) == MeanScore()
