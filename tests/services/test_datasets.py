"""One dataset at a time, under the rules of a file, by two people at once."""

from dataclasses import replace

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Dataset, Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.summaries import Filters
from fairdb_core.errors import (
    AuthorizationError,
    ConflictError,
    DuplicateError,
    NothingChangedError,
    ResourceNotFoundError,
    ValidationError,
)
from fairdb_core.services.previews import in_turn
from tests.services.people import person

TYPED = {"identifier": "https://doi.org/10.1000/AB", "title": "Soil", "keywords": "soil\nwater"}


@pytest.fixture
def collection_id(core: Core, steward: Viewer) -> int:
    return core.collections.create(steward, "Rhine").collection_id


def saved(core: Core, viewer: Viewer, collection_id: int) -> Dataset:
    core.datasets.save(viewer, collection_id, TYPED)
    key = core.assessments.matching(viewer, Filters())[collection_id][0]
    return core.datasets.get(viewer, key)


def test_form_stores_what_a_file_would(core: Core, steward: Viewer, collection_id: int) -> None:
    dataset = saved(core, steward, collection_id)
    assert dataset.record == {
        "identifier": "10.1000/ab",
        "title": "Soil",
        "keywords": ["soil", "water"],
    }
    assert dataset.identity == "10.1000/ab"
    assert core.datasets.typed(dataset)["keywords"] == "soil\nwater"
    assert core.datasets.typed(None)["title"] == ""


def test_form_says_what_a_file_would(core: Core) -> None:
    _, problems, assessment = core.what_ifs.check({**TYPED, "license": "free"})
    assert [problem.code for problem in problems] == ["licence_not_recognised"]
    assert assessment.total.percent is not None
    worse = core.what_ifs.check(TYPED)[2]
    assert worse.total.earned < assessment.total.earned


def test_form_offers_both_readings_of_a_date(core: Core) -> None:
    _, problems, _ = core.what_ifs.check({**TYPED, "publication_date": "03/04/2021"})
    assert [problem.remedy for problem in problems] == [
        "Left empty. Write 2021-04-03 or 2021-03-04."
    ]


@pytest.mark.parametrize("typed", [{}, {"title": "  "}, {"title": "n/a"}, {"license": "MIT"}])
def test_dataset_without_identifier_and_title_is_refused(
    core: Core, steward: Viewer, collection_id: int, typed: dict[str, str]
) -> None:
    with pytest.raises(ValidationError, match=r"an identifier or a title\. Fill in one of them\.$"):
        core.datasets.save(steward, collection_id, typed)
    assert core.batches.of_viewer(steward) == []
    seen = saved(core, steward, collection_id)
    with pytest.raises(ValidationError, match="an identifier or a title"):
        core.datasets.save(steward, collection_id, typed, editing=seen)
    assert core.datasets.get(steward, seen.dataset_id) == seen
    assert len(core.batches.of_viewer(steward)) == 1


