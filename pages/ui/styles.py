"""The few things of the look that Streamlit has no setting for."""

import streamlit as st

# A link cuts its words off after one line, where a title may take three; a long one would stand
# below the box before it; and one that leads to other datasets of the same screen looks chosen.
_STYLES = """<style>
[data-testid="stPageLink-NavLink"] > span:last-child {
    display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden;
}
[data-testid="stPageLink-NavLink"] > span:last-child * {
    white-space: normal; overflow-wrap: anywhere;
}
[data-testid="stMain"] [data-testid="stPageLink-NavLink"]:not(:hover, :focus-visible) {
    background: none;
}
[data-testid="stMain"] [data-testid="stPageLink-NavLink"] p { font-weight: 400; }
[class*="st-key-line-"] { align-items: center; }
[class*="st-key-line-"] > :nth-child(2) { flex: 1 1 calc(100% - 3rem); min-width: 0; }
[class*="st-key-line-"] > :last-child { flex: 1 1 100%; }
</style>"""


def draw_styles() -> None:
    """Have the browser take them over; nothing is drawn where this is called."""
    st.html(_STYLES)
