"""Filters that live in the address: every view is a link that a colleague can open."""

import hashlib

import streamlit as st

from fairdb_core.domain.summaries import ExplorePage, Facet, FacetCounts, Filters, Relief, Sort
from pages.ui.plain import plain
from pages.ui.selection import address_of_ids, ids_of_address, number_of_address

MAX_TEXT = 200
MAX_VALUES = 50
SORTS = {
    Sort.LOWEST: "Lowest score first",
    Sort.HIGHEST: "Highest score first",
    Sort.TITLE: "By title",
    Sort.NEWEST: "Changed last first",
}
_COLUMNS = 3
_LAST_PAGE = 999_999


def filters_of_address() -> Filters:
    """Return the filters that the address holds."""
    chosen = tuple(
        (facet, tuple(sorted(set(values))[:MAX_VALUES]))
        for facet in Facet
        if (values := st.query_params.get_all(facet.value))
    )
    text = st.query_params.get("q", "").strip()[:MAX_TEXT]
    return Filters(text, chosen, st.query_params.get("mine") == "1", ids_of_address())


def sort_of_address() -> Sort:
    """Return the order that the address asks for."""
    asked = st.query_params.get("sort", "")
    return Sort(asked) if asked in list(Sort) else Sort.LOWEST


def page_of_address() -> int:
    """Return the page that the address asks for, counted from 1."""
    return min(number_of_address("page") or 1, _LAST_PAGE)


def rubric_of_address() -> str:
    """Return the rubric that the address asks for, empty for the usual one."""
    return st.query_params.get("rubric", "")


def address_of(
    filters: Filters, *, sort: Sort = Sort.LOWEST, page: int = 1
) -> dict[str, str | list[str]]:
    """Return the parameters of an address that shows the same."""
    params: dict[str, str | list[str]] = {
        facet.value: list(values) for facet, values in filters.chosen if values
    }
    if filters.text:
        params["q"] = filters.text
    if filters.is_mine:
        params["mine"] = "1"
    if filters.ids:
        params |= address_of_ids(filters.ids)
    if sort is not Sort.LOWEST:
        params["sort"] = sort.value
    if page > 1:
        params["page"] = str(page)
    for kept in ("rubric", "target"):
        if st.query_params.get(kept):
            params[kept] = st.query_params[kept]
    return params


def go_to(filters: Filters, *, sort: Sort = Sort.LOWEST, page: int = 1) -> None:
    """Change the address, and with it what is shown; the view stays."""
    kept = {name: st.query_params[name] for name in ("view", "by") if name in st.query_params}
    st.query_params.from_dict({**address_of(filters, sort=sort, page=page), **kept})
    st.rerun()


def draw_filters(found: ExplorePage, filters: Filters, sort: Sort) -> None:
    """Draw search, facets and order; nothing moves until they are applied."""
    # A key that follows the address starts the widgets afresh when the address changes.
    mark = hashlib.blake2b(repr((filters, sort)).encode(), digest_size=6).hexdigest()
    active = len(filters.chosen)
    has_facets = st.toggle(f"Filters, {active} active" if active else "Filters", key="has_facets")
    with st.form(f"filters-{mark}"):
        search, order = st.columns([2, 1], vertical_alignment="bottom")
        text = search.text_input(
            "Search title, identifier and keywords",
            filters.text,
            max_chars=MAX_TEXT,
            key=f"q-{mark}",
            type="search",
        )
        chosen_sort = order.selectbox(
            "Order",
            list(SORTS),
            index=list(SORTS).index(sort),
            format_func=SORTS.__getitem__,
            key=f"sort-{mark}",
        )
        chosen, is_mine = filters.chosen, filters.is_mine
        if has_facets:
            chosen = _draw_facets(found.facets, filters, mark)
            is_mine = st.checkbox("Only my datasets", filters.is_mine, key=f"mine-{mark}")
        if st.form_submit_button("Apply", type="primary"):
            go_to(Filters(text.strip(), chosen, is_mine, filters.ids), sort=chosen_sort)


def draw_active(filters: Filters, sort: Sort, reliefs: tuple[Relief, ...]) -> None:
    """Draw the filters that are on, each as a button that takes it off."""
    if filters.is_empty:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Filtered by", width="content")
        for relief in reliefs:
            if st.button(f"✕ {plain(relief.label)}", key=f"drop-{relief.label}"):
                go_to(relief.filters, sort=sort)
        if st.button("Clear all filters", type="tertiary"):
            go_to(Filters(), sort=sort)


def _draw_facets(
    facets: tuple[FacetCounts, ...], filters: Filters, mark: str
) -> tuple[tuple[Facet, tuple[str, ...]], ...]:
    chosen = []
    columns = st.columns(_COLUMNS)
    for number, each in enumerate(facets):
        on = filters.values(each.facet)
        labels = {value.value: f"{value.label} ({value.count:,})" for value in each.values}
        options = [*labels, *(value for value in on if value not in labels)]
        if not options:
            continue
        picked = columns[number % _COLUMNS].multiselect(
            each.facet.label,
            options,
            default=list(on),
            format_func=lambda value, names=labels: names.get(value, f"{value} (0)"),
            key=f"{each.facet.value}-{mark}",
            placeholder="Any",
        )
        if picked:
            chosen.append((each.facet, tuple(sorted(picked))))
    return tuple(chosen)
