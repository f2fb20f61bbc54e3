"""A batch once it is there: its receipt, the way back, and what an undo left alone."""

import polars as pl
import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.domain.uploads import Batch, BatchKind, BatchState, EffectCounts
from pages.ui.filters import address_of
from pages.ui.parts import collections_in_words, draw_parts, names_of_collections
from pages.ui.plain import plain
from pages.ui.progress import draw_progress
from pages.ui.routes import screen
from pages.ui.session import core
from pages.ui.undoing import draw_undo


def draw_batch_end(viewer: Viewer, batch_id: int) -> Batch:
    """Draw what became of a batch so far, and return it."""
    batch = core().batches.get(viewer, batch_id)
    if batch.state is BatchState.RUNNING:
        st.subheader("Storing …", anchor=False)
        draw_progress(viewer, batch_id)
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
        f"{counts.left_out:,} left out" if counts.left_out else "",
    ]
    return ", ".join(filter(None, said)) or "nothing changed"


def draw_conflicts(viewer: Viewer, undo: Batch) -> None:
    """Draw what an undo left alone because it was changed since."""
    if undo.kind is not BatchKind.UNDO or not undo.counts.refused:
        return
    count = undo.counts.refused
    noun = "dataset has" if count == 1 else "datasets have"
    with st.expander(f"{count:,} {noun} later changes, which were kept"):
        conflicts = core().batches.conflicts(viewer, undo.batch_id)
        st.markdown(f"The first {len(conflicts):,} of the fields that were left as they are:")
        frame = pl.DataFrame(
            {
                "Dataset": [each.identity.removeprefix("title:") for each in conflicts],
                "Field": [each.field_title or "the whole dataset" for each in conflicts],
                "Before": [each.before or "–" for each in conflicts],
                "Was changed to": [each.written or "–" for each in conflicts],
                "Now": [each.now or "–" for each in conflicts],
            }
        )
        st.dataframe(frame.to_pandas(), hide_index=True, width="stretch")


def _draw_ways_on(batch: Batch) -> None:
    """Draw links to what the batch changed: the scores of its collections, and its datasets."""
    parts = batch.of_each
    collections = Filters().with_values(Facet.COLLECTION, [str(p.collection_id) for p in parts])
    changed = Filters().with_values(Facet.BATCH, [str(part.batch_id) for part in parts])
    with st.container(horizontal=True):
        st.page_link(
            screen("overview"),
            label="See the overview of its collections"
            if batch.parts
            else "See the collection's overview",
            query_params=address_of(collections),
            icon=":material/monitoring:",
        )
        if batch.undone_by_batch_id is None:
            st.page_link(
                screen("explore"),
                label="Show its datasets, the lowest scores first",
                query_params=address_of(changed),
                icon=":material/search:",
            )


def _show_receipt(viewer: Viewer, batch: Batch) -> None:
    st.subheader("Receipt", anchor=False)
    if batch.undone_by_batch_id is not None:
        undo = core().batches.get(viewer, batch.undone_by_batch_id)
        if undo.counts.refused:
            st.info("This was undone, except for what was changed since.")
            draw_conflicts(viewer, undo)
        else:
            st.info(
                "This was undone; the collections are as they were before."
                if batch.parts
                else "This was undone; the collection is as it was before."
            )
    else:
        st.success(f"{counts_in_words(batch.counts).capitalize()}.")
    names = names_of_collections(viewer)
    if batch.parts:
        st.markdown(plain(f"In {collections_in_words(batch, names)}, as one act."))
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
        when = " when it was stored" if batch.is_undone else ""
        whose = "these collections together" if batch.parts else "the collection"
        st.markdown(f"Mean score of {whose}{when}: {before}{batch.score_after:.1f} %")
    if batch.parts:
        draw_parts(batch, names)
    _draw_ways_on(batch)
    draw_undo(viewer, batch)
