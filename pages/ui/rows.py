"""A dataset in a list: its title as a link, where it is from, and its score in words."""

import streamlit as st

from fairdb_core.domain.summaries import DatasetRow
from pages.ui.charts import percent_text
from pages.ui.filters import rubric_of_address
from pages.ui.plain import plain

_MOST_LETTERS = 90


def draw_row(row: DatasetRow) -> None:
    """Draw one dataset."""
    params = {"id": str(row.dataset_id)}
    if rubric_of_address():
        params["rubric"] = rubric_of_address()
    with st.container(border=True, gap="small"):
        st.page_link(
            "pages/dataset.py",
            label=f"**{plain(_short(row.title or row.identifier or 'Dataset without a title'))}**",
            query_params=params,
            width="stretch",
        )
        origin = dict.fromkeys(
            (row.collection_name, row.publisher, str(row.year or ""), row.identifier)
        )
        shares = " · ".join(f"{title} {percent_text(share)}" for title, share in row.principles)
        gaps = "no failed check" if not row.gaps else f"{row.gaps} failed checks"
        if row.gaps == 1:
            gaps = "1 failed check"
        st.markdown(
            plain(" · ".join(part for part in origin if part))
            + f"  \n**{percent_text(row.percent)}** · {shares} · {gaps}"
        )


def _short(title: str) -> str:
    """Return a title that fits one line, which a link does not break."""
    return title if len(title) <= _MOST_LETTERS else f"{title[: _MOST_LETTERS - 1].rstrip()}…"
