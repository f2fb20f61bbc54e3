"""Fixes of several collections that are proposed: seen, decided on, stored and undone as one."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction, FixTarget
from fairdb_core.domain.proposed_fixes import ProposalState, ProposedFix, SeenFix
from fairdb_core.domain.summaries import Filters
from fairdb_core.domain.uploads import Batch
from fairdb_core.errors import (
    AuthorizationError,
    ConflictError,
    ResourceNotFoundError,
    ValidationError,
)
from tests.services.giving_way import breaking_off
from tests.services.people import import_text, person

FILES = {
    "Elbe": "identifier,title,license\nE-1,Soil moisture,\nE-2,River discharge,MIT\n",
    "Rhine": "identifier,title,license\nR-1,Air temperature,\nR-2,Snow depth,\nR-3,Wind,MIT\n",
    "Weser": "identifier,title,license\nW-1,Tides,MIT\n",
}
LICENCE = BulkFix("license", FixAction.FILL, "CC0-1.0")
BEFORE = {"E-1": None, "E-2": "MIT", "R-1": None, "R-2": None, "R-3": "MIT", "W-1": "MIT"}
AFTER = {key: value or "CC0-1.0" for key, value in BEFORE.items()}


@pytest.fixture
def ada(core: Core) -> Viewer:
    return person(core, "ada", Role.ADMINISTRATOR)


@pytest.fixture
def eve(core: Core) -> Viewer:
    return person(core, "eve")


@pytest.fixture
def sam(core: Core, ada: Viewer, eve: Viewer) -> Viewer:
    """Somebody whose own Elbe and Weser are private, and whose team looks after eve's Rhine."""
    sam = person(core, "sam")
    assert sam.user is not None
    team_id = core.teams.create(ada, "Rivers").team_id
    core.teams.add_member(ada, team_id, sam.user.user_id)
    for owner, name in ((sam, "Elbe"), (eve, "Rhine"), (sam, "Weser")):
        made = core.collections.create(owner, name, visibility=Visibility.PRIVATE)
        import_text(core, owner, made.collection_id, FILES[name])
        if owner is eve:
            core.collections.change(
                ada,
                made.collection_id,
                name=name,
                description="",
                team_id=team_id,
                visibility=Visibility.PRIVATE,
            )
    return Viewer(sam.user, team_ids=frozenset({team_id}))


def targets(core: Core, viewer: Viewer, text: str = "") -> tuple[FixTarget, ...]:
    return core.bulk_fixes.targets(viewer, Filters(text))


def values(core: Core, ada: Viewer) -> dict[str, object]:
    """Return the licence of each dataset."""
    found = {
        each.identity: each.record.get("license")
        for target in targets(core, ada)
        for each in (core.datasets.get(ada, key) for key in target.dataset_ids)
    }
    return dict(sorted(found.items()))


def proposed_by(core: Core, viewer: Viewer) -> int:
    return core.proposed_fixes.propose(viewer, targets(core, viewer), LICENCE, "all are free")


def only(core: Core, viewer: Viewer) -> SeenFix:
    """Return the one proposal that somebody sees."""
    (seen,) = core.proposed_fixes.seen_by(viewer)
    return seen


def names(core: Core, proposed: ProposedFix, ada: Viewer) -> list[str]:
    told = {each.collection_id: each.name for each in core.collections.visible(ada)}
    return [told[part.collection_id] for part in proposed.of_each]


