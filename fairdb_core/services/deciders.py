"""Who decides on proposed fixes: only who may in all of their collections, and who that is."""

from collections.abc import Sequence
from dataclasses import replace

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.acts import names_together
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.domain.proposed_fixes import (
    ProposalState,
    ProposedFix,
    SeenFix,
    proposed_as_one,
)
from fairdb_core.errors import AuthorizationError, ConflictError, ResourceNotFoundError
from fairdb_core.repositories.storage import Work


def fixes_seen_by(work: Work, viewer: Viewer) -> list[SeenFix]:
    """Return the proposed fixes that the viewer may know of, the newest first.

    They are those of collections whose datasets the viewer may change; what they would do to
    other collections is left out.
    """
    changed = {
        each.collection_id
        for each in work.collections.visible(viewer)
        if is_allowed(viewer, Action.EDIT_DATASETS, each)
    }
    seen = []
    for parts in work.proposed_fixes.of_collections(changed):
        ours = [part for part in parts if part.collection_id in changed]
        told = replace(proposed_as_one(ours), left_out_count=len(parts) - len(ours))
        refusal = _refusal(work, viewer, parts) if told.state is ProposalState.OPEN else ""
        seen.append(SeenFix(told, refusal, is_own=told.author_user_id == viewer.user_id))
    return seen


def fix_to_decide(work: Work, viewer: Viewer, proposal_id: int) -> ProposedFix:
    """Return a proposed fix on all of which the viewer may decide, held against other deciders.

    Raises:
        AuthorizationError: It is the viewer's own, or not for the viewer to decide.
        ConflictError: It was decided already.
        ResourceNotFoundError: There is none that the viewer may know of.
    """
    parts, visible = _known_to(work, viewer, proposal_id)
    if not _decided_by(viewer, _collections_of(work, parts)):
        require(viewer, Action.DECIDE_FIXES, visible[0])
    refusal = _refusal(work, viewer, parts)
    if refusal:
        raise AuthorizationError(refusal)
    return _open(parts)


def fix_to_withdraw(work: Work, viewer: Viewer, proposal_id: int) -> ProposedFix:
    """Return a proposed fix that the viewer may take back, held against deciders.

    Raises:
        AuthorizationError: Somebody else proposed it.
        ConflictError: It was decided already.
        ResourceNotFoundError: There is none that the viewer may know of.
    """
    parts, _ = _known_to(work, viewer, proposal_id)
    if parts[0].author_user_id != viewer.user_id:
        raise AuthorizationError("Only who proposed a fix may withdraw it.")
    return _open(parts)


def _known_to(
    work: Work, viewer: Viewer, proposal_id: int
) -> tuple[list[ProposedFix], list[Collection]]:
    """Return the parts of a proposal, and of their collections those that the viewer may see."""
    parts = work.proposed_fixes.of_act(proposal_id, lock=True)
    collections = _collections_of(work, parts)
    visible = [each for each in collections if is_allowed(viewer, Action.READ_SCORES, each)]
    if not visible:
        raise ResourceNotFoundError("Proposed fix", proposal_id)
    return parts, visible


def _open(parts: Sequence[ProposedFix]) -> ProposedFix:
    proposed = proposed_as_one(parts)
    if proposed.state is not ProposalState.OPEN:
        raise ConflictError(f"This was {proposed.state.value} already.")
    return proposed


def _refusal(work: Work, viewer: Viewer, parts: Sequence[ProposedFix]) -> str:
    """Return why the viewer may not decide on all of a proposal, empty where that is so."""
    author_id, collections = parts[0].author_user_id, _collections_of(work, parts)
    ours = _decided_by(viewer, collections)
    is_own = author_id == viewer.user_id
    if not is_own and len(ours) == len(parts):
        return ""
    who = _deciders(work, author_id, collections)
    if is_own:
        return f"This is your own proposal; {who} has to decide on it."
    if ours:
        names = names_together(each.name for each in ours)
        return (
            f"You may decide on {names}, but not on all {len(parts)} collections of this fix. It "
            f"is approved or declined as one: {who} has to decide on it."
        )
    return f"You may not decide on it; {who} has to."


def _deciders(work: Work, author_id: int, collections: Sequence[Collection]) -> str:
    """Return in words who may decide on what somebody proposed for some collections."""
    author = work.users.get(author_id)
    owners = [work.users.get(key) for key in sorted({each.owner_user_id for each in collections})]
    names = [
        owner.username
        for owner in owners
        if owner is not None
        and owner.user_id != author_id
        and owner.role is not Role.ADMINISTRATOR
        and len(_decided_by(Viewer(owner), collections)) == len(collections)
    ]
    is_administrator = author is not None and author.role is Role.ADMINISTRATOR
    return " or ".join(
        [*names, "another administrator" if is_administrator else "an administrator"]
    )


def _decided_by(viewer: Viewer, collections: Sequence[Collection]) -> list[Collection]:
    return [each for each in collections if is_allowed(viewer, Action.DECIDE_FIXES, each)]


def _collections_of(work: Work, parts: Sequence[ProposedFix]) -> list[Collection]:
    found = (work.collections.get(part.collection_id) for part in parts)
    return [each for each in found if each is not None]
