"""Proposed fixes over real stores of either kind: who decides, and on what was shown."""

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction, FixTarget, LookUp
from fairdb_core.domain.proposed_fixes import ProposalState
from fairdb_core.domain.summaries import Filters
from fairdb_core.errors import (
    AuthorizationError,
    ConflictError,
    ResourceNotFoundError,
    ValidationError,
)
from tests.services.people import import_text, person

FILE = """identifier,title,license
A-1,Soil moisture,CC BY 4.0
A-2,River discharge,
A-3,Air temperature,
"""
FIX = BulkFix("license", FixAction.FILL, "MIT")


@pytest.fixture
def owner(core: Core) -> Viewer:
    return person(core, "olga")


@pytest.fixture
def steward(core: Core, owner: Viewer) -> Viewer:
    """Somebody of the team that the owner's collection is shared with."""
    ada = person(core, "ada", Role.ADMINISTRATOR)
    sam = person(core, "sam")
    team_id = core.teams.create(ada, "Rhine").team_id
    for each in (owner, sam):
        core.teams.add_member(ada, team_id, each.user_id or 0)
    collection = core.collections.create(owner, "Rhine", visibility=Visibility.PRIVATE)
    core.collections.change(
        ada,
        collection.collection_id,
        name="Rhine",
        description="",
        team_id=team_id,
        visibility=Visibility.PRIVATE,
    )
    import_text(core, owner, collection.collection_id, FILE)
    assert sam.user is not None
    return Viewer(sam.user, team_ids=frozenset({team_id}))


def targets(core: Core, viewer: Viewer) -> tuple[FixTarget, ...]:
    return core.bulk_fixes.targets(viewer, Filters())


def licences(core: Core, viewer: Viewer) -> list[object]:
    keys = sorted(targets(core, viewer)[0].dataset_ids)
    return [core.datasets.get(viewer, key).record.get("license") for key in keys]


def test_owner_approves_what_a_steward_proposed(core: Core, owner: Viewer, steward: Viewer) -> None:
    key = core.proposed_fixes.propose(steward, targets(core, steward), FIX, "all of them are free")
    assert licences(core, owner) == ["CC-BY-4.0", None, None]
    (own,) = core.proposed_fixes.seen_by(steward)
    assert own.refusal == (
        "This is your own proposal; olga or an administrator has to decide on it."
    )
    (seen,) = core.proposed_fixes.seen_by(owner)
    proposed = seen.proposed
    assert seen.may_decide
    assert (proposed.fix, proposed.update_count, proposed.note) == (FIX, 2, "all of them are free")
    batch = core.proposed_fixes.approve(owner, key, "yes")
    assert licences(core, owner) == ["CC-BY-4.0", "MIT", "MIT"]
    assert batch.score_after == pytest.approx(proposed.after.percent)
    (told,) = core.proposed_fixes.seen_by(steward)
    decided = told.proposed
    assert told.refusal == ""
    assert (decided.state, decided.batch_id) == (ProposalState.APPROVED, batch.batch_id)
    assert (decided.decided_by_name, decided.decision_note) == ("olga", "yes")
    with pytest.raises(ConflictError, match="approved already"):
        core.proposed_fixes.approve(owner, key)


def test_nobody_decides_on_what_they_proposed(core: Core, owner: Viewer, steward: Viewer) -> None:
    own = core.proposed_fixes.propose(owner, targets(core, owner), FIX)
    with pytest.raises(AuthorizationError, match="your own"):
        core.proposed_fixes.approve(owner, own)
    with pytest.raises(AuthorizationError, match="your own"):
        core.proposed_fixes.decline(owner, own, "no")
    with pytest.raises(AuthorizationError, match="permit"):
        core.proposed_fixes.approve(steward, own)
    with pytest.raises(ResourceNotFoundError):
        core.proposed_fixes.approve(person(core, "eve"), own)
    with pytest.raises(ResourceNotFoundError):
        core.proposed_fixes.approve(owner, own + 1)
    assert licences(core, owner) == ["CC-BY-4.0", None, None]
    assert core.proposed_fixes.seen_by(person(core, "eva")) == []


