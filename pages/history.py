"""History: how the score moved, and why it differs between two days."""

from datetime import date

import streamlit as st

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.histories import ChangeKind, HistorySummary, MeanChange, MovedDataset
from fairdb_core.services.histories import Question
from pages.ui.changes import KINDS, batch_name, day_text, of_batches, of_change
from pages.ui.charts import percent_text
from pages.ui.days import day_of_address
from pages.ui.filters import address_of, filters_of_address, rubric_of_address
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.rubric_choice import draw_rubric_choice
from pages.ui.session import core, require_user
from pages.ui.show import show_chart
from pages.ui.states import answer, draw_no_datasets
from pages.ui.trends import of_trend
from pages.ui.undoing import draw_way_back

viewer = require_user()

ABOUT = {
    ChangeKind.FIXED: "stood on both days and score higher.",
    ChangeKind.WORSENED: "stood on both days and score lower.",
    ChangeKind.NEW: "came between the days, or came to match the filters.",
    ChangeKind.REMOVED: "went between the days, or match the filters no more.",
}


def draw_days(shown: HistorySummary, asked: Question) -> None:
    """Draw the choice of the two days and of the rubric of the first; it lives in the address."""
    change = shown.change
    methods = {method.rubric_id: method.title for method in core().assessments.methods()}
    same = "The same rubric"
    choices = ["", *(key for key in methods if key != (asked.rubric_id or next(iter(methods))))]
    on = asked.rubric_before_id if asked.rubric_before_id in choices else ""
    mark = f"{change.since}-{change.until}-{on}"
    with st.form(f"days-{mark}"):
        first, last, rubric, apply = st.columns([2, 2, 3, 1], vertical_alignment="bottom")
        limits = {"min_value": shown.first_day, "max_value": "today", "format": "YYYY-MM-DD"}
        since = first.date_input("From the end of", change.since, key=f"from-{mark}", **limits)
        until = last.date_input("To the end of", change.until, key=f"to-{mark}", **limits)
        before = rubric.selectbox(
            "Judged on the first day by",
            choices,
            index=choices.index(on),
            format_func=lambda key: methods.get(key, same),
            key=f"before-{mark}",
        )
        if apply.form_submit_button("Apply", type="primary", width="stretch"):
            st.query_params["from"], st.query_params["to"] = since.isoformat(), until.isoformat()
            st.query_params.pop("rubric_before", None)
            if before:
                st.query_params["rubric_before"] = before
            st.rerun()


def draw_first_day(who: Viewer, day: date) -> None:
    """Say that there is no second day to compare with yet, and where its batches stand."""
    st.info(
        f"Everything here came on one day, {day_text(day)}, and this screen compares days. From "
        "the next day with an upload, an edit or a fix on, it tells why the score moved: what was "
        "fixed, what got worse, what came and went, and which batch did it."
    )
    if who.role in (Role.STEWARD, Role.ADMINISTRATOR):
        st.page_link(
            screen("uploads"),
            label="See what each batch of this day changed, or undo it",
            icon=":material/history:",
        )
    st.page_link(
        screen("overview"), label="See where the score stands", icon=":material/monitoring:"
    )
    st.page_link(screen("planner"), label="See what to fix first", icon=":material/checklist:")


def draw_incomparable(change: MeanChange) -> None:
    """Say that on one of the days there is no mean, and how many datasets stand on the other."""
    day, other = change.since, change.until
    count, mean = change.after_count, change.after
    if change.before is not None:
        day, other, count, mean = other, day, change.before_count, change.before
    stand = (
        f" At the end of {day_text(other)} {count:,} did, with a mean of {percent_text(mean)}."
        if count
        else ""
    )
    st.info(
        f"No dataset that could be judged stood at the end of {day_text(day)}, so there is nothing "
        f"to compare.{stand} Choose days on which both had some."
    )


def draw_moved(moved: tuple[tuple[ChangeKind, tuple[MovedDataset, ...]], ...]) -> None:
    """Draw the datasets that moved most, of each kind."""
    counts = {part.kind: part.count for part in summary.change.parts}
    st.header("Which datasets?", anchor=False)
    if not moved:
        st.markdown("No dataset moved between these days.")
    for kind, examples in moved:
        count = counts.get(kind, len(examples))
        shown = "" if count <= len(examples) else f", the {len(examples)} that moved most"
        with st.expander(f"{KINDS[kind]}: {count:,}{shown}"):
            st.markdown(f"These {ABOUT[kind]}")
            for each in examples:
                draw_dataset(each, is_gone=kind is ChangeKind.REMOVED)


def draw_ways_back(who: Viewer, change: MeanChange) -> None:
    """Draw the batches that the reader may undo, each with its receipt and the way back."""
    possible = core().undo_plans.possible(who, [each.batch_id for each in change.batches])
    told = [each for each in change.batches if each.batch_id in possible]
    if not told:
        return
    box = st.expander("Look at one of these batches, or undo it", on_change="rerun")
    if not box.open:
        return
    with box:
        for each in told:
            day = f", {day_text(each.at)}" if each.at else ""
            name = f"{batch_name(each)} in {each.collection_name}{day}"
            draw_way_back(who, possible[each.batch_id], plain(name))


def draw_dataset(moved: MovedDataset, *, is_gone: bool) -> None:
    """Draw one dataset that moved, with the way to it where it still stands."""
    scores = f"{percent_text(moved.before)} → {percent_text(moved.after)}"
    title = moved.title or "Dataset without a title"
    if is_gone:
        st.markdown(f"{plain(title)} · {plain(moved.collection_name)} · {scores}")
        return
    params = {"id": str(moved.dataset_id)}
    if rubric_of_address():
        params["rubric"] = rubric_of_address()
    st.page_link(screen("dataset"), label=plain(title), query_params=params, width="stretch")
    st.markdown(f"{plain(moved.collection_name)} · {scores}")


st.title("History", anchor=False)
chosen = filters_of_address()
question = Question(
    day_of_address("from"),
    day_of_address("to"),
    chosen,
    rubric_of_address(),
    st.query_params.get("rubric_before", ""),
)
summary = answer(lambda: core().histories.history(viewer, question))
if summary.first_day is None:
    draw_no_datasets(viewer)
    st.stop()
if summary.first_day == summary.last_day and not question.rubric_before_id:
    draw_first_day(viewer, summary.first_day)
    st.stop()
draw_rubric_choice()
draw_days(summary, question)
if not chosen.is_empty:
    st.markdown(
        "Only datasets that match the filters count, each day those that matched on that day."
    )
    st.page_link(
        screen("explore"),
        label="Show them as they are now",
        query_params=address_of(chosen),
        icon=":material/search:",
    )
st.markdown(
    plain(
        f"Judged by {summary.rubric_title}. The first batch is of {day_text(summary.first_day)}, "
        f"the last of {day_text(summary.last_day or summary.first_day)}; days are those of UTC."
    )
)
if summary.rubric_before_title != summary.rubric_title:
    st.markdown(plain(f"On the first day: {summary.rubric_before_title}."))
if summary.change.total is None:
    draw_incomparable(summary.change)
else:
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(of_change, summary.change, level=2)
    with right:
        show_chart(of_batches, summary.change, level=2)
        draw_ways_back(viewer, summary.change)
    draw_moved(summary.change.moved)
show_chart(of_trend, summary.trend, summary.marks, level=2)
