"""Step 5 of the wizard: commit, watch the progress, keep the receipt, undo."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import Batch, BatchState
from pages.ui.plain import plain
from pages.ui.session import core
from pages.ui.wizard.state import Wizard, restart


def draw(viewer: Viewer, state: Wizard) -> None:
    """Draw the step."""
    if state.batch_id is None:
        _ask(viewer, state)
    else:
        _watch(viewer, state.batch_id)


def _ask(viewer: Viewer, state: Wizard) -> None:
    st.subheader("Commit")
    plan = state.plan
    if plan is None:
        state.go(2)
        st.rerun()
        return
    st.markdown(
        plain(
            f"{plan.counts.create:,} datasets will be created and {plan.counts.update:,} updated "
            f"in “{plan.collection_name}”, as one batch that you can undo."
        )
    )
    good_rows_only = False
    if plan.counts.refused:
        choice = st.radio(
            f"{plan.counts.refused:,} rows are refused",
            ["Commit all or nothing", "Commit the good rows only"],
            help="All or nothing waits until every row is right.",
        )
        good_rows_only = choice == "Commit the good rows only"
    back, on = st.columns(2)
    if back.button("Back", width="stretch"):
        state.go(3)
        st.rerun()
    is_possible = good_rows_only or not plan.counts.refused
    if on.button("Commit", type="primary", width="stretch", disabled=not is_possible):
        try:
            state.batch_id = core().uploads.start(viewer, plan, good_rows_only=good_rows_only)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
        else:
            st.rerun()


def _watch(viewer: Viewer, batch_id: int) -> None:
    batch = core().batches.get(viewer, batch_id)
    if batch.state is BatchState.RUNNING:
        st.subheader("Storing …")
        _show_progress(viewer, batch_id)
    elif batch.state is BatchState.FAILED:
        st.subheader("Nothing was stored")
        st.error(plain(batch.error))
        if st.button("Make a new preview", type="primary"):
            _return_to_preview()
    else:
        _show_receipt(viewer, batch)


@st.fragment(run_every=0.7)
def _show_progress(viewer: Viewer, batch_id: int) -> None:
    batch = core().batches.get(viewer, batch_id)
    share = batch.rows_done / batch.rows_total if batch.rows_total else 0.0
    st.progress(min(share, 1.0), f"{batch.rows_done:,} of {batch.rows_total:,} rows")
    st.markdown("You can leave this page: the upload goes on, and “My uploads” shows its end.")
    if batch.state is not BatchState.RUNNING:
        st.rerun()


def _return_to_preview() -> None:
    state = st.session_state["upload_wizard"]
    state.plan, state.batch_id = None, None
    state.go(2)
    st.rerun()


def _show_receipt(viewer: Viewer, batch: Batch) -> None:
    st.subheader("Receipt")
    if batch.undone_by_batch_id is not None:
        st.info("This upload was undone; the collection is as it was before.")
    else:
        st.success(
            f"{batch.counts.create:,} datasets created, {batch.counts.update:,} updated, "
            f"{batch.counts.unchanged:,} unchanged, {batch.counts.refused:,} refused."
        )
    st.markdown(
        plain(
            f"Batch {batch.batch_id} of {batch.author_name}, "
            f"{batch.created_at:%Y-%m-%d %H:%M} UTC, file “{batch.file_name}”, "
            f"SHA-256 {batch.file_sha256[:16]}…"
        )
    )
    if batch.score_after is not None:
        before = "" if batch.score_before is None else f"{batch.score_before:.1f} % → "
        st.markdown(f"Mean score of the collection: {before}{batch.score_after:.1f} %")
    st.page_link("pages/overview.py", label="See the overview")
    left, right = st.columns(2)
    if left.button("Upload another file", type="primary", width="stretch"):
        restart()
        st.rerun()
    if batch.undone_by_batch_id is None and right.button(
        "Undo this upload", width="stretch", help="Puts back what stood before, as one unit."
    ):
        try:
            core().batches.undo(viewer, batch.batch_id)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
        else:
            st.rerun()
