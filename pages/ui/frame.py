"""What surrounds every screen: who is signed in, and the way out."""

from base64 import b64encode
from pathlib import Path

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from pages.ui.notices import draw_notice
from pages.ui.plain import plain
from pages.ui.styles import draw_styles
from pages.ui.tickets import sign_out_button

_HERE = Path(__file__).parent


def _data_uri(name: str) -> str:
    """Return a picture as Streamlit would make it of a path, once instead of in every rerun."""
    return f"data:image/svg+xml;base64,{b64encode((_HERE / name).read_bytes()).decode()}"


ICON, _LOGO = _data_uri("icon.svg"), _data_uri("logo.svg")


def draw_frame(viewer: Viewer) -> None:
    """Draw the head and the foot of the sidebar, and what the last act said of itself."""
    draw_styles()
    if viewer.user is None:
        return
    st.logo(_LOGO, size="large", icon_image=ICON)
    with st.sidebar:
        name = viewer.user.full_name or viewer.user.username
        st.markdown(f"**{plain(name)}**  \n{viewer.user.role.value.capitalize()}")
        sign_out_button()
    draw_notice()
