"""A dataset in a list: its title as a link, where it is from, and its score in words."""

import streamlit as st

from fairdb_core.domain.summaries import DatasetRow
from pages.ui.charts import percent_text
from pages.ui.filters import rubric_of_address
from pages.ui.plain import plain


def draw_row(row: DatasetRow) -> None:
    """Draw one dataset."""
    params = {"id": str(row.dataset_id)}
    if rubric_of_address():
        params["rubric"] = rubric_of_address()
    with st.container(border=True, gap="small"):
        st.page_link(
            "pages/dataset.py",
            label=f"**{plain(row.title or row.identifier or 'Dataset without a title')}**",
            query_params=params,
            width="stretch",
        )
        origin = [row.collection_name, row.publisher, str(row.year or ""), row.identifier]
        st.markdown(plain(" · ".join(part for part in origin if part)))
        shares = " · ".join(f"{title} {percent_text(share)}" for title, share in row.principles)
        gaps = "no failed check" if not row.gaps else f"{row.gaps} failed checks"
        if row.gaps == 1:
            gaps = "1 failed check"
        st.markdown(f"**{percent_text(row.percent)}** · {shares} · {gaps}")
