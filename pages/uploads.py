"""My uploads: what was changed, what it gained, and undoing it as one unit."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.uploads import Batch, BatchKind, BatchState
from pages.ui.plain import plain
from pages.ui.session import core, require_user

viewer = require_user(Role.STEWARD, Role.ADMINISTRATOR)

PER_PAGE = 20
KINDS = {
    BatchKind.UPLOAD: "Upload",
    BatchKind.FORM: "Form",
    BatchKind.FIX: "Bulk fix",
    BatchKind.UNDO: "Undo",
}


def state_of(batch: Batch) -> str:
    """Return what became of a batch, in words."""
    if batch.state is BatchState.RUNNING:
        return f"◐ Storing, {batch.rows_done:,} of {batch.rows_total:,} rows"
    if batch.state is BatchState.FAILED:
        return "✕ Nothing was stored"
    return "↶ Undone" if batch.undone_by_batch_id is not None else "✓ Stored"


def gain_of(batch: Batch) -> str:
    """Return how the collection's mean score moved, in words."""
    if batch.state is not BatchState.READY or batch.score_after is None:
        return ""
    if batch.score_before is None:
        return f"{batch.score_after:.1f} %"
    change = batch.score_after - batch.score_before
    return f"{batch.score_before:.1f} → {batch.score_after:.1f} % ({change:+.1f})"


def draw_batch(who: Viewer, batch: Batch, collection: str) -> None:
    """Draw one batch with what can be done with it."""
    name = batch.file_name or KINDS[batch.kind]
    if batch.undoes_batch_id is not None:
        name = f"Undo of batch {batch.undoes_batch_id}"
    with st.container(border=True):
        st.markdown(f"**{plain(name)}** · {plain(collection)} · {state_of(batch)}")
        counts = batch.counts
        st.markdown(
            f"{counts.create:,} created, {counts.update:,} updated, "
            f"{counts.unchanged:,} unchanged, {counts.refused:,} refused · "
            f"{batch.created_at:%Y-%m-%d %H:%M} UTC · {plain(batch.author_name)}"
        )
        if gain_of(batch):
            st.markdown(f"Mean score of the collection: {gain_of(batch)}")
        if batch.error:
            st.markdown(plain(batch.error))
        is_undoable = batch.state is BatchState.READY and batch.undone_by_batch_id is None
        if is_undoable and st.button("Undo", key=f"undo_{batch.batch_id}"):
            try:
                core().batches.undo(who, batch.batch_id)
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                st.rerun()


st.title("My uploads")
asked = st.query_params.get("page", "1")
page = int(asked) if asked.isdecimal() and int(asked) > 0 else 1
batches = core().batches.of_viewer(viewer, limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE)
names = {c.collection_id: c.name for c in core().collections.visible(viewer)}
if not batches:
    st.info("Nothing was uploaded yet." if page == 1 else "There are no more uploads.")
    st.page_link("pages/upload.py", label="Upload a file")
for shown in batches[:PER_PAGE]:
    draw_batch(viewer, shown, names.get(shown.collection_id, ""))
newer, older = st.columns(2)
if page > 1 and newer.button("Newer", width="stretch"):
    st.query_params["page"] = str(page - 1)
    st.rerun()
if len(batches) > PER_PAGE and older.button("Older", width="stretch"):
    st.query_params["page"] = str(page + 1)
    st.rerun()
