"""What the score of one dataset rests on: computing it again, and a receipt to take away."""

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.evidence import Provenance, Recheck
from fairdb_core.domain.summaries import DatasetSummary
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.session import core


def draw_evidence(viewer: Viewer, summary: DatasetSummary) -> None:
    """Draw what proves the score."""
    st.header("Evidence", anchor=False)
    st.markdown(
        "The score follows from the stored metadata and a published rubric, so it can be computed "
        "again at any time. A receipt is a file with both and their hashes: whoever has it can "
        "verify that no byte of it was changed."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        is_asked = st.button("Check again", icon=":material/refresh:")
        is_wanted = st.button("Make a receipt", icon=":material/receipt_long:")
        st.page_link(screen("verify"), label="Verify a receipt", icon=":material/verified:")
    try:
        if is_asked:
            _draw_recheck(core().rechecks.dataset(viewer, _id(summary)))
        if is_wanted:
            _draw_receipt(viewer, summary)
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))


def _id(summary: DatasetSummary) -> int:
    return summary.dataset.dataset_id


def _draw_receipt(viewer: Viewer, summary: DatasetSummary) -> None:
    content = core().receipts.issue(viewer, _id(summary), summary.assessment.rubric_id)
    st.success("The stored score agrees with its metadata; the receipt is ready.")
    st.download_button(
        "Download the receipt",
        content,
        file_name=f"receipt-{_id(summary)}-{summary.assessment.rubric_id}.json",
        mime="application/json",
        on_click="ignore",
        icon=":material/download:",
    )


def _draw_recheck(found: Recheck) -> None:
    (st.success if found.agrees else st.error)(plain(found.sentence))
    if found.differences:
        st.table(
            [
                {
                    "Fact or figure": plain(each.name),
                    "Stored": plain(each.stored),
                    "Computed again": plain(each.now),
                }
                for each in found.differences
            ],
            hide_index=True,
        )
    if found.changes:
        st.markdown("Another one by now than when it was stored:")
        st.markdown("\n".join(f"- {plain(change)}" for change in found.changes))
    if found.provenance is not None:
        _draw_provenance(found.content_hash, found.provenance)


def _grouped(digest: str) -> str:
    """Return a digest with blanks, so that it breaks where a column is narrow."""
    return " ".join(digest[start : start + 16] for start in range(0, len(digest), 16))


def _draw_provenance(content_hash: str, named: Provenance) -> None:
    rows = {
        "Record, hash of the content": _grouped(content_hash),
        "Rubric": f"{named.rubric_id} {named.rubric_version}",
        "Rubric, SHA-256": _grouped(named.rubric_digest),
        "Program": named.program_version or "not named",
        "Assessed": f"{named.assessed_at:%d %b %Y %H:%M:%S} UTC",
        **{f"List of {key.replace('_', ' ')}": state for key, state in named.vocabularies.items()},
    }
    with st.expander("What the stored score rests on"):
        st.table(
            [{"What": name, "Which": plain(value)} for name, value in rows.items()],
            hide_index=True,
        )
