"""Fixes that wait for a decision: what they would do, and approving or declining them."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import names_together
from fairdb_core.domain.fixes import BulkFix, FixTarget
from fairdb_core.domain.proposed_fixes import ProposalState, ProposedFix, SeenFix
from fairdb_core.metadata import FIELD_BY_NAME
from pages.ui.fixing.asking import ACTIONS
from pages.ui.parts import means_in_words, names_of_collections
from pages.ui.plain import plain, unbroken
from pages.ui.session import core
from pages.ui.undoing import draw_way_to_receipt

_STATES = {
    ProposalState.OPEN: "◐ waits for a decision",
    ProposalState.APPROVED: "✓ approved",
    ProposalState.DECLINED: "✕ declined",
    ProposalState.WITHDRAWN: "withdrawn",
}


def draw_proposing(who: Viewer, targets: Sequence[FixTarget], fix: BulkFix) -> None:
    """Draw the way to have somebody else decide on a fix."""
    with st.expander("Have somebody else decide"), st.form("propose", border=False):
        st.markdown(
            "The owner of the collection or an administrator sees this under “My uploads” and "
            "approves or declines it. Nothing is stored before."
            if len(targets) == 1
            else f"One proposal for {len(targets)} collections, approved or declined as one: by an "
            "administrator, or by the owner of all of them, under “My uploads”. Owners of some of "
            "them see it there too. Nothing is stored before."
        )
        note = st.text_area("Note (optional)", max_chars=1_000, height=80)
        if st.form_submit_button("Propose this fix"):
            try:
                core().proposed_fixes.propose(who, targets, fix, note)
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                st.success("Proposed. “My uploads” shows what is decided.")


def say_what_waits(found: Sequence[SeenFix]) -> None:
    """Say how many proposed fixes wait for a decision of the viewer, above everything else."""
    count = sum(seen.may_decide for seen in found)
    if count:
        waiting = "1 fix waits" if count == 1 else f"{count:,} fixes wait"
        st.info(f"{waiting} for your decision, under “Proposed fixes”.")


def draw_proposed(who: Viewer, found: Sequence[SeenFix]) -> None:
    """Draw the fixes that were proposed, those that wait first."""
    if not found:
        st.info("No fix was proposed yet. The preview of a bulk fix offers to propose it.")
        return
    names = names_of_collections(who)
    for seen in sorted(found, key=lambda each: each.proposed.state != "open"):
        with st.container(border=True, gap="small"):
            _draw_one(seen.proposed, names)
            if seen.refusal:
                st.markdown(plain(seen.refusal))
            if seen.may_decide:
                _draw_decision(who, seen.proposed)
            if seen.may_withdraw:
                _draw_withdrawing(who, seen.proposed)


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


def _draw_one(proposed: ProposedFix, names: Mapping[int, str]) -> None:
    where = [names.get(part.collection_id, "") for part in proposed.of_each]
    if proposed.left_out_count:
        noun = "collection" if proposed.left_out_count == 1 else "collections"
        where.append(f"{proposed.left_out_count:,} {noun} that you may not change")
    st.markdown(
        f"**{plain(in_words(proposed.fix))}** · {plain(names_together(where))} · "
        f"{unbroken(_STATES[proposed.state])}"
    )
    lines = [
        _effect_in_words(proposed, where[0]),
        f"Proposed by {proposed.author_name}, {proposed.created_at:%d %b %Y %H:%M} UTC"
        + (f": “{proposed.note}”" if proposed.note else ""),
    ]
    if proposed.decided_at is not None:
        said = f": “{proposed.decision_note}”" if proposed.decision_note else ""
        done = "Withdrawn" if proposed.state is ProposalState.WITHDRAWN else "Decided"
        lines.append(
            f"{done} by {proposed.decided_by_name}, {proposed.decided_at:%d %b %Y %H:%M} UTC{said}"
        )
    st.markdown("  \n".join(plain(line) for line in lines))
    if proposed.parts:
        with st.expander(f"Its {len(proposed.parts)} collections"):
            _draw_parts(proposed, names)
    if proposed.batch_id is not None:
        draw_way_to_receipt(proposed.batch_id, f"Receipt of batch {proposed.batch_id}")


def _effect_in_words(proposed: ProposedFix, first_name: str) -> str:
    """Return what a fix would do to what the viewer may know of it."""
    noun = "dataset" if proposed.update_count == 1 else "datasets"
    told, mean = f"{proposed.update_count:,} {noun} to change", "mean"
    if proposed.parts:
        told, mean = f"{told} as one act", "mean of these collections together"
    elif proposed.left_out_count:
        told = f"{told} in {first_name}"
    before, after = proposed.before.percent, proposed.after.percent
    if before is None or after is None:
        return told
    return f"{told}, {mean} {means_in_words(before, after)}"


def _draw_parts(proposed: ProposedFix, names: Mapping[int, str]) -> None:
    """Draw what a fix would do to each of its collections."""
    rows = [
        (
            names.get(part.collection_id, ""),
            part.update_count,
            means_in_words(part.before.percent, part.after.percent),
        )
        for part in proposed.parts
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["Collection", "To change", "Mean score"]),
        hide_index=True,
        width="stretch",
        column_config={"Collection": st.column_config.TextColumn(width=130)},
        key=f"proposed-parts-{proposed.proposal_id}",
    )


def _draw_withdrawing(who: Viewer, proposed: ProposedFix) -> None:
    key = proposed.proposal_id
    if not st.button("Withdraw", key=f"withdraw_{key}"):
        return
    try:
        core().proposed_fixes.withdraw(who, key)
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
        return
    st.rerun()


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
