"""The choice of the collection that something is added to."""

from collections.abc import Collection, Mapping

import streamlit as st

from fairdb_core.domain.summaries import Facet


def draw_collection_choice(names: Mapping[int, str], known: int | None = None) -> int | None:
    """Draw the choice of a collection, and return it, ``None`` while nobody chose.

    Args:
        names: The collections to which the visitor may add, by key.
        known: Which one was chosen or made before.
    """
    keys = list(names)
    found = preselected(keys, known, st.query_params.get(Facet.COLLECTION.value, ""))
    return st.selectbox(
        "Collection",
        keys,
        index=None if found is None else keys.index(found),
        format_func=names.__getitem__,
        placeholder="Choose a collection",
        help="The set of datasets that this belongs to.",
    )


def preselected(keys: Collection[int], known: int | None, asked: str) -> int | None:
    """Return the collection that is meant without asking, ``None`` where somebody has to choose.

    Args:
        keys: The collections that can be chosen.
        known: Which one was chosen or made before.
        asked: What the address names, as on the way from a collection's overview.
    """
    if known in keys:
        return known
    if len(keys) == 1:
        return next(iter(keys))
    return next((key for key in keys if str(key) == asked), None)
