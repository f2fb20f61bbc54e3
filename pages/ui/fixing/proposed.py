"""Fixes that wait for a decision: what they would do, and approving or declining them."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.fixes import BulkFix, FixTarget
from fairdb_core.domain.proposed_fixes import ProposalState, ProposedFix
from fairdb_core.metadata import FIELD_BY_NAME
from pages.ui.fixing.asking import ACTIONS
from pages.ui.plain import plain
from pages.ui.session import core

_STATES = {
    ProposalState.OPEN: "◐ waits for a decision",
    ProposalState.APPROVED: "✓ approved",
    ProposalState.DECLINED: "✕ declined",
}


def draw_proposing(who: Viewer, targets: Sequence[FixTarget], fix: BulkFix) -> None:
    """Draw the way to have somebody else decide on a fix."""
    with st.expander("Have somebody else decide"), st.form("propose", border=False):
        st.markdown(
            "The owner of the collection or an administrator sees this under “My uploads” and "
            "approves or declines it. Nothing is stored before."
        )
        note = st.text_area("Note (optional)", max_chars=1_000, height=80)
        if st.form_submit_button("Propose this fix"):
            try:
                for target in targets:
                    core().proposed_fixes.propose(who, target, fix, note)
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                st.success("Proposed. “My uploads” shows what is decided.")


def say_what_waits(found: Sequence[tuple[ProposedFix, bool]]) -> None:
    """Say how many proposed fixes wait for a decision of the viewer, above everything else."""
    count = sum(may_decide for _, may_decide in found)
    if count:
        waiting = "1 fix waits" if count == 1 else f"{count:,} fixes wait"
        st.info(f"{waiting} for your decision, under “Proposed fixes”.")


def draw_proposed(who: Viewer, found: Sequence[tuple[ProposedFix, bool]]) -> None:
    """Draw the fixes that were proposed, those that wait first."""
    if not found:
        st.info("No fix was proposed yet. The preview of a bulk fix offers to propose it.")
        return
    names = {c.collection_id: c.name for c in core().collections.visible(who)}
    for proposed, may_decide in sorted(found, key=lambda pair: pair[0].state != "open"):
        with st.container(border=True, gap="small"):
            _draw_one(proposed, names.get(proposed.collection_id, ""))
            if may_decide:
                _draw_decision(who, proposed)


def in_words(fix: BulkFix) -> str:
    """Return what a fix does, in words."""
    parts = [FIELD_BY_NAME[fix.field].title, ACTIONS[fix.action].lower()]
    if fix.found:
        parts.append(f"“{fix.found}”")
    if fix.value:
        parts.append(f"“{'; '.join(fix.value.splitlines())}”")
    if fix.source:
        parts.append(f"from {FIELD_BY_NAME[fix.source].title}")
    if fix.table is not None:
        parts.append(f"“{fix.table.file_name}”")
    return ", ".join(parts)


def _draw_one(proposed: ProposedFix, collection_name: str) -> None:
    st.markdown(
        f"**{plain(in_words(proposed.fix))}** · {plain(collection_name)} · "
        f"{_STATES.get(proposed.state, proposed.state.value)}"
    )
    noun = "dataset" if proposed.update_count == 1 else "datasets"
    moved = ""
    if proposed.score_before is not None and proposed.score_after is not None:
        moved = f", mean {proposed.score_before:.1f} → {proposed.score_after:.1f} %"
    lines = [
        f"{proposed.update_count:,} {noun} to change{moved} · "
        f"proposed by {proposed.author_name}, {proposed.created_at:%d %b %Y %H:%M} UTC"
    ]
    if proposed.note:
        lines.append(f"“{proposed.note}”")
    if proposed.decided_at is not None:
        batch = f", batch {proposed.batch_id}" if proposed.batch_id is not None else ""
        said = f": “{proposed.decision_note}”" if proposed.decision_note else ""
        lines.append(
            f"Decided by {proposed.decided_by_name}, "
            f"{proposed.decided_at:%d %b %Y %H:%M} UTC{batch}{said}"
        )
    st.markdown("  \n".join(plain(line) for line in lines))


def _draw_decision(who: Viewer, proposed: ProposedFix) -> None:
    key = proposed.proposal_id
    note = st.text_input(f"Note on proposal {key}", max_chars=1_000, key=f"note_{key}")
    with st.container(horizontal=True):
        approved = st.button("Approve and carry out", key=f"approve_{key}", type="primary")
        declined = st.button("Decline", key=f"decline_{key}")
    try:
        if approved:
            with st.spinner("Working out whether it still does what was shown …"):
                core().proposed_fixes.approve(who, key, note)
        elif declined:
            core().proposed_fixes.decline(who, key, note)
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
        return
    if approved or declined:
        st.rerun()