def test_fix_of_two_collections_is_proposed_approved_and_undone_as_one(
    core: Core, sam: Viewer, ada: Viewer
) -> None:
    key = proposed_by(core, sam)
    assert values(core, ada) == BEFORE
    seen = only(core, ada)
    assert seen.may_decide
    assert (seen.proposed.proposal_id, seen.proposed.note) == (key, "all are free")
    # Nothing would change in Weser, which is no part of it.
    assert names(core, seen.proposed, ada) == ["Elbe", "Rhine"]
    assert [part.update_count for part in seen.proposed.parts] == [1, 2]
    assert (seen.proposed.update_count, seen.proposed.left_out_count) == (3, 0)

    batch = core.proposed_fixes.approve(ada, key, "yes")
    assert values(core, ada) == AFTER
    assert (batch.name, len(batch.parts)) == ("Empty Licence set to CC0-1.0 in 3 datasets", 2)
    assert batch.score_before == pytest.approx(seen.proposed.before.percent)
    assert batch.score_after == pytest.approx(seen.proposed.after.percent)
    assert core.ledgers.ledger(ada).lines[0].batch_id == batch.batch_id
    assert core.batches.of_viewer(ada, limit=1) == [batch]
    for viewer in (ada, sam):
        told = only(core, viewer).proposed
        assert (told.state, told.batch_id) == (ProposalState.APPROVED, batch.batch_id)
        assert (told.decided_by_name, told.decision_note) == ("ada", "yes")
        assert [p.batch_id for p in told.parts] == [p.batch_id for p in batch.parts]
    for part in told.parts:
        with pytest.raises(ConflictError, match="approved already"):
            core.proposed_fixes.approve(ada, part.proposal_id)
    assert [event.action for event in core.audit.search(ada)].count("fix_approved") == 1

    undo = core.batches.undo(ada, batch.batch_id)
    assert (undo.counts.update, values(core, ada)) == (3, BEFORE)


def test_who_may_decide_on_a_part_sees_that_part_and_who_decides_on_all(
    core: Core, sam: Viewer, eve: Viewer, ada: Viewer
) -> None:
    key = proposed_by(core, sam)
    seen = only(core, eve)
    assert not seen.may_decide
    # Elbe is not there for eve, so that its name is not told.
    assert seen.refusal == (
        "You may decide on Rhine, but not on all 2 collections of this fix. It is approved or "
        "declined as one: an administrator has to decide on it."
    )
    assert names(core, seen.proposed, ada) == ["Rhine"]
    assert (seen.proposed.update_count, seen.proposed.left_out_count) == (2, 1)
    assert only(core, sam).refusal == (
        "This is your own proposal; an administrator has to decide on it."
    )
    for part_key in (key, seen.proposed.proposal_id):
        with pytest.raises(AuthorizationError, match="You may decide on Rhine, but not"):
            core.proposed_fixes.approve(eve, part_key)
        with pytest.raises(AuthorizationError, match="You may decide on Rhine, but not"):
            core.proposed_fixes.decline(eve, part_key, "no")
        with pytest.raises(AuthorizationError, match="your own"):
            core.proposed_fixes.approve(sam, part_key)
    assert only(core, ada).may_decide
    assert values(core, ada) == BEFORE

    batch = core.proposed_fixes.approve(ada, key)
    told = only(core, eve)
    assert (told.proposed.batch_id, told.refusal) == (batch.parts[1].batch_id, "")
    assert core.batches.get(eve, batch.parts[1].batch_id).is_partial


def test_owner_of_all_collections_decides_and_is_named(
    core: Core, sam: Viewer, eve: Viewer, ada: Viewer
) -> None:
    made = core.collections.create(eve, "Oder", visibility=Visibility.PRIVATE)
    import_text(core, eve, made.collection_id, "identifier,title,license\nO-1,Floods,\n")
    (team_id,) = sam.team_ids
    core.collections.change(
        ada, made.collection_id, name="Oder", description="", team_id=team_id,
        visibility=Visibility.PRIVATE,
    )  # fmt: skip
    of_eve = [each for each in targets(core, sam) if each.collection_name in {"Oder", "Rhine"}]
    key = core.proposed_fixes.propose(sam, of_eve, LICENCE)
    assert "eve or an administrator has to" in only(core, sam).refusal
    assert only(core, eve).may_decide
    batch = core.proposed_fixes.approve(eve, key)
    assert (len(batch.parts), batch.counts.update) == (2, 3)
    assert core.batches.undo(eve, batch.batch_id).counts.update == 3


def test_declined_as_one_it_is_declined_in_all(
    core: Core, sam: Viewer, eve: Viewer, ada: Viewer
) -> None:
    key = proposed_by(core, sam)
    core.proposed_fixes.decline(ada, key, "ask the Rhine group")
    for viewer in (sam, eve, ada):
        told = only(core, viewer)
        assert [part.state for part in told.proposed.of_each] == [
            ProposalState.DECLINED
        ] * len(told.proposed.of_each)  # fmt: skip
        assert (told.proposed.decision_note, told.refusal) == ("ask the Rhine group", "")
    with pytest.raises(ConflictError, match="declined already"):
        core.proposed_fixes.approve(ada, key)
    assert values(core, ada) == BEFORE


