"""A dataset in a list: its title as a link, where it is from, and its score in words."""

import streamlit as st

from fairdb_core.domain.summaries import DatasetRow
from pages.ui.charts import percent_text
from pages.ui.filters import rubric_of_address
from pages.ui.plain import plain, unbroken
from pages.ui.routes import screen


def draw_row(row: DatasetRow) -> None:
    """Draw one dataset."""
    with st.container(border=True, gap="small"):
        draw_title(row)
        st.markdown(in_words(row))


def draw_title(row: DatasetRow) -> None:
    """Draw the title of a dataset as the way to it."""
    params = {"id": str(row.dataset_id)}
    if rubric_id := rubric_of_address():
        params["rubric"] = rubric_id
    st.page_link(
        screen("dataset"),
        label=f"**{plain(title_of(row))}**",
        query_params=params,
        width="stretch",
    )


def title_of(row: DatasetRow) -> str:
    """Return by what a dataset is called."""
    return row.title or row.identifier or "Dataset without a title"


def in_words(row: DatasetRow) -> str:
    """Return where a dataset is from, each part once, and its score, as Markdown."""
    parts = (row.collection_name, row.publisher, str(row.year or ""), row.identifier)
    origin = " · ".join(dict.fromkeys(part for part in parts if part))
    return f"{plain(origin)}  \n{score_of(row)}"


def score_of(row: DatasetRow) -> str:
    """Return the score of a dataset with its parts, as Markdown."""
    shares = " · ".join(f"{title}\u00a0{percent_text(share)}" for title, share in row.principles)
    gaps = "no failed check" if not row.gaps else f"{row.gaps} failed checks"
    if row.gaps == 1:
        gaps = "1 failed check"
    return unbroken(f"**{percent_text(row.percent)}** · {shares} · {gaps}")
