"""The few things of the look that Streamlit has no setting for."""

import streamlit as st

# A link cuts its words off after one line, where a title may take three; one that leads to other
# datasets of the same screen looks chosen. The lines of a list are a grid, of box, title and words
# each: a container for every line would cost a third of the time that a list takes.
# A choice, a tick's words and a value without blanks are cut off where the screen is narrow; the
# chosen tab is told by its line: its words in that colour are too pale in the dark.
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
[data-testid="stSelectbox"] input { text-overflow: ellipsis; }
@media (max-width: 40rem) {
    [role="option"] [data-item-hl] { height: 100%; white-space: normal; line-height: 1.1; }
}
[data-testid="stCheckbox"] [data-testid="stMarkdownContainer"] p { white-space: normal; }
[aria-label^="Values "] td:not(:first-child) * { max-width: none; overflow-wrap: anywhere; }
[data-testid="stHeading"] code { all: unset; }
[data-testid="stMain"] [data-testid="stTab"][aria-selected="true"] { color: inherit; }
</style>"""

# Tables of many columns have no room on a narrow screen: each row stands there as lines one below
# the other, and what a cell is is said before it. Such tables are known by their names.
_STYLES_OF_LISTS = """<style>
@media (max-width: 40rem) { [aria-label^="List of "] {
    &, & tbody { display: block; }
    & thead { position: absolute; width: 1px; overflow: clip; }
    & tr { display: flex; flex-wrap: wrap; column-gap: 0.75rem; padding: 0.5rem 0.75rem; }
    & tr + tr { border-top: 1px solid rgba(128, 128, 128, 0.4); }
    & td { border: none; padding: 0.125rem 0 !important; }
    & td :is(div, p) { display: inline !important; }
} }
@media (max-width: 40rem) { [aria-label^="List of checks"] {
    & td:is(:nth-child(3), :nth-child(n + 6)) { flex: 1 1 100%; }
    & td:nth-child(3) p { font-weight: 600; }
    & td:nth-child(4)::before { content: "Worth: "; }
    & td:nth-child(5)::before { content: "Decided by: "; }
    & td:nth-child(7)::before { content: "Fields: "; }
} }
@media (max-width: 40rem) { [aria-label="List of reference data"] {
    & td:nth-child(-n + 2) { flex: 1 1 100%; }
    & td:nth-child(1) p { font-weight: 600; }
    & td:nth-child(3)::before { content: "Version: "; }
    & td:nth-child(4)::before { content: "Licence: "; }
    & td:nth-child(5)::before { content: "SHA-256: "; }
} }
</style>"""


def draw_styles() -> None:
    """Have the browser take them over; nothing is drawn where this is called."""
    st.html(_STYLES)


def draw_styles_of_lists() -> None:
    """Have the browser draw the tables that are called lists as such on a narrow screen."""
    st.html(_STYLES_OF_LISTS)
