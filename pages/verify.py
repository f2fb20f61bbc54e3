"""Verify: whether a receipt is as it was issued, and its scores follow from its record."""

import streamlit as st

from fairdb_core.domain.accounts import Role
from pages.ui.plain import plain
from pages.ui.session import core, require_user
from pages.ui.states import answer

viewer = require_user()

UPLOADERS = (Role.STEWARD, Role.ADMINISTRATOR)


def given() -> bytes | None:
    """Return the receipt that was chosen or pasted, once it is to be verified."""
    chosen = None
    if viewer.role in UPLOADERS:
        chosen = st.file_uploader("Receipt as a file", type="json", max_upload_size=20)
        st.markdown("Or paste what stands in it:")
    pasted = st.text_area("Receipt as text", height=200, placeholder='{ "assessed_at": …')
    if not st.button("Verify", type="primary", icon=":material/verified:"):
        return None
    if chosen is not None:
        return chosen.getvalue()
    # What was copied loses its last line break, and the text of some systems has others.
    text = "\n".join(pasted.split("\r\n")).strip()
    return f"{text}\n".encode() if text else None


def draw_verdict(content: bytes) -> None:
    """Draw what verification found."""
    verdict = answer(lambda: core().receipts.verify(viewer, content))
    (st.success if verdict.agrees else st.error)(plain(verdict.sentence))
    if verdict.told:
        st.markdown(plain(verdict.told))
    if verdict.notes:
        st.markdown("Another one here than where it was issued:")
        st.markdown("\n".join(f"- {plain(note)}" for note in verdict.notes))


st.title("Verify a receipt", anchor=False)
st.markdown(
    "A receipt holds one dataset’s metadata, its score with every check, and what both rest on. "
    "Here it is read again byte by byte, its score is computed anew from its metadata, and its "
    "signature is held against that of this installation. Nothing is stored."
)
receipt = given()
if receipt is not None:
    draw_verdict(receipt)
st.markdown(
    "On a machine without this store, the command `fairdb verify FILE` does the same, but for "
    "the signature."
)