def test_nothing_is_stored_where_one_collection_was_changed_since(
    core: Core, sam: Viewer, ada: Viewer
) -> None:
    key = proposed_by(core, sam)
    (target,) = targets(core, ada, "Snow depth")
    fix = BulkFix("license", FixAction.SET, "ISC")
    plan = core.bulk_fixes.plan(ada, target.collection_id, target.dataset_ids, fix)
    core.uploads.commit(ada, plan)
    changed = {**BEFORE, "R-2": "ISC"}
    with pytest.raises(
        ConflictError,
        match=r"The datasets of Rhine were .* change 3 datasets, .* by now it would change 2 data",
    ):
        core.proposed_fixes.approve(ada, key)
    assert values(core, ada) == changed
    assert only(core, ada).may_decide
    core.proposed_fixes.decline(ada, key, "propose it again")


def test_approval_that_breaks_off_half_way_stores_nothing_and_can_be_given_again(
    core: Core, sam: Viewer, ada: Viewer
) -> None:
    key = proposed_by(core, sam)
    with breaking_off(core), pytest.raises(OSError, match="disk is full"):
        core.proposed_fixes.approve(ada, key)
    assert values(core, ada) == BEFORE
    seen = only(core, ada)
    assert seen.may_decide
    assert (seen.proposed.batch_id, seen.proposed.decided_by_name) == (None, "")
    core.proposed_fixes.approve(ada, key)
    assert values(core, ada) == AFTER


def test_of_two_who_approve_at_once_one_carries_it_out(
    core: Core, sam: Viewer, ada: Viewer
) -> None:
    key = proposed_by(core, sam)
    grace = person(core, "grace", Role.ADMINISTRATOR)

    def approve(viewer: Viewer) -> Batch | str:
        try:
            return core.proposed_fixes.approve(viewer, key)
        except ConflictError as error:
            return str(error)

    with ThreadPoolExecutor(max_workers=2) as threads:
        done = list(threads.map(approve, (ada, grace)))
    assert "This was approved already." in done
    (batch,) = (each for each in done if isinstance(each, Batch))
    assert values(core, ada) == AFTER
    assert core.batches.of_viewer(ada, limit=2)[0] == batch
    assert only(core, ada).proposed.batch_id == batch.batch_id


def test_only_what_one_may_change_in_all_collections_can_be_proposed(
    core: Core, sam: Viewer, eve: Viewer, ada: Viewer
) -> None:
    everywhere = targets(core, ada)
    with pytest.raises(ResourceNotFoundError):
        core.proposed_fixes.propose(eve, everywhere, LICENCE)
    with pytest.raises(ValidationError, match="changes nothing"):
        core.proposed_fixes.propose(sam, (), LICENCE)
    assert core.proposed_fixes.seen_by(ada) == []
    own = core.proposed_fixes.propose(ada, everywhere, LICENCE)
    assert "another administrator has to" in only(core, ada).refusal
    with pytest.raises(AuthorizationError, match="your own"):
        core.proposed_fixes.decline(ada, own, "no")
    with pytest.raises(ResourceNotFoundError):
        core.proposed_fixes.approve(person(core, "zoe"), own)
    grace = person(core, "grace", Role.ADMINISTRATOR)
    core.proposed_fixes.approve(grace, own)
    assert values(core, ada) == AFTER


def test_proposals_are_told_newest_first_and_of_one_collection_stand_for_themselves(
    core: Core, sam: Viewer, ada: Viewer
) -> None:
    both = proposed_by(core, sam)
    single = core.proposed_fixes.propose(sam, targets(core, sam, "Soil moisture"), LICENCE)
    first, second = (seen.proposed for seen in core.proposed_fixes.seen_by(ada))
    assert (first.proposal_id, first.act_id, first.parts) == (single, None, ())
    assert (second.proposal_id, len(second.parts)) == (both, 2)
    core.proposed_fixes.approve(ada, single)
    assert values(core, ada) == {**BEFORE, "E-1": "CC0-1.0"}
    with pytest.raises(ConflictError, match="The datasets of Elbe were changed"):
        core.proposed_fixes.approve(ada, both)
