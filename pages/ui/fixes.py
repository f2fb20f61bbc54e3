"""One fix of many datasets: the field, what it settles, and the way to the datasets and the fix."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.gaps import with_gaps
from fairdb_core.domain.summaries import Filters, Fix
from pages.ui.filters import address_of
from pages.ui.plain import label, plain
from pages.ui.routes import screen


def draw_fix(viewer: Viewer, fix: Fix, filters: Filters, *, heading: str) -> None:
    """Draw one fix.

    Args:
        viewer: Who looks; readers without an account are led nowhere.
        fix: The fix.
        filters: Which datasets it is for.
        heading: Its first line, as Markdown.
    """
    with st.container(border=True, gap="small"):
        noun = "dataset" if fix.count == 1 else "datasets"
        checks = "1 check" if len(fix.questions) == 1 else f"{len(fix.questions)} checks"
        example = f" For example: {label(fix.example)}" if fix.example else ""
        settled = f"Settles {checks} in {fix.count:,} {noun}:\n{questions_of(fix.questions)}"
        advice = f"{plain(' '.join(fix.advice))}{example}"
        st.markdown(f"{heading}\n\n{settled}\n\n{advice}")
        if viewer.user is None:
            return
        if not fix.field:
            st.markdown("What a dataset is known by is changed one at a time, in the form.")
        draw_ways(viewer, filters, fix.check_ids, count=fix.count, field=fix.field)


def draw_ways(
    viewer: Viewer, filters: Filters, gaps: Sequence[str], *, count: int, field: str
) -> None:
    """Draw the way to the datasets that fail some checks, and to their bulk fix.

    Args:
        viewer: Who looks.
        filters: Which datasets are meant.
        gaps: The failed checks, one of which has to be failed.
        count: How many datasets these are.
        field: The field that a bulk fix would change, empty where it cannot.
    """
    params = address_of(with_gaps(filters, gaps))
    with st.container(horizontal=True):
        st.page_link(
            screen("explore"),
            label="Show the dataset" if count == 1 else f"Show the {count:,} datasets",
            query_params=params,
            icon=":material/search:",
        )
        if field and viewer.role in (Role.STEWARD, Role.ADMINISTRATOR):
            st.page_link(
                screen("fix"),
                label="Fix them together",
                query_params={**params, "field": field},
                icon=":material/build:",
            )


def questions_of(questions: Sequence[str], *, most: int | None = None) -> str:
    """Return questions as a list in Markdown, how many more there are at its end."""
    lines = [f"- {plain(question)}" for question in questions[:most]]
    more = len(questions) - len(lines)
    return "\n".join([*lines, f"- and {more} more"] if more else lines)
