"""What changed since the viewer last looked, with the way to the datasets."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.goals import GoalProgress
from fairdb_core.domain.news import News, NewsItem, NewsKind, NewsPart
from pages.ui.charts import percent_text
from pages.ui.filters import rubric_of_address
from pages.ui.goals import goal_line
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.session import core, token
from pages.ui.states import answer

_TITLES = {
    NewsKind.FAILING: "✕ Newly failing",
    NewsKind.FIXED: "✓ Fixed",
    NewsKind.NEW: "+ New",
    NewsKind.REMOVED: "\u2212 Removed",
}
_WORDS = {
    NewsKind.FAILING: "{count} newly failing",
    NewsKind.FIXED: "{count} fixed",
    NewsKind.NEW: "{count} new",
    NewsKind.REMOVED: "{count} removed",
}
_ABOUT = {
    NewsKind.FAILING: "These fail a check that they did not fail then:",
    NewsKind.FIXED: "These failed a check then that they do not fail now:",
}
_QUESTIONS_SHOWN = 2


def draw_news(viewer: Viewer, goals: Sequence[GoalProgress]) -> None:
    """Draw what happened since the viewer's visit before this one."""
    held = token()
    if viewer.user is None or held is None:
        return
    news = answer(
        lambda: core().news.look(viewer, held, goals=goals, rubric_id=rubric_of_address())
    )
    if news.since is None:
        st.markdown("From your next visit on you see here what changed since the one before.")
        return
    when = f"{news.since.day} {news.since:%B %Y, %H:%M} UTC"
    if news.is_empty:
        st.markdown(f"Nothing has changed since you last looked, on {when}.")
        return
    st.markdown(f"**Since you last looked, on {when}: {news_in_words(news)}.**")
    for part in news.parts:
        _draw_part(part)
    for goal in news.goals_reached:
        st.markdown(goal_line(goal))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            screen("history"),
            label="What it did to the score",
            query_params={"from": f"{news.since:%Y-%m-%d}"},
            icon=":material/timeline:",
        )
        if st.button("Mark as seen"):
            core().news.mark_seen(viewer, held)
            st.rerun()


def news_in_words(news: News) -> str:
    """Return the counts of what happened."""
    words = [_WORDS[part.kind].format(count=f"{part.count:,}") for part in news.parts]
    if news.goals_reached:
        count = len(news.goals_reached)
        words.append("1 goal reached" if count == 1 else f"{count:,} goals reached")
    return ", ".join(words)


def _draw_part(part: NewsPart) -> None:
    shown = "" if part.count == len(part.items) else f", {len(part.items)} of them"
    with st.expander(f"{_TITLES[part.kind]}: {part.count:,}{shown}"):
        if part.kind in _ABOUT:
            st.markdown(_ABOUT[part.kind])
        for item in part.items:
            _draw_item(item, is_gone=part.kind is NewsKind.REMOVED)


def _draw_item(item: NewsItem, *, is_gone: bool) -> None:
    title = plain(item.title or "Dataset without a title")
    questions = "; ".join(item.questions[:_QUESTIONS_SHOWN])
    more = len(item.questions) - _QUESTIONS_SHOWN
    words = [item.collection_name, percent_text(item.percent), questions]
    line = plain(" · ".join(word for word in words if word)) + (
        f" and {more} more" if more > 0 else ""
    )
    if is_gone:
        st.markdown(f"{title} · {line}")
        return
    params = {"id": str(item.dataset_id)}
    if rubric_of_address():
        params["rubric"] = rubric_of_address()
    st.page_link(screen("dataset"), label=title, query_params=params, width="stretch")
    st.markdown(line)
