"""Bulk fix: one change to one field of many datasets, previewed, committed and undone as one."""

from collections.abc import Sequence

import streamlit as st

from fairdb_core import FAIRDatabaseError, Plan
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.fixes import FixTarget
from fairdb_core.domain.summaries import Filters
from pages.ui.filters import address_of, filters_of_address, rubric_of_address
from pages.ui.fixing.asking import draw_fix, draw_remedy
from pages.ui.fixing.preview import changing, draw_preview
from pages.ui.fixing.proposed import draw_proposing
from pages.ui.plain import plain
from pages.ui.receipts import draw_batch_end
from pages.ui.routes import screen
from pages.ui.selection import ids_of_address
from pages.ui.session import core, require_user
from pages.ui.states import answer

viewer = require_user(Role.STEWARD, Role.ADMINISTRATOR)


def draw_targets(
    targets: tuple[FixTarget, ...], filters: Filters, ids: Sequence[int]
) -> list[FixTarget]:
    """Draw how many datasets are meant, and return those of the collections that are chosen."""
    total = sum(len(target.dataset_ids) for target in targets)
    noun = "dataset" if total == 1 else "datasets"
    if ids:
        st.markdown(f"**{total:,} {noun}** of {len(ids):,} chosen may be changed by you.")
    else:
        which = "may be" if filters.is_empty else "match the filters and may be"
        st.markdown(f"**{total:,} {noun}** {which} changed by you.")
        st.page_link(
            screen("explore"),
            label="Show them",
            query_params=address_of(filters),
            icon=":material/search:",
        )
    if len(targets) == 1:
        return list(targets)
    names = {t.collection_id: f"{t.collection_name} ({len(t.dataset_ids):,})" for t in targets}
    picked = st.multiselect(
        "Collections",
        list(names),
        default=list(names),
        format_func=names.__getitem__,
        help="All are fixed in one act, which is undone as one.",
        key=f"collections-{'-'.join(map(str, names))}",
    )
    return [target for target in targets if target.collection_id in picked]


def draw_nothing_meant(filters: Filters, ids: Sequence[int]) -> None:
    """Say that there is nothing to fix, and where to go."""
    if filters.is_empty and not ids:
        st.info("There are no datasets yet that you may change.")
        st.page_link(screen("upload"), label="Upload a file", icon=":material/upload:")
        return
    st.info("No dataset that you may change matches.")
    st.page_link(screen("explore"), label="Choose other datasets", icon=":material/search:")


def draw_question(who: Viewer, filters: Filters, ids: Sequence[int]) -> None:
    """Draw which datasets are meant, what is to be done to them, and the preview."""
    meant = Filters() if ids else filters
    rubric = rubric_of_address()
    targets = answer(lambda: core().bulk_fixes.targets(who, meant, rubric, chosen_ids=ids))
    if not targets:
        draw_nothing_meant(meant, ids)
        return
    chosen = draw_targets(targets, meant, ids)
    remedy = core().bulk_fixes.remedy(filters, rubric, st.query_params.get("field", ""))
    if remedy is not None:
        draw_remedy(remedy)
    fix = draw_fix(who, remedy)
    if st.button("Preview", disabled=fix is None or not chosen) and fix is not None:
        try:
            with st.spinner("Working out what changes …"):
                planned = core().bulk_fixes.plan_all(who, chosen, fix)
            st.session_state["fix_plan"] = ((chosen, fix), planned)
        except FAIRDatabaseError as error:
            st.session_state.pop("fix_plan", None)
            st.error(plain(str(error)))
    asked, planned = st.session_state.get("fix_plan", (None, ((), ())))
    if asked == (chosen, fix):
        draw_preview(who, *planned)
        draw_commit(who, changing(planned[0]))
        changed = {plan.collection_id for plan in changing(planned[0])}
        if fix is not None and changed:
            draw_proposing(who, [each for each in chosen if each.collection_id in changed], fix)


def draw_commit(who: Viewer, plans: Sequence[Plan]) -> None:
    """Draw the button that carries everything out, in all collections or in none."""
    if not plans:
        return
    total = sum(plan.counts.update for plan in plans)
    if len(plans) > 1:
        st.markdown(
            f"One act in {len(plans)} collections: stored in all of them or in none, "
            "and undone as one."
        )
    noun = "dataset" if total == 1 else "datasets"
    if st.button(f"Fix {total:,} {noun}", type="primary"):
        try:
            st.session_state["fix_batch"] = core().uploads.start(who, *plans)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
            return
        st.session_state.pop("fix_plan", None)
        st.rerun()


def draw_end(who: Viewer, batch_id: int) -> None:
    """Draw what became of the fix."""
    draw_batch_end(who, batch_id)
    if st.button("Fix something else"):
        st.session_state.pop("fix_batch", None)
        st.rerun()


st.title("Bulk fix", anchor=False)
st.markdown(
    "Change one field of many datasets at once. You see what changes and what it gains before "
    "anything is stored, and you can undo it as one unit."
)
if "fix_batch" in st.session_state:
    draw_end(viewer, st.session_state["fix_batch"])
else:
    draw_question(viewer, filters_of_address(), ids_of_address())
