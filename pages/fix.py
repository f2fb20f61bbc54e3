"""Bulk fix: one change to one field of many datasets, previewed, committed and undone as one."""

import polars as pl
import streamlit as st

from fairdb_core import FAIRDatabaseError, Plan
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.fixes import BulkFix, FixAction, FixTarget
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.metadata import FIELD_BY_NAME
from pages.ui.filters import address_of, filters_of_address, rubric_of_address
from pages.ui.plain import plain
from pages.ui.receipts import draw_batch_end
from pages.ui.session import core, require_user
from pages.ui.states import answer

viewer = require_user(Role.STEWARD, Role.ADMINISTRATOR)

ACTIONS = {
    FixAction.FILL: "Fill in where it is empty",
    FixAction.SET: "Set in every dataset",
    FixAction.REPLACE: "Replace one value by another",
    FixAction.COPY: "Copy from another field where it is empty",
    FixAction.CLEAR: "Empty the field",
}
FIELDS = {name: field for name, field in FIELD_BY_NAME.items() if name != "identifier"}
SHOWN = 20
BOX_PIXELS = 160


def suggested_field(filters: Filters) -> str:
    """Return the field that the failed check of the address asks for."""
    asked = st.query_params.get("field", "")
    if asked in FIELDS:
        return asked
    wanted = filters.values(Facet.GAP)
    for method in core().assessments.methods():
        for check in method.checks:
            if check.check_id in wanted:
                return next((name for name in check.fields if name in FIELDS), "license")
    return "license"


def draw_targets(targets: tuple[FixTarget, ...], filters: Filters) -> FixTarget:
    """Draw how many datasets are meant, and return the collection that is chosen."""
    names = {t.collection_id: f"{t.collection_name} ({len(t.dataset_ids):,})" for t in targets}
    total = sum(len(target.dataset_ids) for target in targets)
    which = "may be" if filters.is_empty else "match the filters and may be"
    st.markdown(f"**{total:,} datasets** {which} changed by you.")
    st.page_link(
        "pages/explore.py",
        label="Show them",
        query_params=address_of(filters),
        icon=":material/search:",
    )
    chosen = st.selectbox("Collection", list(names), format_func=names.__getitem__)
    return next(target for target in targets if target.collection_id == chosen)


def draw_fix(filters: Filters) -> BulkFix:
    """Draw what is to be done, and return it."""
    left, right = st.columns(2)
    names = list(FIELDS)
    name = left.selectbox(
        "Field",
        names,
        index=names.index(suggested_field(filters)),
        format_func=lambda key: FIELDS[key].title,
    )
    action = right.selectbox("What to do", list(ACTIONS), format_func=ACTIONS.__getitem__)
    field = FIELDS[name]
    value = found = source = ""
    if action is FixAction.REPLACE:
        found = st.text_input("Value to replace, as it is stored")
    if action is FixAction.COPY:
        others = [key for key in FIELD_BY_NAME if key != name]
        source = st.selectbox("Copy from", others, format_func=lambda key: FIELD_BY_NAME[key].title)
    if action in (FixAction.FILL, FixAction.SET, FixAction.REPLACE):
        hint = f"{field.help} Example: {field.example}"
        draw = st.text_area if field.is_many else st.text_input
        value = draw("New value", help=plain(hint), placeholder=field.example)
    return BulkFix(name, action, value, found, source)


def draw_preview(who: Viewer, plan: Plan) -> None:
    """Draw what the fix will do to datasets and score."""
    st.header("What it will do", anchor=False)
    for problem in plan.problems:
        st.warning(plain(f"Expected {problem.expected}. {problem.remedy}"))
    draw_figures(plan)
    if not plan.counts.update:
        st.info("Nothing changes: every dataset has this value already.")
        return
    differences = core().plan_views.differences(who, plan, limit=SHOWN)
    st.markdown(f"The first {min(SHOWN, plan.counts.update)} of {plan.counts.update:,}:")
    identities = dict(plan.rows.select("row", "identity").iter_rows())
    st.dataframe(
        pl.DataFrame(
            {
                "Dataset": [identities[each.row] for each in differences],
                "Field": [each.field for each in differences],
                "Before": [each.before or "–" for each in differences],
                "After": [each.after or "–" for each in differences],
            }
        ).to_pandas(),
        hide_index=True,
        width="stretch",
    )
    if st.button(f"Fix {plan.counts.update:,} datasets", type="primary"):
        try:
            st.session_state["fix_batch"] = core().uploads.start(who, plan)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
        else:
            st.session_state.pop("fix_plan", None)
            st.rerun()


def draw_figures(plan: Plan) -> None:
    """Draw how many datasets change, and where the score goes."""
    with st.container(horizontal=True):
        st.metric("Change", f"{plan.counts.update:,}", border=True, width=BOX_PIXELS)
        st.metric("Stay as they are", f"{plan.counts.unchanged:,}", border=True, width=BOX_PIXELS)
        if plan.score_before is not None and plan.score_after is not None:
            st.metric(
                "Mean of the collection",
                f"{plan.score_after:.1f} %",
                f"{plan.score_after - plan.score_before:+.2f} points",
                border=True,
                width=2 * BOX_PIXELS,
            )


def draw_question(who: Viewer, filters: Filters) -> None:
    """Draw which datasets are meant, what is to be done to them, and the preview."""
    targets = answer(lambda: core().bulk_fixes.targets(who, filters, rubric_of_address()))
    if not targets and filters.is_empty:
        st.info("There are no datasets yet that you may change.")
        st.page_link("pages/upload.py", label="Upload a file", icon=":material/upload:")
        return
    if not targets:
        st.info("No dataset that you may change matches these filters.")
        st.page_link("pages/explore.py", label="Choose other datasets", icon=":material/search:")
        return
    target = draw_targets(targets, filters)
    fix = draw_fix(filters)
    if st.button("Preview"):
        try:
            st.session_state["fix_plan"] = (
                (target, fix),
                core().bulk_fixes.plan(who, target.collection_id, target.dataset_ids, fix),
            )
        except FAIRDatabaseError as error:
            st.session_state.pop("fix_plan", None)
            st.error(plain(str(error)))
    asked, plan = st.session_state.get("fix_plan", (None, None))
    if plan is not None and asked == (target, fix):
        draw_preview(who, plan)


st.title("Bulk fix", anchor=False)
st.markdown(
    "Change one field of many datasets at once. You see what changes and what it gains before "
    "anything is stored, and you can undo it as one unit."
)
batch_id = st.session_state.get("fix_batch")
if batch_id is None:
    draw_question(viewer, filters_of_address())
else:
    draw_batch_end(viewer, batch_id)
    if st.button("Fix something else"):
        st.session_state.pop("fix_batch", None)
        st.rerun()