def test_new_dataset_with_a_known_identifier_is_refused(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    saved(core, steward, collection_id)
    with pytest.raises(ConflictError, match="already"):
        core.datasets.save(steward, collection_id, {"identifier": "doi:10.1000/ab"})


def test_second_of_two_editors_sees_the_conflict_and_loses_nothing(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    seen = saved(core, steward, collection_id)
    core.datasets.save(steward, collection_id, {**TYPED, "title": "Soil A"}, editing=seen)
    mine = {**TYPED, "title": "Soil B"}
    with pytest.raises(ConflictError, match="Somebody changed"):
        core.datasets.save(steward, collection_id, mine, editing=seen)
    conflict = core.datasets.conflict(steward, seen.dataset_id, mine)
    assert [(each.title, each.before, each.after) for each in conflict] == [
        ("Title", "Soil A", "Soil B")
    ]
    now = core.datasets.get(steward, seen.dataset_id)
    core.datasets.save(steward, collection_id, mine, editing=now)
    titles = [v.record["title"] for v in core.datasets.history(steward, seen.dataset_id)]
    assert titles == ["Soil B", "Soil A", "Soil"]


def test_edit_that_changes_nothing_makes_no_batch(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    seen = saved(core, steward, collection_id)
    with pytest.raises(NothingChangedError, match=r"^Nothing was changed\.$"):
        core.datasets.save(steward, collection_id, core.datasets.typed(seen), editing=seen)
    assert core.datasets.get(steward, seen.dataset_id) == seen
    assert len(core.batches.of_viewer(steward)) == 1


def test_dataset_is_known_by_its_edited_identifier_and_keeps_its_history(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    seen = saved(core, steward, collection_id)
    moved = {**TYPED, "identifier": "10.1000/new"}
    batch = core.datasets.save(steward, collection_id, moved, editing=seen)
    now = core.datasets.get(steward, seen.dataset_id)
    assert (now.identity, now.record["identifier"]) == ("10.1000/new", "10.1000/new")
    assert len(core.datasets.history(steward, seen.dataset_id)) == 2
    with pytest.raises(ConflictError, match=r"10\.1000/new is in this collection already"):
        core.datasets.save(steward, collection_id, moved)

    undo = core.batches.undo(steward, batch.batch_id)
    assert core.datasets.get(steward, seen.dataset_id).identity == "10.1000/ab"
    core.batches.undo(steward, undo.batch_id)
    assert core.datasets.get(steward, seen.dataset_id).identity == "10.1000/new"


def test_edited_identifier_that_another_dataset_has_is_refused(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    seen = saved(core, steward, collection_id)
    moved = {**TYPED, "identifier": "A-2"}
    other = core.datasets.save(steward, collection_id, moved)
    with pytest.raises(ConflictError, match="A-2 is in this collection already"):
        core.datasets.save(steward, collection_id, moved, editing=seen)
    core.batches.undo(steward, other.batch_id)
    with pytest.raises(ConflictError, match="was deleted from this collection"):
        core.datasets.save(steward, collection_id, moved, editing=seen)
    assert core.datasets.get(steward, seen.dataset_id) == seen


def test_old_identifier_that_was_given_away_is_not_taken_back(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    seen = saved(core, steward, collection_id)
    moved = {**TYPED, "identifier": "A-2"}
    batch = core.datasets.save(steward, collection_id, moved, editing=seen)
    core.datasets.save(steward, collection_id, TYPED)
    foretold = core.undo_plans.plan(steward, batch.batch_id).refusal
    assert foretold.startswith("Nothing can be undone: another dataset")
    with pytest.raises(ConflictError, match=foretold):
        core.batches.undo(steward, batch.batch_id)
    assert core.datasets.get(steward, seen.dataset_id).identity == "A-2"


def test_titles_that_a_fix_made_equal_do_not_become_identities(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    for title in ("Soil", "Water"):
        core.datasets.save(steward, collection_id, {"title": title})
    keys = sorted(core.assessments.matching(steward, Filters())[collection_id])
    fix = BulkFix("title", FixAction.SET, "Same")
    plan = core.bulk_fixes.plan(steward, collection_id, keys, fix)
    fixed = core.uploads.commit(steward, plan)
    undo = core.batches.undo(steward, fixed.batch_id)
    core.batches.undo(steward, undo.batch_id)
    found = [core.datasets.get(steward, key) for key in keys]
    assert [each.identity for each in found] == ["title:soil", "title:water"]

    core.datasets.save(steward, collection_id, {"title": "Same"}, editing=found[0])
    assert core.datasets.get(steward, keys[0]).identity == "title:same"


def test_reader_sees_a_dataset_and_may_not_edit_it(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    dataset = saved(core, steward, collection_id)
    reader = person(core, "rosa", Role.RESEARCHER)
    assert core.datasets.get(reader, dataset.dataset_id).identity == dataset.identity
    assert not core.assessments.dataset(reader, dataset.dataset_id).may_edit
    assert core.assessments.dataset(steward, dataset.dataset_id).may_edit
    with pytest.raises(AuthorizationError):
        core.datasets.save(reader, collection_id, TYPED, editing=dataset)


def test_own_dataset_of_a_private_collection_is_seen_by_whom_it_is_assigned_to(
    core: Core, steward: Viewer
) -> None:
    private = core.collections.create(steward, "Mine", visibility=Visibility.PRIVATE)
    dataset = saved(core, steward, private.collection_id)
    reader = person(core, "rosa", Role.RESEARCHER)
    with pytest.raises(ResourceNotFoundError):
        core.datasets.get(reader, dataset.dataset_id)
    core.ownership.assign(steward, [dataset.dataset_id], reader.user_id)
    assert core.datasets.get(reader, dataset.dataset_id).owner_user_id == reader.user_id
    assert core.ownership.first_of(steward, private.collection_id, limit=5) == [dataset.dataset_id]
    with pytest.raises(ResourceNotFoundError):
        core.ownership.assign(steward, [dataset.dataset_id], 999)
    with pytest.raises(ResourceNotFoundError):
        core.ownership.assign(steward, [999], reader.user_id)
    with pytest.raises(AuthorizationError):
        core.ownership.assign(reader, [saved(core, steward, _open(core, steward)).dataset_id], None)


def _open(core: Core, steward: Viewer) -> int:
    return core.collections.create(steward, "Open").collection_id


def test_collection_is_named_once_and_changed_by_its_owner(core: Core, steward: Viewer) -> None:
    made = core.collections.create(steward, " Rhine  soil ", description="x")
    assert made.name == "Rhine soil"
    with pytest.raises(DuplicateError):
        core.collections.create(steward, "rhine SOIL")
    with pytest.raises(ValidationError):
        core.collections.create(steward, "  ")
    core.collections.change(
        steward,
        made.collection_id,
        name="Rhine",
        description="",
        team_id=None,
        visibility=Visibility.PRIVATE,
    )
    stranger = person(core, "eve")
    assert core.collections.visible(stranger) == []
    with pytest.raises(ResourceNotFoundError):
        core.collections.change(
            stranger,
            made.collection_id,
            name="Mine",
            description="",
            team_id=None,
            visibility=Visibility.PUBLIC,
        )
    with pytest.raises(ValidationError, match="team"):
        core.collections.create(steward, "Other", team_id=7)


def test_preview_shows_which_fields_change_and_gives_the_file_back_with_notes(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    saved(core, steward, collection_id)
    content = b"identifier,title,license\n10.1000/AB,Soil moisture,free\n,,MIT\n"
    table = core.previews.read(steward, content, "x.csv")
    plan = core.previews.plan(steward, collection_id, table, core.previews.suggest(steward, table))
    differences = core.plan_views.differences(steward, plan)
    assert [(d.row, d.field, d.before, d.after) for d in differences] == [
        (2, "Title", "Soil", "Soil moisture"),
        (2, "Licence", "", "free"),
    ]
    lines = core.plan_views.annotated(content, plan).decode().splitlines()
    assert lines[0].endswith(',"FAIRDatabase problem","FAIRDatabase suggestion"')
    assert lines[1].startswith('10.1000/AB,Soil moisture,free,"Warning: license: expected an SPDX')
    assert lines[1].endswith(
        "It is kept as it is, and checks that ask for a known licence stay unmet. "
        'Choose one from spdx.org/licenses."'
    )
    assert lines[2].startswith(',,MIT,"Error: expected an identifier or a title"')


def test_mapping_that_was_chosen_is_offered_again(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    table = core.previews.read(steward, b"title,blue\nSoil,x\n", "x.csv")
    chosen = [
        column if column.column == "title" else replace(column, field="provenance")
        for column in core.previews.suggest(steward, table)
    ]
    core.uploads.commit(steward, core.previews.plan(steward, collection_id, table, chosen))
    again = core.previews.suggest(steward, table)
    assert [(c.field, c.reason) for c in again][1] == ("provenance", "chosen last time")


def test_order_of_columns_for_one_value_is_offered_again(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    content = b"title,titel,licence\nSoil,Boden,MIT\n"
    table = core.previews.read(steward, content, "x.csv")
    chosen = [
        column if column.field else replace(column, field="title")
        for column in core.previews.suggest(steward, table)
    ]
    in_order = in_turn(chosen, ("titel", "title"))
    assert [each.column for each in in_order] == ["titel", "title", "licence"]
    core.uploads.commit(steward, core.previews.plan(steward, collection_id, table, in_order))
    assert core.previews.suggest(steward, table)[0].column == "titel"
    plan = core.previews.plan(steward, collection_id, table, core.previews.suggest(steward, table))
    assert plan.counts.unchanged == 1


def test_preview_tells_which_datasets_other_collections_hold_already(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    saved(core, steward, collection_id)
    stranger = person(core, "zoe")
    hidden = core.collections.create(stranger, "Hidden", visibility=Visibility.PRIVATE)
    saved(core, stranger, hidden.collection_id)
    other = core.collections.create(steward, "Elbe").collection_id
    content = b"identifier,title\nDOI:10.1000/ab,Soil\n10.1000/new,Air\n7,Water\n"
    table = core.previews.read(steward, content, "x.csv")
    plan = core.previews.plan(steward, other, table, core.previews.suggest(steward, table))
    assert core.plan_views.elsewhere(steward, plan) == {"Rhine": 1}
