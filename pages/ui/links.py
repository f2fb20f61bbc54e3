"""Filters as the text of a link, so that several sets of them fit into one address."""

from urllib.parse import parse_qs, urlencode

from fairdb_core.domain.summaries import Facet, Filters
from pages.ui.filters import MAX_TEXT, MAX_VALUES
from pages.ui.selection import address_of_ids, ids_of_text

_NAME = "name"


def link_of(name: str, filters: Filters) -> str:
    """Return a name and filters as the text of a link."""
    pairs = [(_NAME, name)]
    if filters.text:
        pairs.append(("q", filters.text))
    pairs += [(facet.value, value) for facet, values in filters.chosen for value in values]
    if filters.is_mine:
        pairs.append(("mine", "1"))
    pairs += address_of_ids(filters.ids).items() if filters.ids else ()
    return urlencode(pairs)


def filters_of_link(link: str) -> tuple[str, Filters]:
    """Return the name and the filters of such a text, or of the address of a list of datasets."""
    found = parse_qs(link)
    chosen = tuple(
        (facet, tuple(sorted(set(found[facet.value]))[:MAX_VALUES]))
        for facet in Facet
        if facet.value in found
    )
    text = found.get("q", [""])[0].strip()[:MAX_TEXT]
    ids = ids_of_text(found.get("ids", [""])[0])
    filters = Filters(text, chosen, found.get("mine") == ["1"], ids)
    return found.get(_NAME, [text or "Group"])[0], filters
