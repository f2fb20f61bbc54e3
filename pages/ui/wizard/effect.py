"""Step 4 of the wizard: what the file will do to the collection and to its score."""

import polars as pl
import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.sums import shown_difference
from fairdb_core.domain.uploads import Effect
from pages.ui.changes import signed
from pages.ui.plain import plain
from pages.ui.session import core
from pages.ui.wizard.problems import make_plan
from pages.ui.wizard.state import Wizard, restart

_MOST_ROWS = 200
_MOST_DIFFS = 20
_BOX_PIXELS = 160
_WORDS = {
    Effect.CREATE: "To create",
    Effect.UPDATE: "To update",
    Effect.UNCHANGED: "Unchanged",
    Effect.REFUSED: "Refused",
    Effect.LEFT_OUT: "Left out",
}


def draw(viewer: Viewer, state: Wizard) -> None:
    """Draw the step."""
    st.subheader("What the file will do")
    if not make_plan(viewer, state) or state.plan is None:
        return
    plan = state.plan
    counts = {
        Effect.CREATE: plan.counts.create,
        Effect.UPDATE: plan.counts.update,
        Effect.UNCHANGED: plan.counts.unchanged,
        Effect.REFUSED: plan.counts.refused,
    }
    if plan.counts.left_out:
        counts[Effect.LEFT_OUT] = plan.counts.left_out
    with st.container(horizontal=True):
        for effect, count in counts.items():
            st.metric(_WORDS[effect], f"{count:,}", border=True, width=_BOX_PIXELS)
    st.markdown(plain(_score_sentence(state)))
    if plan.counts.changes == 0:
        others = " or refused" if plan.counts.refused else ""
        others += " or left out" if plan.counts.left_out else ""
        st.info(f"The file changes nothing: every row is in the collection as it is{others}.")
    _say_what_is_elsewhere(viewer, state)
    _show_rows(state)
    _show_differences(viewer, state)
    back, on = st.columns(2)
    if back.button("Back", width="stretch"):
        state.go(2)
        st.rerun()
    if plan.counts.changes == 0:
        if on.button("Upload another file", type="primary", width="stretch"):
            restart()
            st.rerun()
    elif on.button("Next: commit", type="primary", width="stretch"):
        state.go(4)
        st.rerun()


def _score_sentence(state: Wizard) -> str:
    plan = state.plan
    if plan is None or plan.score_after is None:
        return "There is no score to show yet."
    rubric = plan.rubric.title
    if plan.score_before is None:
        return f"The collection will have a mean score of {plan.score_after:.1f} % by {rubric}."
    change = shown_difference(plan.score_before, plan.score_after)
    return (
        f"The mean score of the collection goes from {plan.score_before:.1f} % to "
        f"{plan.score_after:.1f} % ({signed(change)} points) by {rubric}."
    )


def _say_what_is_elsewhere(viewer: Viewer, state: Wizard) -> None:
    if state.plan is None or not state.plan.counts.create:
        return
    elsewhere = core().plan_views.elsewhere(viewer, state.plan)
    if elsewhere:
        told = ", ".join(f"“{name}” ({count:,})" for name, count in elsewhere.items())
        st.info(
            plain(
                f"Of the datasets to create, these collections hold some by the same identifier: "
                f"{told}. They will be counted in both."
            )
        )


def _show_rows(state: Wizard) -> None:
    if state.plan is None:
        return
    rows = state.plan.rows.head(_MOST_ROWS).select(
        pl.col("row").alias("Row"),
        pl.col("effect").replace_strict({k.value: v for k, v in _WORDS.items()}).alias("Effect"),
        pl.col("identity").alias("Identifier"),
        pl.col("percent_before").alias("Score before"),
        pl.col("percent_after").alias("Score after"),
    )
    with st.expander(f"Rows one by one (the first {rows.height:,})"):
        score = st.column_config.NumberColumn(format="%.0f %%")
        st.dataframe(
            rows.to_pandas(),
            hide_index=True,
            width="stretch",
            placeholder="–",
            column_config={"Score before": score, "Score after": score},
        )


def _show_differences(viewer: Viewer, state: Wizard) -> None:
    if state.plan is None or state.plan.counts.update == 0:
        return
    differences = core().plan_views.differences(viewer, state.plan, limit=_MOST_DIFFS)
    with st.expander(f"Fields that change in the first {_MOST_DIFFS} updated rows"):
        st.dataframe(
            pl.DataFrame(
                {
                    "Row": [d.row for d in differences],
                    "Field": [d.field for d in differences],
                    "Before": [d.before for d in differences],
                    "After": [d.after for d in differences],
                },
                schema={
                    "Row": pl.Int64,
                    "Field": pl.String,
                    "Before": pl.String,
                    "After": pl.String,
                },
            ).to_pandas(),
            hide_index=True,
            width="stretch",
        )
