"""Acts over several collections: which these are, and what was done to each."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.acts import names_together
from fairdb_core.domain.uploads import Batch
from pages.ui.session import core


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
            part.counts.changes,
            means_in_words(part.score_before, part.score_after),
            part.batch_id,
        )
        for part in batch.of_each
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["Collection", "Changed", "Mean score", "Batch"]),
        hide_index=True,
        width="stretch",
        column_config={"Collection": st.column_config.TextColumn(width=130)},
        key=f"parts-{batch.batch_id}",
    )


def means_in_words(before: float | None, after: float | None) -> str:
    """Return how a mean moved, a dash where there is none."""
    if after is None:
        return "–"
    return f"{after:.1f} %" if before is None else f"{before:.1f} → {after:.1f} %"
