"""The few things of the look that Streamlit has no setting for."""

import streamlit as st

# A link cuts its words off after one line, where a title may take three; and a long one would stand
# below the box before it.
_STYLES = """<style>
[data-testid="stPageLink-NavLink"] > span:last-child {
    display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden;
}
[data-testid="stPageLink-NavLink"] > span:last-child * {
    white-space: normal; overflow-wrap: anywhere;
}
[class*="st-key-line-"] { flex-wrap: nowrap; align-items: center; }
</style>"""


def draw_styles() -> None:
    """Have the browser take them over; nothing is drawn where this is called."""
    st.html(_STYLES)
