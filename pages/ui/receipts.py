"""A batch on its way and once it is there: progress, receipt, undo."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import Batch, BatchState, EffectCounts
from pages.ui.plain import plain
from pages.ui.session import core


def draw_batch_end(viewer: Viewer, batch_id: int) -> Batch:
    """Draw what became of a batch so far, and return it."""
    batch = core().batches.get(viewer, batch_id)
    if batch.state is BatchState.RUNNING:
        st.subheader("Storing …", anchor=False)
        _show_progress(viewer, batch_id)
    elif batch.state is BatchState.FAILED:
        st.subheader("Nothing was stored", anchor=False)
        st.error(plain(batch.error))
    else:
        _show_receipt(viewer, batch)
    return batch


def counts_in_words(counts: EffectCounts) -> str:
    """Return what happened to the rows of a batch, without what happened to none."""
    created = "1 dataset" if counts.create == 1 else f"{counts.create:,} datasets"
    said = [
        f"{created} created" if counts.create else "",
        f"{counts.update:,} updated" if counts.update else "",
        f"{counts.unchanged:,} unchanged" if counts.unchanged else "",
        f"{counts.refused:,} refused" if counts.refused else "",
    ]
    return ", ".join(filter(None, said)) or "nothing changed"


@st.fragment(run_every=0.7)
def _show_progress(viewer: Viewer, batch_id: int) -> None:
    batch = core().batches.get(viewer, batch_id)
    share = batch.rows_done / batch.rows_total if batch.rows_total else 0.0
    st.progress(min(share, 1.0), f"{batch.rows_done:,} of {batch.rows_total:,} rows")
    st.markdown("You can leave this page: the work goes on, and “My uploads” shows its end.")
    if batch.state is not BatchState.RUNNING:
        st.rerun()


def _show_receipt(viewer: Viewer, batch: Batch) -> None:
    st.subheader("Receipt", anchor=False)
    if batch.undone_by_batch_id is not None:
        st.info("This was undone; the collection is as it was before.")
    else:
        st.success(f"{counts_in_words(batch.counts).capitalize()}.")
    source = (
        f", file “{batch.file_name}”, SHA-256 {batch.file_sha256[:16]}…" if batch.file_name else ""
    )
    st.markdown(
        plain(
            f"Batch {batch.batch_id} of {batch.author_name}, "
            f"{batch.created_at:%d %b %Y %H:%M} UTC{source}"
        )
    )
    if batch.score_after is not None:
        before = "" if batch.score_before is None else f"{batch.score_before:.1f} % → "
        st.markdown(f"Mean score of the collection: {before}{batch.score_after:.1f} %")
    st.page_link("pages/overview.py", label="See the overview", icon=":material/monitoring:")
    if batch.undone_by_batch_id is None and st.button(
        "Undo this", help="Puts back what stood before, as one unit.", key=f"undo-{batch.batch_id}"
    ):
        try:
            core().batches.undo(viewer, batch.batch_id)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
        else:
            st.rerun()
