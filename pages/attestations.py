"""Attestations: what only a person can judge, said for a whole collection."""

from datetime import UTC, datetime

import streamlit as st

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.attestations import Attestation, Standing, in_force
from fairdb_core.domain.datasets import Collection
from pages.ui.attestations import (
    ANSWERS,
    draw_form,
    draw_notice,
    draw_question,
    draw_revoke,
    last_day,
)
from pages.ui.routes import screen
from pages.ui.session import core, require_user
from pages.ui.states import answer

viewer = require_user(Role.STEWARD, Role.ADMINISTRATOR)

STANDINGS = {
    Standing.IN_FORCE: "✓ In force",
    Standing.EXPIRED: "– Expired",
    Standing.REVOKED: "✕ Revoked",
}


def chosen_of(collections: list[Collection]) -> Collection:
    """Return the collection that the address names, or that is chosen."""
    asked = st.query_params.get("collection", "")
    ids = [str(each.collection_id) for each in collections]
    chosen = st.selectbox(
        "Collection",
        collections,
        index=ids.index(asked) if asked in ids else 0,
        format_func=lambda each: each.name,
    )
    if str(chosen.collection_id) != asked:
        st.query_params["collection"] = str(chosen.collection_id)
    return chosen


def draw_questions(who: Viewer, said: list[Attestation]) -> None:
    """Draw every question with what counts for the whole collection."""
    now = datetime.now(UTC)
    of_all = [each for each in said if each.dataset_id is None]
    counted = in_force(of_all, now)
    for question in core().attestations.questions:
        with st.container(border=True, gap="small"):
            found = counted.get(question.indicator)
            ended = sum(
                each.indicator == question.indicator and each.standing(now) is not Standing.IN_FORCE
                for each in of_all
            )
            draw_question(question, found, ended)
            if found is not None:
                draw_revoke(who, found)


def draw_all(said: list[Attestation]) -> None:
    """Draw everything that was ever said, of the collection and of its datasets."""
    st.header("Everything that was said", anchor=False)
    if not said:
        st.markdown("Nothing was attested of this collection yet.")
        return
    titles = {each.indicator: each.text for each in core().attestations.questions}
    st.dataframe([row_of(each, titles) for each in said], hide_index=True, width="stretch")


def row_of(said: Attestation, titles: dict[str, str]) -> dict[str, str]:
    """Return one attestation as the table shows it."""
    standing = said.standing(datetime.now(UTC))
    ended = f" by {said.revoked_by_name}" if standing is Standing.REVOKED else ""
    return {
        "Question": titles.get(said.indicator, said.indicator),
        "Answer": ANSWERS[said.answer],
        "Of": "collection" if said.dataset_id is None else f"dataset {said.dataset_id}",
        "By": said.author_name,
        "On": f"{said.created_at:%d %b %Y}",
        "Until": f"{last_day(said):%d %b %Y}",
        "Now": f"{STANDINGS[standing]}{ended}",
        "Note": said.note,
    }


st.title("Attestations", anchor=False)
st.markdown(
    "Some questions of the rubrics no metadata record can answer, for example whether the "
    "repository keeps metadata when data are gone. Answer them here for a whole collection, or "
    "on its page for one dataset. Answers are shown as attested, beside the computed score and "
    "never in it, until their last day."
)
draw_notice()
open_to = core().attestations.open_to(viewer)
if not open_to:
    st.info("There is no collection yet of which you could attest something.")
    st.page_link(screen("upload"), label="Upload a file", icon=":material/upload:")
    st.stop()
collection = chosen_of(open_to)
attested = answer(lambda: core().attestations.of_collection(viewer, collection.collection_id))
draw_questions(viewer, attested)
with st.expander("Answer a question", expanded=not attested):
    draw_form(viewer, core().attestations.questions, collection.collection_id)
draw_all(attested)
