"""Acts over several collections: which these are, and what was done to each."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import names_together
from fairdb_core.domain.uploads import Batch
from pages.ui.session import core

_PERCENT = st.column_config.NumberColumn(format="%.1f %%")


def names_of_collections(viewer: Viewer) -> dict[int, str]:
    """Return the names of the collections that the viewer may see, by their keys."""
    return {each.collection_id: each.name for each in core().collections.visible(viewer)}


def collections_in_words(batch: Batch, names: Mapping[int, str]) -> str:
    """Return the names of the collections that a batch changed."""
    return names_together(names.get(part.collection_id, "") for part in batch.of_each)


def draw_parts(batch: Batch, names: Mapping[int, str]) -> None:
    """Draw what an act did to each of its collections."""
    rows = [
        (
            names.get(part.collection_id, ""),
            part.batch_id,
            part.counts.changes,
            part.score_before,
            part.score_after,
        )
        for part in batch.of_each
    ]
    header = ["Collection", "Batch", "Datasets changed", "Mean before", "Mean after"]
    st.dataframe(
        pd.DataFrame(rows, columns=header),
        hide_index=True,
        width="stretch",
        placeholder="–",
        column_config={"Mean before": _PERCENT, "Mean after": _PERCENT},
        key=f"parts-{batch.batch_id}",
    )
