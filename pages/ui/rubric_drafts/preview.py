"""Who would move if a draft were published."""

import streamlit as st

from fairdb_core.domain.rubric_drafts import DraftPreview
from pages.ui.changes import signed
from pages.ui.charts import percent_text
from pages.ui.plain import plain

LEAST_SHOWN = 0.005


def draw_preview(found: DraftPreview) -> None:
    """Draw how many datasets would rise and fall, the means, and who would move most."""
    st.subheader("Who moves", anchor=False)
    if found.mean_before is None or found.mean_after is None:
        st.info("There are no datasets that both rubrics can judge, so nobody moves yet.")
        return
    moved = found.mean_after - found.mean_before
    word = f"would {'rise' if moved > 0 else 'fall'} by {abs(moved):.2f} percentage points"
    if abs(moved) < LEAST_SHOWN:
        word = "would stay the same"
    st.markdown(
        plain(
            f"By {found.title} instead of {found.base_title}, of {found.count:,} datasets "
            f"{found.risen:,} would rise, {found.fallen:,} would fall and {found.unmoved:,} would "
            f"stay. The mean {word}."
        )
    )
    rise, fall, before, after = st.columns(4)
    rise.metric("Rise", f"{found.risen:,}", border=True)
    fall.metric("Fall", f"{found.fallen:,}", border=True)
    before.metric("Mean now", f"{found.mean_before:.1f} %", border=True)
    after.metric("Mean then", f"{found.mean_after:.1f} %", border=True)
    if found.most:
        st.markdown("**Those that would move most**")
        st.table(
            [
                {
                    "Dataset": plain(each.title or "Dataset without a title"),
                    "Now": percent_text(each.before),
                    "Then": percent_text(each.after),
                    "Percentage points": signed((each.after or 0) - (each.before or 0)),
                }
                for each in found.most
            ],
            hide_index=True,
        )