def test_who_proposed_a_fix_withdraws_it_until_it_is_decided(
    core: Core, owner: Viewer, steward: Viewer
) -> None:
    key = core.proposed_fixes.propose(steward, targets(core, steward), FIX)
    with pytest.raises(AuthorizationError, match="Only who proposed"):
        core.proposed_fixes.withdraw(owner, key)
    with pytest.raises(ResourceNotFoundError):
        core.proposed_fixes.withdraw(person(core, "eve"), key)
    (seen,) = core.proposed_fixes.seen_by(owner)
    assert not seen.may_withdraw
    (own,) = core.proposed_fixes.seen_by(steward)
    assert own.may_withdraw
    core.proposed_fixes.withdraw(steward, key)
    (told,) = core.proposed_fixes.seen_by(owner)
    assert (told.proposed.state, told.may_decide) == (ProposalState.WITHDRAWN, False)
    (own,) = core.proposed_fixes.seen_by(steward)
    assert (own.may_withdraw, own.proposed.decided_by_name) == (False, "sam")
    with pytest.raises(ConflictError, match="withdrawn already"):
        core.proposed_fixes.approve(owner, key)
    with pytest.raises(ConflictError, match="withdrawn already"):
        core.proposed_fixes.withdraw(steward, key)
    assert licences(core, owner) == ["CC-BY-4.0", None, None]
    other = core.proposed_fixes.propose(steward, targets(core, steward), FIX)
    core.proposed_fixes.approve(owner, other)
    with pytest.raises(ConflictError, match="approved already"):
        core.proposed_fixes.withdraw(steward, other)


def test_what_would_do_something_else_by_now_is_not_carried_out(
    core: Core, owner: Viewer, steward: Viewer
) -> None:
    key = core.proposed_fixes.propose(steward, targets(core, steward), FIX)
    (chosen,) = targets(core, owner)
    one = BulkFix("license", FixAction.LOOK_UP, table=LookUp("l.csv", (("A-2", "CC0-1.0"),)))
    plan = core.bulk_fixes.plan(owner, chosen.collection_id, chosen.dataset_ids, one)
    core.uploads.commit(owner, plan)
    with pytest.raises(ConflictError, match=r"change 2 datasets.*by now it would change 1 dataset"):
        core.proposed_fixes.approve(owner, key)
    assert licences(core, owner) == ["CC-BY-4.0", "CC0-1.0", None]
    assert core.proposed_fixes.seen_by(owner)[0].proposed.state is ProposalState.OPEN


def test_declined_fix_says_why_and_stays_undone(core: Core, owner: Viewer, steward: Viewer) -> None:
    table = LookUp("l.csv", (("A-2", "CC0-1.0"),))
    asked = BulkFix("license", FixAction.LOOK_UP, table=table)
    key = core.proposed_fixes.propose(steward, targets(core, steward), asked)
    assert core.proposed_fixes.seen_by(owner)[0].proposed.fix == asked
    with pytest.raises(ValidationError, match="say why"):
        core.proposed_fixes.decline(owner, key, " ")
    core.proposed_fixes.decline(owner, key, "not ours to license")
    declined = core.proposed_fixes.seen_by(steward)[0].proposed
    assert (declined.state, declined.decision_note) == (
        ProposalState.DECLINED,
        "not ours to license",
    )
    with pytest.raises(ConflictError, match="declined already"):
        core.proposed_fixes.approve(owner, key)
    assert licences(core, owner) == ["CC-BY-4.0", None, None]
    with pytest.raises(ValidationError, match="changes nothing"):
        core.proposed_fixes.propose(
            steward, targets(core, steward), BulkFix("title", FixAction.FILL, "x")
        )
