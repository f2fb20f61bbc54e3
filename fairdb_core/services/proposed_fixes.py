"""Fixes that a steward proposes, and that somebody decides on who may in all collections."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from fairdb_core import records
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import mean_together, names_together
from fairdb_core.domain.fixes import BulkFix, FixTarget
from fairdb_core.domain.proposed_fixes import ProposalState, ProposedFix, SeenFix
from fairdb_core.domain.uploads import Batch
from fairdb_core.errors import ConflictError, ValidationError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.services.bulk_fixes import BulkFixService
from fairdb_core.services.deciders import fix_to_decide, fix_to_withdraw, fixes_seen_by
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

    def propose(
        self, viewer: Viewer, targets: Sequence[FixTarget], fix: BulkFix, note: str = ""
    ) -> int:
        """Propose a fix of some collections, to be decided on as one, and return its key.

        Args:
            targets: What it is to change; collections in which it changes nothing are passed over.
            fix: What is to be done.
            note: What the proposer says about it.

        Raises:
            AuthorizationError: The viewer may not change one of the collections.
            ResourceNotFoundError: One of the collections is not there for the viewer.
            ValidationError: The fix is not accepted, changes nothing, or the note is too long.
        """
        plans, _ = self._bulk_fixes.plan_all(viewer, targets, fix)
        note, meant = _checked_note(note), zip(targets, plans, strict=True)
        parts = [
            _proposed(viewer, target, fix, plan, note)
            for target, plan in meant
            if plan.counts.changes
        ]
        if not parts:
            raise ValidationError("Fix", "it changes nothing")
        with self._storage.work() as work:
            proposal_id = work.proposed_fixes.add(parts)
            _audit(work, viewer, "fix_proposed", proposal_id)
        return proposal_id

    def seen_by(self, viewer: Viewer) -> list[SeenFix]:
        """Return the proposed fixes that the viewer may know of, the newest first."""
        with self._storage.read() as work:
            return fixes_seen_by(work, viewer)

    def approve(self, viewer: Viewer, proposal_id: int, note: str = "") -> Batch:
        """Carry out a proposed fix as one act, if it still does what was shown.

        Raises:
            AuthorizationError: It is the viewer's own, or not for the viewer to decide.
            ConflictError: It was decided already, or it would do something else by now.
            ResourceNotFoundError: There is none that the viewer may know of.
        """
        approved, note = ProposalState.APPROVED, _checked_note(note)
        with self._storage.work() as work:
            proposed = fix_to_decide(work, viewer, proposal_id)
            work.proposed_fixes.decide(proposed, approved, by_name=_name(viewer), note=note)
        try:
            plans = _plans_as_shown(self._bulk_fixes, viewer, proposed)
            batch = self._uploads.commit(viewer, *plans)
        except BaseException:
            with self._storage.work() as work:
                work.proposed_fixes.decide(proposed, ProposalState.OPEN)
            raise
        batch_ids = {part.collection_id: part.batch_id for part in batch.of_each}
        with self._storage.work() as work:
            _decide(work, viewer, proposed, approved, note=note, batch_ids=batch_ids)
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
            proposed = fix_to_decide(work, viewer, proposal_id)
            _decide(work, viewer, proposed, ProposalState.DECLINED, note=_checked_note(note))

    def withdraw(self, viewer: Viewer, proposal_id: int) -> None:
        """Take back what the viewer proposed, before it is decided.

        Raises:
            AuthorizationError: Somebody else proposed it.
            ConflictError: It was decided already.
            ResourceNotFoundError: There is none that the viewer may know of.
        """
        with self._storage.work() as work:
            proposed = fix_to_withdraw(work, viewer, proposal_id)
            _decide(work, viewer, proposed, ProposalState.WITHDRAWN)


def _decide(
    work: Work,
    viewer: Viewer,
    proposed: ProposedFix,
    state: ProposalState,
    *,
    note: str = "",
    batch_ids: Mapping[int, int] = MappingProxyType({}),
) -> None:
    """Write down what somebody decided on a proposal, and that they did."""
    work.proposed_fixes.decide(
        proposed, state, by_name=_name(viewer), note=note, batch_ids=batch_ids
    )
    _audit(work, viewer, f"fix_{state.value}", proposed.proposal_id)


def _proposed(
    viewer: Viewer, target: FixTarget, fix: BulkFix, plan: Plan, note: str
) -> ProposedFix:
    return ProposedFix(
        proposal_id=0,
        collection_id=target.collection_id,
        author_user_id=viewer.user_id or 0,
        author_name=_name(viewer),
        fix=fix,
        dataset_ids=tuple(target.dataset_ids),
        effect_digest=digest_of_effect(plan, fix.field),
        update_count=plan.counts.update,
        before=plan.before,
        after=plan.after,
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


def _plans_as_shown(
    bulk_fixes: BulkFixService, viewer: Viewer, proposed: ProposedFix
) -> list[Plan]:
    """Return what a proposed fix does to each collection, which has to be what was shown."""
    fix, parts = proposed.fix, proposed.of_each
    plans = [bulk_fixes.plan(viewer, part.collection_id, part.dataset_ids, fix) for part in parts]
    changed = [
        plan
        for part, plan in zip(parts, plans, strict=True)
        if digest_of_effect(plan, fix.field) != part.effect_digest
    ]
    if changed:
        raise ConflictError(_what_changed(proposed, plans, changed))
    return plans


def _what_changed(proposed: ProposedFix, plans: Sequence[Plan], changed: Sequence[Plan]) -> str:
    def told(count: int, before: float | None, after: float | None) -> str:
        means = "" if before is None or after is None else f", mean {before:.2f} → {after:.2f} %"
        return f"{count:,} {'dataset' if count == 1 else 'datasets'}{means}"

    which = f" of {names_together(each.collection_name for each in changed)}"
    then = told(proposed.update_count, proposed.before.percent, proposed.after.percent)
    now = told(
        sum(plan.counts.update for plan in plans),
        mean_together(plan.before for plan in plans).percent,
        mean_together(plan.after for plan in plans).percent,
    )
    return (
        f"The datasets{which if proposed.parts else ''} were changed since this was proposed: it "
        f"was to change {then}; by now it would change {now}. Nothing was stored; have it "
        "proposed again."
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
