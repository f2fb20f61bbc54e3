"""The reference lists that scores rest on, as a table."""

import streamlit as st

from fairdb_core.vocabularies.sources import reference_lists
from pages.ui.plain import plain


def draw_reference_data() -> None:
    """Draw where each list comes from, in which version and under which licence."""
    st.header("Reference data", anchor=False)
    st.markdown(
        "Checks hold values against these lists. Every stored score names the state of each list "
        "by which it was made: its version and the beginning of its SHA-256."
    )
    st.table(
        [
            {
                "List": plain(f"{each.title}: {each.count:,}"),
                "Source": plain(each.source),
                "Version": plain(each.version),
                "Licence": plain(each.licence),
                "SHA-256": plain(each.digest[:8]),
            }
            for each in reference_lists()
        ],
        hide_index=True,
        alt="List of reference data",
    )
