"""Fixes that a steward proposes, and that the owner or an administrator decides on."""

import hashlib
from datetime import UTC, datetime

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.fixes import BulkFix, FixTarget
from fairdb_core.domain.permissions import Action, is_allowed, require
from fairdb_core.domain.proposed_fixes import ProposalState, ProposedFix
from fairdb_core.domain.uploads import Batch
from fairdb_core.errors import (
    AuthorizationError,
    ConflictError,
    FAIRDatabaseError,
    ResourceNotFoundError,
    ValidationError,
)
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.services.bulk_fixes import BulkFixService
from fairdb_core.services.collections import collection_behind
from fairdb_core.services.plans import Plan
from fairdb_core.services.uploads import UploadService

MAX_NOTE = 1_000
_log = get_logger(__name__)


class ProposedFixService:
    """Proposed fixes as one person sees them.

    Args:
        storage: The store.
        bulk_fixes: Plans what a fix does.
        uploads: Carries out what is approved.
    """

    def __init__(
        self, *, storage: Storage, bulk_fixes: BulkFixService, uploads: UploadService
    ) -> None:
        self._storage = storage
        self._bulk_fixes = bulk_fixes
        self._uploads = uploads

    def propose(self, viewer: Viewer, target: FixTarget, fix: BulkFix, note: str = "") -> int:
        """Propose a fix of one collection, and return its key.

        Raises:
            AuthorizationError: The viewer may not change this collection.
            ResourceNotFoundError: There is no such collection for the viewer.
            ValidationError: The fix is not accepted, changes nothing, or the note is too long.
        """
        plan = self._bulk_fixes.plan(viewer, target.collection_id, target.dataset_ids, fix)
        if not plan.counts.changes:
            raise ValidationError("Fix", "it changes nothing")
        with self._storage.work() as work:
            proposed = _proposed(viewer, target, fix, plan, _checked_note(note))
            proposal_id = work.proposed_fixes.add(proposed)
            _audit(work, viewer, "fix_proposed", proposal_id)
        return proposal_id

    def seen_by(self, viewer: Viewer) -> list[tuple[ProposedFix, bool]]:
        """Return the proposed fixes that the viewer may know of, and may decide on, newest first.

        They are those of collections whose datasets the viewer may change.
        """
        with self._storage.read() as work:
            changed = {
                each.collection_id: each
                for each in work.collections.visible(viewer)
                if is_allowed(viewer, Action.EDIT_DATASETS, each)
            }
            found = work.proposed_fixes.of_collections(changed)
        return [(each, _may_decide(viewer, each, changed[each.collection_id])) for each in found]

    def approve(self, viewer: Viewer, proposal_id: int, note: str = "") -> Batch:
        """Carry out a proposed fix, if it still does what was shown, and return its batch.

        Raises:
            AuthorizationError: It is the viewer's own, or not for the viewer to decide.
            ConflictError: It was decided already, or it would do something else by now.
            ResourceNotFoundError: There is none that the viewer may know of.
        """
        approved, name, note = ProposalState.APPROVED, _name(viewer), _checked_note(note)
        with self._storage.work() as work:
            proposed = _to_decide(work, viewer, proposal_id)
            work.proposed_fixes.decide(proposal_id, approved, by_name=name, note=note)
        try:
            ids, fix = proposed.dataset_ids, proposed.fix
            plan = self._bulk_fixes.plan(viewer, proposed.collection_id, ids, fix)
            if digest_of_effect(plan, fix.field) != proposed.effect_digest:
                raise ConflictError(_what_changed(proposed, plan))
            batch = self._uploads.commit(viewer, plan)
        except FAIRDatabaseError:
            with self._storage.work() as work:
                work.proposed_fixes.decide(proposal_id, ProposalState.OPEN)
            raise
        with self._storage.work() as work:
            work.proposed_fixes.decide(
                proposal_id, approved, by_name=name, note=note, batch_id=batch.batch_id
            )
            _audit(work, viewer, "fix_approved", proposal_id)
        return batch

    def decline(self, viewer: Viewer, proposal_id: int, note: str) -> None:
        """Decline a proposed fix, and say why.

        Raises:
            AuthorizationError: It is the viewer's own, or not for the viewer to decide.
            ConflictError: It was decided already.
            ResourceNotFoundError: There is none that the viewer may know of.
            ValidationError: Nothing is said, or too much.
        """
        if not note.strip():
            raise ValidationError("Note", "say why, so that the proposer can do better")
        with self._storage.work() as work:
            _to_decide(work, viewer, proposal_id)
            work.proposed_fixes.decide(
                proposal_id,
                ProposalState.DECLINED,
                by_name=_name(viewer),
                note=_checked_note(note),
            )
            _audit(work, viewer, "fix_declined", proposal_id)


