"""How one dataset became what it is, version by version."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core.domain.summaries import VersionSummary
from pages.ui.charts import percent_text
from pages.ui.plain import plain


def draw_history(history: Sequence[VersionSummary]) -> None:
    """Draw the versions, as they come."""
    st.header("History", anchor=False)
    for version in history:
        draw_version(version)


def draw_version(version: VersionSummary) -> None:
    """Draw one version with what it changed."""
    count = len(version.changes)
    title = (
        f"{version.at:%d %b %Y %H:%M} UTC · {version.author_name} · {version.origin} · "
        f"{percent_text(version.percent)} · {count} {'field' if count == 1 else 'fields'} changed"
    )
    with st.expander(plain(title)):
        if not version.changes:
            st.markdown("Nothing changed.")
            return
        st.table(
            [
                {
                    "Field": change.title,
                    "Before": plain(change.before) or "–",
                    "After": plain(change.after) or "–",
                }
                for change in version.changes
            ],
            hide_index=True,
            alt="Values before and after",
        )
