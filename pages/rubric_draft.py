"""Rubric drafts: an administrator's own rubrics, tried out on what is stored, then published."""

from collections.abc import Callable

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.rubric_drafts import RubricDraft
from fairdb_core.rubrics import Rubric
from pages.ui.notices import leave_notice
from pages.ui.plain import heading, label, plain
from pages.ui.routes import screen
from pages.ui.rubric_drafts.editor import choices_of, draw_editor
from pages.ui.rubric_drafts.preview import draw_preview
from pages.ui.selection import number_of_address
from pages.ui.session import core, require_user
from pages.ui.states import answer

viewer = require_user(Role.ADMINISTRATOR)


def attempt(act: Callable[[], RubricDraft | None], done: str = "") -> None:
    """Do something and draw the screen anew, or say why not."""
    try:
        draft = act()
    except FAIRDatabaseError as error:
        st.error(plain(str(error)))
        return
    if draft is None:
        st.query_params.clear()
    else:
        st.query_params["id"] = str(draft.rubric_draft_id)
    leave_notice(done)
    st.rerun()


def draw_begin(who: Viewer) -> None:
    """Draw the ways to begin a draft."""
    titles = {method.rubric_id: method.title for method in core().assessments.methods()}
    with st.form("copy"):
        base = st.selectbox("Copy this rubric", list(titles), format_func=titles.__getitem__)
        left, right = st.columns(2)
        name = left.text_input(
            "Id of your own", placeholder="our_rubric", help="Small letters, digits and _."
        )
        title = right.text_input("Title", placeholder="Our rubric")
        if st.form_submit_button("Begin a draft", type="primary"):
            attempt(lambda: core().rubric_drafts.copy(who, base, name.strip(), title), "Copied.")
    file = st.file_uploader("Or bring a rubric as a TOML file", type=["toml"], max_upload_size=1)
    if file is not None and st.button("Begin a draft from this file"):
        attempt(lambda: core().rubric_drafts.upload(who, file.getvalue()), "Read.")


def draw_list(who: Viewer) -> None:
    """Draw the drafts that there are, and how to begin one."""
    drafts = core().rubric_drafts.all(who)
    if not drafts:
        st.info("There are no drafts. Copy a rubric to begin one; nothing published changes.")
    for draft in drafts:
        _, rubric = core().rubric_drafts.get(who, draft.rubric_draft_id)
        with st.container(border=True, gap="small"):
            st.page_link(
                screen("rubric_draft"),
                label=f"**{plain(f'{rubric.title} {rubric.version}')}**",
                query_params={"id": str(draft.rubric_draft_id)},
            )
            st.markdown(
                plain(f"{rubric.id} · by {draft.author_name} · {draft.updated_at:%d %b %Y %H:%M}")
            )
    st.header("Begin a draft", anchor=False)
    draw_begin(who)


def draw_acts(who: Viewer, draft: RubricDraft, rubric: Rubric) -> None:
    """Draw what can be done with a draft as it is saved."""
    st.subheader("Publish", anchor=False)
    st.markdown(
        "A published version can be chosen on every screen and is never edited: a change is the "
        "next version. Scores by other rubrics and by earlier versions stay as they are."
    )
    is_sure = st.checkbox(label(f"Publish {rubric.title} {rubric.version} for good"))
    with st.container(horizontal=True):
        if st.button("Publish", type="primary", disabled=not is_sure):
            attempt(lambda: publish(who, draft), "Published. It can be chosen on every screen.")
        st.download_button(
            "Download as TOML",
            draft.content.encode(),
            file_name=f"{rubric.id}-{rubric.version}.toml",
            mime="application/toml",
            on_click="ignore",
        )
        if st.button("Delete this draft", type="tertiary"):
            attempt(lambda: delete(who, draft), "Deleted.")


def publish(who: Viewer, draft: RubricDraft) -> None:
    """Publish a draft, after which there is none."""
    core().rubric_publications.publish(who, draft.rubric_draft_id)


def delete(who: Viewer, draft: RubricDraft) -> None:
    """Delete a draft, after which there is none."""
    core().rubric_drafts.delete(who, draft.rubric_draft_id)


def draw_draft(who: Viewer, asked: int) -> None:
    """Draw one draft: its editor, who would move, and what can be done with it."""
    draft, rubric = answer(lambda: core().rubric_drafts.get(who, asked))
    st.title(heading(f"{rubric.title} {rubric.version}, draft"), anchor=False)
    st.page_link(screen("rubric_draft"), label="All drafts", icon=":material/arrow_back:")
    st.markdown(
        plain(f"{rubric.id} · {len(rubric.tests)} tests · {rubric.possible:g} points in all")
    )
    checks = [check for method in core().assessments.methods() for check in method.checks]
    change = draw_editor(draft, rubric, choices_of(rubric, checks))
    if change is not None:
        attempt(lambda: core().rubric_drafts.save(who, draft, change), "Saved.")
    base = draft.base_rubric_id
    draw_preview(answer(lambda: core().rubric_publications.preview(who, rubric, base)))
    draw_acts(who, draft, rubric)


chosen = number_of_address("id")
if chosen is not None:
    draw_draft(viewer, chosen)
else:
    st.title("Rubric drafts", anchor=False)
    draw_list(viewer)
