"""What a bulk fix will do, row by row and to the score, before anything is stored."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import streamlit as st

from fairdb_core import Plan
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import mean_together
from fairdb_core.domain.sums import shown_difference
from fairdb_core.domain.uploads import Problem
from fairdb_core.services.plan_views import Difference
from pages.ui.charts import percent_text
from pages.ui.plain import plain
from pages.ui.session import core
from pages.ui.show import show_mean

SHOWN = 100
BOX_PIXELS = 160
VALUES_SHOWN = 5


def changing(plans: Sequence[Plan]) -> list[Plan]:
    """Return the plans that change something."""
    return [plan for plan in plans if plan.counts.changes]


def draw_preview(who: Viewer, plans: Sequence[Plan], about_table: Sequence[Problem]) -> None:
    """Draw what a fix will do to datasets and scores."""
    st.header("What it will do", anchor=False)
    for problem in about_table:
        st.warning(
            plain(
                f"{problem.count:,} {'row' if problem.count == 1 else 'rows'} of the table, the "
                f"first in row {problem.row} ({problem.value}): expected {problem.expected}. "
                f"{problem.remedy}"
            )
        )
    for problem in _together(plans):
        where = f"{problem.count:,} datasets: " if problem.count > 1 else ""
        found = f"“{problem.value}”, expected " if problem.value else "Expected "
        st.warning(plain(f"{where}{found}{problem.expected}. {problem.remedy}"))
    _draw_figures(plans)
    if not changing(plans):
        st.info("Nothing changes: every dataset has this value already.")
        return
    _draw_rows(who, changing(plans))


def _together(plans: Sequence[Plan]) -> list[Problem]:
    """Return the problems of several plans, those with the same cause as one."""
    found: dict[str, Problem] = {}
    for problem in (problem for plan in plans for problem in plan.problems):
        before = found.get(problem.code)
        count = problem.count + (before.count if before else 0)
        found[problem.code] = replace(before or problem, count=count)
    return list(found.values())


def _draw_figures(plans: Sequence[Plan]) -> None:
    update = sum(plan.counts.update for plan in plans)
    unchanged = sum(plan.counts.unchanged for plan in plans)
    with st.container(horizontal=True):
        st.metric("Change", f"{update:,}", border=True, width=BOX_PIXELS)
        st.metric("Stay as they are", f"{unchanged:,}", border=True, width=BOX_PIXELS)
        moved = changing(plans)
        if len(moved) > 1:
            _draw_mean(
                f"Mean of {len(moved):,} collections together",
                mean_together(plan.before for plan in moved).percent,
                mean_together(plan.after for plan in moved).percent,
            )
        for plan in moved if len(moved) <= VALUES_SHOWN else []:
            name = "Mean of the collection" if len(plans) == 1 else plain(plan.collection_name)
            _draw_mean(name, plan.score_before, plan.score_after)


def _draw_mean(name: str, before: float | None, after: float | None) -> None:
    if before is None or after is None:
        return
    gain = shown_difference(before, after)
    show_mean(name, after, gain, before=before, width=2 * BOX_PIXELS)


def _draw_rows(who: Viewer, plans: Sequence[Plan]) -> None:
    total = sum(plan.counts.update for plan in plans)
    shown: list[dict[str, object]] = []
    for plan in plans:
        for each in core().plan_views.differences(who, plan, limit=SHOWN - len(shown)):
            shown.append(
                {
                    "Dataset": each.title or each.identity,
                    "Score": score_in_words(each),
                    "Field": each.field,
                    "Before": each.before or "–",
                    "After": each.after or "–",
                    "Collection": plan.collection_name,
                    "Identifier": each.identity.removeprefix("title:"),
                }
            )
        if len(shown) >= SHOWN:
            break
    st.markdown(f"The first {min(SHOWN, total):,} of {total:,}:")
    frame = pl.DataFrame(shown)
    st.dataframe(
        (frame if len(plans) > 1 else frame.drop("Collection")).to_pandas(),
        hide_index=True,
        width="stretch",
        column_config={
            "Dataset": st.column_config.TextColumn(width=200),
            "Score": st.column_config.TextColumn(width=110),
            "Field": st.column_config.TextColumn(width=110),
            "Before": st.column_config.TextColumn(width=170),
            "After": st.column_config.TextColumn(width=170),
        },
    )


def score_in_words(difference: Difference) -> str:
    """Return how the score of a dataset moves."""
    before, after = difference.percent_before, difference.percent_after
    if before is None or after is None:
        return percent_text(after)
    return f"{before:.1f} → {after:.1f} %"
