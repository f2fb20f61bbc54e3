"""Step 5 of the wizard: commit, watch the progress, keep the receipt, undo."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import BatchState
from pages.ui.plain import plain
from pages.ui.receipts import draw_batch_end
from pages.ui.session import core
from pages.ui.wizard.state import Wizard, restart, wizard


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
    if plan.counts.left_out:
        rows = "1 row is" if plan.counts.left_out == 1 else f"{plan.counts.left_out:,} rows are"
        st.markdown(f"{rows} left out, as you chose.")
    good_rows_only = False
    refused = plan.counts.refused
    if refused:
        choice = st.radio(
            "1 row is refused" if refused == 1 else f"{refused:,} rows are refused",
            ["Commit all or nothing", "Commit the good rows only"],
        )
        # Beside the choice in the colour of text: captions are too pale to be read by everybody.
        st.markdown(
            "All or nothing: go back to the problems and correct these rows first. "
            "Good rows only: these rows are left out."
        )
        good_rows_only = choice == "Commit the good rows only"
    back, on = st.columns(2)
    if back.button("Back", width="stretch"):
        state.go(3)
        st.rerun()
    is_possible = good_rows_only or not refused
    if on.button("Commit", type="primary", width="stretch", disabled=not is_possible):
        try:
            state.batch_id = core().uploads.start(viewer, plan, good_rows_only=good_rows_only)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
        else:
            st.rerun()


def _watch(viewer: Viewer, batch_id: int) -> None:
    batch = draw_batch_end(viewer, batch_id)
    if batch.state is BatchState.FAILED and st.button("Make a new preview", type="primary"):
        _return_to_preview()
    if batch.state is BatchState.READY and st.button("Upload another file", type="primary"):
        restart()
        st.rerun()


def _return_to_preview() -> None:
    state = wizard()
    state.plan, state.batch_id = None, None
    state.go(2)
    st.rerun()
