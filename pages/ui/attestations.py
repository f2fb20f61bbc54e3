"""Attestations on screen: each question with what was said, and the form to say it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from fairdb_core import FAIRDatabaseError
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.attestations import Answer, Attestation, Question, Standing
from pages.ui.plain import plain
from pages.ui.session import core

ANSWERS = {Answer.MET: "✓ Met", Answer.UNMET: "✕ Not met"}
_YEAR = timedelta(days=365)
_NOTICE = "attestation_notice"


def last_day(attestation: Attestation) -> date:
    """Return the last day on which an attestation counts."""
    return (attestation.expires_at - timedelta(days=1)).date()


def in_words(attestation: Attestation) -> str:
    """Return who said what, when, until when, and what it rests on."""
    of = "this dataset" if attestation.dataset_id is not None else "the whole collection"
    return (
        f"{ANSWERS[attestation.answer]}, attested for {of} by {attestation.author_name} on "
        f"{attestation.created_at:%d %b %Y}, counts until {last_day(attestation):%d %b %Y}"
    )


def draw_question(question: Question, counted: Attestation | None, said: int = 0) -> None:
    """Draw one question with the attestation that counts.

    Args:
        question: What is asked.
        counted: What counts now.
        said: How many earlier answers expired or were revoked.
    """
    checks = ", ".join(check for check, _ in question.check_ids)
    lines = [f"**{plain(question.text)}** · {plain(checks)}"]
    if counted is None:
        ended = "answer expired or was revoked" if said == 1 else "answers expired or were revoked"
        lines.append(f"– Not answered{f'; {said} earlier {ended}' if said else ''}")
    else:
        lines += [plain(in_words(counted)), plain(f"Note: {counted.note}")]
    st.markdown("  \n".join(lines))


def draw_form(
    viewer: Viewer,
    questions: Sequence[Question],
    collection_id: int,
    *,
    dataset_id: int | None = None,
) -> None:
    """Draw the form in which a person answers a question."""
    today = datetime.now(UTC).date()
    titles = {each.indicator: each.text for each in questions}
    with st.form(f"attest-{collection_id}-{dataset_id}", clear_on_submit=False):
        indicator = st.selectbox("Question", list(titles), format_func=lambda key: titles[key])
        answer = st.radio("Answer", list(Answer), format_func=lambda each: ANSWERS[each])
        note = st.text_area(
            "What it rests on",
            help="For example the address of the repository’s preservation policy.",
            max_chars=1_000,
        )
        until = st.date_input(
            "Counts until",
            today + _YEAR,
            min_value=today,
            max_value=today + 5 * _YEAR,
            format="YYYY-MM-DD",
        )
        of = "this dataset" if dataset_id is not None else "the whole collection"
        if st.form_submit_button(f"Attest for {of}", type="primary"):
            try:
                core().attestations.attest(
                    viewer,
                    collection_id,
                    indicator,
                    answer,
                    note=note,
                    expires_on=until,
                    dataset_id=dataset_id,
                )
            except FAIRDatabaseError as error:
                st.error(plain(str(error)))
            else:
                _say_and_draw_anew("Attested.")


def draw_notice() -> None:
    """Say once what was done before the screen was drawn anew."""
    said = st.session_state.pop(_NOTICE, "")
    if said:
        st.success(said)


def draw_revoke(viewer: Viewer, attestation: Attestation) -> None:
    """Draw the button that ends an attestation, where it counts."""
    if attestation.standing(datetime.now(UTC)) is not Standing.IN_FORCE:
        return
    if st.button("Revoke", key=f"revoke-{attestation.attestation_id}"):
        try:
            core().attestations.revoke(viewer, attestation.attestation_id)
        except FAIRDatabaseError as error:
            st.error(plain(str(error)))
        else:
            _say_and_draw_anew("Revoked.")


def _say_and_draw_anew(said: str) -> None:
    st.session_state[_NOTICE] = said
    st.rerun()
