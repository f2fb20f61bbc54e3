"""Views that somebody named: opened, saved, renamed and removed beside the list."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.saved_views import MAX_NAME, SavedView
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.session import core


def draw_saved_views(viewer: Viewer) -> None:
    """Draw the named views and the way to keep this one."""
    box = st.expander("Saved views", key="saved_views", on_change="rerun")
    if not box.open:
        return
    with box:
        for view in core().saved_views.open_to(viewer):
            _draw_view(viewer, view)
        _draw_save(viewer)


def _draw_view(viewer: Viewer, view: SavedView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            screen("explore"),
            label=plain(view.name),
            query_params=dict(parse_qs(view.address)),
            icon=":material/bookmark:",
        )
        if not view.is_own:
            st.markdown(plain(f"shared by {view.owner_name}"))
            return
        if view.team_id is not None:
            st.markdown("shared with a team")
        with st.popover("Change", key=f"change-view-{view.saved_view_id}"):
            name = st.text_input(
                "Name", view.name, max_chars=MAX_NAME, key=f"view-name-{view.saved_view_id}"
            )
            if st.button("Rename", key=f"rename-view-{view.saved_view_id}"):
                _do(lambda: core().saved_views.rename(viewer, view.saved_view_id, name))
            if st.button("Remove this view", key=f"remove-view-{view.saved_view_id}"):
                _do(lambda: core().saved_views.remove(viewer, view.saved_view_id))


def _draw_save(viewer: Viewer) -> None:
    teams = core().saved_views.teams_of(viewer)
    with st.form("save-view", border=False, clear_on_submit=True):
        name = st.text_input("Name for what is shown now", max_chars=MAX_NAME)
        team_id = st.selectbox(
            "For",
            [None, *teams],
            format_func=lambda key: "me alone" if key is None else f"my team {teams[key]}",
        )
        if st.form_submit_button("Save this view"):
            address = urlencode(
                [
                    (key, value)
                    for key in st.query_params
                    if key != "page"
                    for value in st.query_params.get_all(key)
                ]
            )
            _do(lambda: core().saved_views.save(viewer, name, address, team_id=team_id))


def _do(act: Callable[[], object]) -> None:
    try:
        act()
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
    else:
        st.rerun()
