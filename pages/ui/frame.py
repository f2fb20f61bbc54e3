"""What surrounds every screen: who is signed in, and the way out."""

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from pages.ui.notices import draw_notice
from pages.ui.plain import plain
from pages.ui.styles import draw_styles
from pages.ui.tickets import sign_out_button


def draw_frame(viewer: Viewer) -> None:
    """Draw the head and the foot of the sidebar, and what the last act said of itself."""
    draw_styles()
    if viewer.user is None:
        return
    st.logo("pages/ui/logo.svg", size="large", icon_image="pages/ui/icon.svg")
    with st.sidebar:
        name = viewer.user.full_name or viewer.user.username
        st.markdown(f"**{plain(name)}**  \n{viewer.user.role.value.capitalize()}")
        sign_out_button()
    draw_notice()
