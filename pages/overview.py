"""Overview: how FAIR are we, which principle is weakest, what to fix next, what is new."""

import streamlit as st

from fairdb_core.domain.histories import RubricMark
from fairdb_core.domain.summaries import Facet, Filters, OverviewSummary, RecentBatch
from fairdb_core.domain.uploads import BatchKind
from pages.ui import charts
from pages.ui.charts import percent_text
from pages.ui.filters import (
    address_of,
    draw_active,
    filters_of_address,
    go_to,
    rubric_of_address,
    sort_of_address,
)
from pages.ui.fixes import draw_fix
from pages.ui.goals import draw_goals_in_short
from pages.ui.history_links import draw_way_to_history
from pages.ui.news import draw_news
from pages.ui.plain import plain, unbroken
from pages.ui.routes import screen
from pages.ui.rows import draw_row
from pages.ui.session import core, require_reader
from pages.ui.show import show_chart, show_mean
from pages.ui.states import answer, draw_no_datasets
from pages.ui.trends import of_trend
from pages.ui.undoing import undone_in_words
from pages.ui.ways import draw_ways_on, draw_ways_to_add

viewer = require_reader()

KINDS = {
    BatchKind.UPLOAD: "uploaded",
    BatchKind.FORM: "edited in the form",
    BatchKind.FIX: "fixed together",
    BatchKind.UNDO: "undone",
}


def draw_scope(summary: OverviewSummary, filters: Filters) -> None:
    """Draw the choice of collections."""
    names = {str(key): name for key, name in summary.in_reach}
    if len(names) < 2:  # noqa: PLR2004
        return
    on = [value for value in filters.values(Facet.COLLECTION) if value in names]
    picked = st.multiselect(
        "Collections",
        list(names),
        default=on,
        format_func=names.__getitem__,
        placeholder="All collections",
        key=f"collections-{'-'.join(on)}",
    )
    if sorted(picked) != sorted(on):
        go_to(filters.with_values(Facet.COLLECTION, picked))


def draw_figures(summary: OverviewSummary) -> None:
    """Draw the sentence and the figures that it is made of."""
    at = f", as of {summary.at:%d %B %Y}" if summary.at else ""
    judged = plain(
        f"Judged by {summary.rubric_title} from the records alone: {summary.judged:.1f} of "
        f"{summary.possible:g} possible points could be judged per dataset{at}."
    )
    told = [f"**{unbroken(plain(summary.sentence))}**", judged]
    if not summary.has_total:
        told.append(
            "This rubric is published without an overall score: percentages are the share of the "
            "checks that could be judged and are met."
        )
    st.markdown("\n\n".join(told))
    noun = "score" if summary.has_total else "share met"
    change, low = summary.change, summary.weakest
    with st.container(horizontal=True):
        st.metric(f"Median {noun}", percent_text(summary.median), border=True, height="stretch")
        show_mean(f"Mean {noun}", summary.mean, change.shown_total if change else None)
        st.metric("Datasets", f"{summary.count:,}", border=True, height="stretch")
        st.metric(
            f"Weakest: {low.name}" if low else "Weakest dimension",
            percent_text(low.percent) if low else "–",
            border=True,
            height="stretch",
        )


def done_by(batch: RecentBatch) -> str:
    """Return what a batch did."""
    if batch.kind is BatchKind.FIX and batch.name:
        return batch.name
    if batch.kind is BatchKind.UNDO:
        return f"{KINDS[batch.kind]}, {undone_in_words(batch.updated, batch.removed)}"
    return f"{KINDS[batch.kind]}, {batch.created:,} new, {batch.updated:,} changed"


def moved_by(batch: RecentBatch) -> str:
    """Return how the mean moved with a batch, nothing where that is not known."""
    if batch.score_after is None or batch.score_before is None:
        return ""
    return f", mean {batch.score_before:.1f} → {batch.score_after:.1f} %"


def draw_recent(batches: tuple[RecentBatch, ...]) -> None:
    """Draw what changed last."""
    told = [
        plain(f"{batch.at:%d %b %Y}: {batch.collection_name}, {done_by(batch)}{moved_by(batch)}")
        for batch in batches
    ]
    st.markdown("\n\n".join(told) or "Nothing was uploaded yet.")


def draw_own(summary: OverviewSummary) -> None:
    """Draw the viewer's own datasets."""
    st.header("Your datasets", anchor=False)
    if not summary.own.count:
        st.markdown("No dataset is assigned to you.")
        return
    st.markdown(
        f"**{summary.own.count:,}** assigned to you, mean {percent_text(summary.own.mean)}. "
        "Those with the lowest scores:"
    )
    for row in summary.own.rows:
        draw_row(row)
    st.page_link(
        screen("explore"),
        label="Show all of mine",
        query_params=address_of(Filters(is_mine=True)),
        icon=":material/search:",
    )


def draw_charts(summary: OverviewSummary, filters: Filters) -> None:
    """Draw where the score stands and how it moved."""
    st.header("How FAIR are we?", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(charts.of_principles, summary.principles, summary.count)
    with right:
        show_chart(
            charts.of_distribution, summary.bins, summary.percents, summary.median, summary.count
        )
    marks = tuple(RubricMark(*each) for each in summary.rubric_changes)
    show_chart(of_trend, summary.trend, marks)
    draw_way_to_history(viewer, filters, summary.change.since if summary.change else None)


def draw_next_steps(summary: OverviewSummary, filters: Filters) -> None:
    """Draw what to fix first, and where points are lost."""
    st.header("What to do next", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(charts.of_fixes, summary.fixes, summary.count)
        if viewer.user is not None and summary.fixes:
            st.page_link(
                screen("planner"),
                label="Plan the fixes in order",
                query_params=address_of(filters),
                icon=":material/checklist:",
            )
    with right:
        for fix in summary.fixes[:3]:
            draw_fix(
                viewer,
                fix,
                filters,
                heading=f"**{plain(fix.title)}** · **+{fix.gain:.1f} points**",
            )
    show_chart(charts.of_checks, summary.checks, summary.count)


st.title("Overview", anchor=False)
chosen = filters_of_address()
shown = answer(lambda: core().assessments.overview(viewer, rubric_of_address(), chosen))
if not shown.total_count:
    draw_no_datasets(viewer)
    st.stop()
draw_scope(shown, chosen)
draw_active(chosen, sort_of_address(), shown.reliefs)
if viewer.user is not None:
    draw_ways_on(chosen, "overview")
    draw_ways_to_add(viewer, chosen)
if not shown.count:
    st.info("No dataset matches these filters.")
    if st.button("Show all datasets"):
        go_to(Filters())
    st.stop()
draw_figures(shown)
draw_charts(shown, chosen)
draw_next_steps(shown, chosen)
goals = core().goals.of_viewer(viewer)
is_part = bool(chosen.values(Facet.COLLECTION))
draw_goals_in_short(core().goals.of_viewer(viewer, chosen) if is_part else goals, chosen)
st.header("What is new", anchor=False)
if viewer.user is not None and not chosen.is_empty:
    st.markdown("News are told of all that you may read, whatever is filtered above.")
draw_news(viewer, goals)
draw_recent(shown.recent)
if viewer.user is not None:
    draw_own(shown)
if len(shown.collections) > 1:
    st.header("Collections", anchor=False)
    show_chart(charts.of_collections, shown.collections)
