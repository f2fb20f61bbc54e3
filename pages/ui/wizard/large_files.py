"""Files too large for the file widget: streamed to disk by the browser, then read from there."""

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.web.scripts import large_file_markup
from fairdb_core.web.uploads import spool_of
from pages.ui.plain import plain
from pages.ui.session import core
from pages.ui.wizard.state import Wizard


def draw_large_file(viewer: Viewer, state: Wizard) -> None:
    """Draw the way in for a large file."""
    limit = core().settings.max_upload_megabytes
    st.markdown(
        f"For files up to {limit} MB. Choose the file, wait until all of it has arrived, then "
        "read it."
    )
    # The markup is ours and holds nothing that came from people.
    st.html(large_file_markup(), unsafe_allow_javascript=True)
    if not st.button("Read the file that has arrived"):
        return
    arrived = spool_of(core()).latest(viewer)
    if arrived is None:
        st.warning("No file has arrived yet. Choose one above and wait for 100 %.")
    else:
        state.take(arrived.path, arrived.file_name)
        st.markdown(plain(f"Reading {arrived.file_name}."))
