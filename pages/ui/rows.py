"""A dataset in a list: its title as a link, where it is from, and its score in words."""

from textwrap import wrap

import streamlit as st

from fairdb_core.domain.summaries import DatasetRow
from pages.ui.charts import percent_text
from pages.ui.filters import rubric_of_address
from pages.ui.plain import plain, unbroken
from pages.ui.routes import screen

_LINE_LETTERS, _MOST_LINES = 46, 2


def draw_row(row: DatasetRow) -> None:
    """Draw one dataset."""
    with st.container(border=True, gap="small"):
        draw_title(row)
        st.markdown(f"{plain(origin_of(row))}  \n{score_of(row)}")


def draw_title(row: DatasetRow) -> None:
    """Draw the title of a dataset as the way to it."""
    params = {"id": str(row.dataset_id)}
    if rubric_of_address():
        params["rubric"] = rubric_of_address()
    st.page_link(
        screen("dataset"),
        label=f"**{title_in_lines(row.title or row.identifier or 'Dataset without a title')}**",
        query_params=params,
        width="stretch",
    )


def title_in_lines(title: str) -> str:
    """Return a title in lines that fit a narrow screen: a link breaks none, and cuts them off."""
    lines = wrap(title, _LINE_LETTERS, max_lines=_MOST_LINES, placeholder="…")
    return "\\\n".join(plain(line) for line in lines)


def origin_of(row: DatasetRow) -> str:
    """Return where a dataset is from, each part once."""
    parts = (row.collection_name, row.publisher, str(row.year or ""), row.identifier)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def score_of(row: DatasetRow) -> str:
    """Return the score of a dataset with its parts, as Markdown."""
    shares = " · ".join(f"{title} {percent_text(share)}" for title, share in row.principles)
    gaps = "no failed check" if not row.gaps else f"{row.gaps} failed checks"
    if row.gaps == 1:
        gaps = "1 failed check"
    return unbroken(f"**{percent_text(row.percent)}** · {shares} · {gaps}")
