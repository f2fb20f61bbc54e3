"""The few things of the look that Streamlit has no setting for."""

import streamlit as st

# A link cuts its words off after one line, where a title may take three; one that leads to other
# datasets of the same screen looks chosen. The lines of a list are a grid, of box, title and words
# each: a container for every line would cost a third of the time that a list takes.
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
.st-key-lines {
    display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: 0;
}
.st-key-lines > :nth-child(3n + 1) { padding-right: 0.75rem; width: auto; }
.st-key-lines > :nth-child(3n) {
    grid-column: 1 / -1; padding-bottom: 0.75rem; margin-bottom: 0.75rem;
    border-bottom: 1px solid color-mix(in srgb, currentcolor 20%, transparent);
}
</style>"""


def draw_styles() -> None:
    """Have the browser take them over; nothing is drawn where this is called."""
    st.html(_STYLES)
