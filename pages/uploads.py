"""My uploads: what was changed, what it gained, and undoing it as one unit."""

from collections.abc import Mapping

import streamlit as st

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.sums import shown_difference
from fairdb_core.domain.uploads import Batch, BatchKind, BatchState
from pages.ui.filters import page_of_address
from pages.ui.fixing.proposed import draw_proposed, say_what_waits
from pages.ui.ledger import KINDS, draw_ledger
from pages.ui.parts import collections_in_words, draw_parts, names_of_collections
from pages.ui.plain import heading, plain
from pages.ui.receipts import (
    counts_in_words,
    draw_batch_end,
    draw_conflicts,
)
from pages.ui.routes import screen
from pages.ui.selection import number_of_address
from pages.ui.session import core, require_user
from pages.ui.states import answer
from pages.ui.undoing import draw_undo_button, draw_undo_question, undone_in_words

viewer = require_user(Role.STEWARD, Role.ADMINISTRATOR)

PER_PAGE = 20


def state_of(batch: Batch) -> str:
    """Return what became of a batch, in words."""
    if batch.state is BatchState.RUNNING:
        return f"◐\u00a0Storing, {batch.rows_done:,} of {batch.rows_total:,} rows"
    if batch.state is BatchState.FAILED:
        return "✕\u00a0Nothing was stored"
    return "↶\u00a0Undone" if batch.is_undone else "✓\u00a0Stored"


def gain_of(batch: Batch) -> str:
    """Return how the mean score of its collections moved, in words."""
    if batch.state is not BatchState.READY or batch.score_after is None:
        return ""
    if batch.score_before is None:
        return f"The collection's first mean score: {batch.score_after:.1f} %"
    whose = "mean score of its collections together" if batch.parts else "collection's mean score"
    change = shown_difference(batch.score_before, batch.score_after)
    if not change:
        return f"The {whose} stays at {batch.score_after:.1f} %"
    word = "Raised" if change > 0 else "Lowered"
    return (
        f"{word} the {whose} by {abs(change):.1f} points, "
        f"from {batch.score_before:.1f} % to {batch.score_after:.1f} %"
    )


def name_of(batch: Batch) -> str:
    """Return what a batch is called: its file, else what was done."""
    if batch.undoes_batch_id is not None:
        return f"Undo of batch {batch.undoes_batch_id}"
    return batch.name or KINDS[batch.kind]


def result_of(batch: Batch) -> str:
    """Return what a batch did to its rows, in words."""
    if batch.kind is BatchKind.UNDO:
        done = undone_in_words(batch.counts.update, batch.counts.remove)
        kept = f", {batch.counts.refused:,} with later changes" if batch.counts.refused else ""
        return done + kept
    return counts_in_words(batch.counts)


def draw_batch(who: Viewer, batch: Batch, names: Mapping[int, str]) -> None:
    """Draw one batch with what can be done with it."""
    where = collections_in_words(batch, names)
    lines = [
        f"**{plain(name_of(batch))}** · {plain(where)} · {state_of(batch)}",
        plain(
            f"Batch {batch.batch_id} · {result_of(batch)} · "
            f"{batch.created_at:%d %b %Y %H:%M} UTC · {batch.author_name}"
        ),
    ]
    if gain_of(batch):
        lines.append(plain(gain_of(batch)))
    if batch.error:
        lines.append(plain(batch.error))
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("  \n".join(lines), width="stretch")
            draw_undo_button(who, batch)
        draw_undo_question(who, batch)
        if batch.parts:
            with st.expander(f"Its {len(batch.parts)} collections"):
                draw_parts(batch, names)
    draw_conflicts(who, batch)


def draw_batches(who: Viewer) -> None:
    """Draw the batches, a page at a time."""
    page = page_of_address()
    batches = core().batches.of_viewer(who, limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE)
    names = names_of_collections(who)
    if not batches:
        st.info("Nothing was uploaded yet." if page == 1 else "There are no more uploads.")
        st.page_link(screen("upload"), label="Upload a file", icon=":material/upload:")
    for shown in batches[:PER_PAGE]:
        draw_batch(who, shown, names)
    newer, older = st.columns(2)
    if page > 1 and newer.button("Newer", width="stretch"):
        st.query_params["page"] = str(page - 1)
        st.rerun()
    if len(batches) > PER_PAGE and older.button("Older", width="stretch"):
        st.query_params["page"] = str(page + 1)
        st.rerun()


def draw_one(who: Viewer, batch_id: int) -> None:
    """Draw the receipt of the batch that the address names."""
    batch = answer(lambda: core().batches.get(who, batch_id))
    st.title(heading(name_of(batch)), anchor=False)
    draw_batch_end(who, batch_id)
    st.page_link(screen("uploads"), label="All uploads", icon=":material/history:")


named = number_of_address("batch")
if named is not None:
    draw_one(viewer, named)
    st.stop()
st.title("My uploads", anchor=False)
fixes = core().proposed_fixes.seen_by(viewer)
say_what_waits(fixes)
stored, gained, proposed = st.tabs(
    ["Batches", "Score gained", "Proposed fixes"], key="uploads-tabs"
)
with stored:
    draw_batches(viewer)
with gained:
    draw_ledger(viewer)
with proposed:
    draw_proposed(viewer, fixes)
