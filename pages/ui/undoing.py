"""Taking batches back: the question that says what it does, the work, and what became of it."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import ONLY_TOGETHER, names_together
from fairdb_core.domain.undos import UndoPlan
from fairdb_core.domain.uploads import Batch, BatchKind, BatchState
from pages.ui.notices import leave_notice
from pages.ui.plain import plain
from pages.ui.progress import draw_progress
from pages.ui.routes import screen
from pages.ui.session import core

_AT_ONCE = 2_000
_ASKED = "undo_asked"


def draw_undo(viewer: Viewer, batch: Batch, place: str = "") -> None:
    """Draw the button that takes a batch back, and below it what it does once it is pressed.

    Args:
        viewer: Who looks at it.
        batch: What would be undone.
        place: Tells two buttons for the same batch on one screen apart.
    """
    draw_undo_button(viewer, batch, place)
    draw_undo_question(viewer, batch, place)


def draw_way_back(viewer: Viewer, batch: Batch, label: str, place: str = "") -> None:
    """Draw the way to the receipt of a batch, and below it what takes the batch back.

    Args:
        viewer: Who looks at it.
        batch: What can be undone.
        label: What the way says, as Markdown.
        place: Tells two buttons for the same batch on one screen apart.
    """
    with st.container(border=True, gap="small"):
        draw_way_to_receipt(batch.batch_id, label)
        draw_undo(viewer, batch, place)


def draw_way_to_receipt(batch_id: int, label: str) -> None:
    """Draw the way to the receipt of a batch."""
    st.page_link(
        screen("uploads"),
        label=label,
        query_params={"batch": str(batch_id)},
        icon=":material/receipt_long:",
        width="stretch",
    )


def draw_undo_button(viewer: Viewer, batch: Batch, place: str = "") -> None:
    """Draw the button that asks to take a batch back, or how far that is."""
    running = st.session_state.get(f"undo-of-{batch.batch_id}")
    if running is not None:
        undo = core().batches.get(viewer, running)
        if undo.state is BatchState.RUNNING:
            draw_progress(viewer, running)
            return
        if undo.state is BatchState.FAILED:
            st.error(plain(undo.error))
    if batch.is_partial and batch.state is BatchState.READY and not batch.is_undone:
        st.markdown(ONLY_TOGETHER)
    if not batch.can_be_undone:
        return
    if st.button(
        _word(batch),
        help="Says what it does before anything is changed.",
        key=f"undo_{place}{batch.batch_id}",
    ):
        _ask(viewer, batch, place)


def draw_undo_question(viewer: Viewer, batch: Batch, place: str = "") -> None:
    """Draw what an undo does where it was asked for, and the choice to do it or to leave it."""
    asked, plan = st.session_state.get(_ASKED, (None, None))
    if asked != (place, batch.batch_id) or not batch.can_be_undone:
        return
    if plan.refusal:
        st.info(plain(plan.refusal))
    else:
        st.warning(plain(undo_in_words(plan)))
    with st.container(horizontal=True):
        is_meant = not plan.refusal and st.button(
            f"{_word(batch)} it", type="primary", key=f"undo_now_{place}{batch.batch_id}"
        )
        is_left = st.button("Leave it as it is", key=f"undo_not_{place}{batch.batch_id}")
    if is_meant:
        _undo(viewer, batch, plan, place)
    if is_left:
        st.session_state.pop(_ASKED, None)
        st.rerun()


def undo_in_words(plan: UndoPlan) -> str:
    """Return what an undo will do to how many datasets."""
    noun = "dataset" if plan.put_back == 1 else "datasets"
    said = [f"puts {plan.put_back:,} {noun} back"] if plan.put_back else []
    if plan.removed:
        what = "" if plan.put_back else " dataset" if plan.removed == 1 else " datasets"
        said.append(f"removes {plan.removed:,}{what}")
    if plan.kept:
        said.append(f"keeps what was changed since in {plan.kept:,}")
    *first, last = said
    done = f"{', '.join(first)}{' and ' if first else ''}{last}."
    if len(plan.collection_names) == 1:
        return done.capitalize()
    return f"In {names_together(plan.collection_names)} together: {done}"


def undone_in_words(put_back: int, removed: int) -> str:
    """Return what an undo did to how many datasets."""
    noun = "dataset" if (removed or put_back) == 1 else "datasets"
    if not removed:
        return f"{put_back:,} {noun} put back"
    return f"{removed:,} {noun} removed" + (f", {put_back:,} put back" if put_back else "")


def _word(batch: Batch) -> str:
    return "Redo" if batch.kind is BatchKind.UNDO else "Undo"


def _ask(viewer: Viewer, batch: Batch, place: str) -> None:
    try:
        with st.spinner("Working out what is put back …"):
            plan = core().undo_plans.plan(viewer, batch.batch_id)
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
        return
    st.session_state[_ASKED] = ((place, batch.batch_id), plan)
    st.rerun()


def _undo(viewer: Viewer, batch: Batch, plan: UndoPlan, place: str) -> None:
    """Do what was shown; a large undo goes on by itself."""
    try:
        if batch.counts.changes <= _AT_ONCE:
            core().batches.undo(viewer, batch.batch_id, plan)
            leave_notice(f"Undone: {undone_in_words(plan.put_back, plan.removed)}.")
        else:
            with st.spinner("Working out what is put back …"):
                undo_id = core().batches.start_undo(viewer, batch.batch_id, plan)
            st.session_state[f"undo-of-{batch.batch_id}"] = undo_id
    except FAIRDatabaseError as error:
        # What was shown holds no more: it is asked again.
        st.session_state.pop(_ASKED, None)
        st.error(plain(str(error)))
        return
    st.session_state.pop(_ASKED, None)
    st.rerun()
