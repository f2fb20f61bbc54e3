"""What people attest of one dataset, beside its computed score and never in it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.assessments import Points
from fairdb_core.domain.attestations import Attestation, AttestedScore, Standing, in_force
from fairdb_core.domain.summaries import DatasetSummary
from pages.ui.attestations import draw_form, draw_notice, draw_question, draw_revoke, in_words
from pages.ui.charts import percent_text
from pages.ui.plain import plain
from pages.ui.routes import screen
from pages.ui.session import core


def attestations_of(viewer: Viewer, summary: DatasetSummary) -> list[Attestation]:
    """Return what was attested of a dataset and of its collection."""
    return core().attestations.of_dataset(viewer, summary.dataset.dataset_id)


def lines_of(said: Sequence[Attestation]) -> Mapping[str, str]:
    """Return what counts now, in words, by the fact that it is of."""
    counted = in_force(said, datetime.now(UTC))
    return {key: in_words(each) for key, each in counted.items()}


def draw_attested(viewer: Viewer, summary: DatasetSummary, said: Sequence[Attestation]) -> None:
    """Draw what only a person can judge of this dataset."""
    st.header("Attested by people", anchor=False)
    draw_notice()
    st.markdown(
        "Some things no record tells, so a person has to say them, with name, note and a last "
        "day. They stand beside the computed score and are never mixed into it."
    )
    now = datetime.now(UTC)
    counted = in_force(said, now)
    for question in core().attestations.questions:
        with st.container(border=True, gap="small"):
            answer = counted.get(question.indicator)
            ended = sum(
                each.indicator == question.indicator and each.standing(now) is not Standing.IN_FORCE
                for each in said
            )
            draw_question(question, answer, ended)
            if answer is not None and answer.dataset_id is not None and summary.may_edit:
                draw_revoke(viewer, answer)
    if counted:
        _draw_score(summary, core().attestations.score(summary.assessment, said))
    if summary.may_edit:
        dataset = summary.dataset
        with st.expander("Answer a question for this dataset"):
            draw_form(
                viewer,
                core().attestations.questions,
                dataset.collection_id,
                dataset_id=dataset.dataset_id,
            )
        st.page_link(
            screen("attestations"),
            label="Attest for the whole collection",
            query_params={"collection": str(dataset.collection_id)},
            icon=":material/approval:",
        )


def _draw_score(summary: DatasetSummary, attested: AttestedScore) -> None:
    if not attested.count:
        st.markdown(plain(f"{summary.rubric_title} counts none of these answers."))
        return
    answers = "1 attested answer" if attested.count == 1 else f"{attested.count} attested answers"
    met = "which is met" if attested.count == attested.met == 1 else f"{attested.met} of them met"
    st.markdown(plain(f"With {answers}, {met}, counted apart; the computed score stays as it is:"))
    rows = [*zip(summary.assessment.dimensions, attested.dimensions, strict=True)]
    if attested.total.has_percent:
        rows.append((summary.assessment.total, attested.total))
    st.table(
        [
            {
                "Area": plain(before.title),
                "Computed": _in_words(before),
                "With attestations": _in_words(after),
            }
            for before, after in rows
        ],
        hide_index=True,
    )


def _in_words(points: Points) -> str:
    sums = f"{points.earned:g} of {points.judged:g}"
    if points.priorities and points.level:
        return f"level {points.level}, {sums}"
    return f"{percent_text(points.percent)}, {sums}"
