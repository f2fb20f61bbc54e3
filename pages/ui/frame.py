"""What surrounds every screen: who is signed in, and the way out."""

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from pages.ui.notices import draw_notice
from pages.ui.plain import plain
from pages.ui.tickets import sign_out_button

# Streamlit cuts the words of a link off after one line, where a title may take three, and puts a
# long one below the box that stands before it.
_LINKS_IN_LINES = """<style>
[data-testid="stPageLink-NavLink"] > span:last-child {
    display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden;
}
[data-testid="stPageLink-NavLink"] > span:last-child * {
    white-space: normal; overflow-wrap: anywhere;
}
[class*="st-key-line-"] { flex-wrap: nowrap; align-items: center; }
</style>"""


def draw_frame(viewer: Viewer) -> None:
    """Draw the head and the foot of the sidebar, and what the last act said of itself."""
    st.html(_LINKS_IN_LINES)
    if viewer.user is None:
        return
    st.logo("pages/ui/logo.svg", size="large", icon_image="pages/ui/icon.svg")
    with st.sidebar:
        name = viewer.user.full_name or viewer.user.username
        st.markdown(f"**{plain(name)}**  \n{viewer.user.role.value.capitalize()}")
        sign_out_button()
    draw_notice()