def _proposed(
    viewer: Viewer, target: FixTarget, fix: BulkFix, plan: Plan, note: str
) -> ProposedFix:
    return ProposedFix(
        proposal_id=0,
        collection_id=target.collection_id,
        author_user_id=viewer.user_id or 0,
        author_name=_name(viewer),
        fix=fix,
        dataset_ids=target.dataset_ids,
        effect_digest=digest_of_effect(plan, fix.field),
        update_count=plan.counts.update,
        score_before=plan.score_before,
        score_after=plan.score_after,
        note=note,
        state=ProposalState.OPEN,
        created_at=datetime.now(UTC),
    )


def digest_of_effect(plan: Plan, field: str) -> str:
    """Return a hash of what a plan shows: the datasets, their new values and their scores."""
    changes = plan.changes.sort("dataset_id")
    after = records.frame_of_json(changes["metadata_json"]).select(field)
    shown = changes.select("dataset_id", "percent_before", "percent_after").hstack(after)
    return hashlib.sha256(shown.write_csv().encode()).hexdigest()


def _what_changed(proposed: ProposedFix, plan: Plan) -> str:
    def told(count: int, before: float | None, after: float | None) -> str:
        means = "" if before is None or after is None else f", mean {before:.2f} → {after:.2f} %"
        return f"{count:,} {'dataset' if count == 1 else 'datasets'}{means}"

    then = told(proposed.update_count, proposed.score_before, proposed.score_after)
    now = told(plan.counts.update, plan.score_before, plan.score_after)
    return (
        f"The datasets were changed since this was proposed: it was to change {then}; "
        f"by now it would change {now}. Nothing was stored; have it proposed again."
    )


def _to_decide(work: Work, viewer: Viewer, proposal_id: int) -> ProposedFix:
    proposed = work.proposed_fixes.get(proposal_id, lock=True)
    if proposed is None:
        raise ResourceNotFoundError("Proposed fix", proposal_id)
    collection = collection_behind(
        work, viewer, proposed.collection_id, kind="Proposed fix", key=proposal_id
    )
    require(viewer, Action.DECIDE_FIXES, collection)
    if proposed.author_user_id == viewer.user_id:
        raise AuthorizationError("This is your own proposal; somebody else has to decide.")
    if proposed.state is not ProposalState.OPEN:
        raise ConflictError(f"This was {proposed.state.value} already.")
    return proposed


def _may_decide(viewer: Viewer, proposed: ProposedFix, collection: Collection) -> bool:
    return (
        proposed.state is ProposalState.OPEN
        and proposed.author_user_id != viewer.user_id
        and is_allowed(viewer, Action.DECIDE_FIXES, collection)
    )


def _checked_note(note: str) -> str:
    note = note.strip()
    if len(note) > MAX_NOTE:
        raise ValidationError("Note", f"use {MAX_NOTE:,} characters at most")
    return note


def _name(viewer: Viewer) -> str:
    return viewer.user.username if viewer.user else ""


def _audit(work: Work, viewer: Viewer, event: str, proposal_id: int) -> None:
    work.audit.add(viewer, event, "fix_proposal", proposal_id)
    _log.info(event, proposal_id=proposal_id)
