"""A score in which what people attest is counted, apart from the computed one."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from fairdb_core.domain.assessments import Assessment, CheckState
from fairdb_core.domain.attestations import Answer, AttestedScore
from fairdb_core.indicators import INDICATORS, Basis, State
from fairdb_core.indicators.packing import FACT
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.explain import dimension_points, total_points
from fairdb_core.scoring.kernel import score

_FACTS = {
    CheckState.MET: State.MET,
    CheckState.PARTLY: State.PARTLY,
    CheckState.UNMET: State.UNMET,
    CheckState.NOT_ASSESSED: State.NOT_ASSESSED,
}
_ANSWERS = {Answer.MET: CheckState.MET, Answer.UNMET: CheckState.UNMET}


def attested_score(
    assessment: Assessment, rubric: Rubric, answers: Mapping[str, Answer]
) -> AttestedScore:
    """Return the score that an assessment would have if attestations were facts.

    Args:
        assessment: As it was computed; it stays as it is.
        rubric: By which it was computed.
        answers: What people attest, by indicator; what a record can tell is passed over.
    """
    checks = tuple(
        replace(check, state=_ANSWERS[answers[check.indicator]])
        if check.indicator in answers and INDICATORS[check.indicator].basis is Basis.PERSON
        else check
        for check in assessment.checks
    )
    answered = [
        after for before, after in zip(assessment.checks, checks, strict=True) if before != after
    ]
    states = {FACT + check.indicator: [_FACTS[check.state].value] for check in checks}
    frame = pl.DataFrame(states, schema=dict.fromkeys(states, pl.UInt8))
    row = score(frame, rubric).row(0, named=True)
    return AttestedScore(
        count=len(answered),
        met=sum(check.state is CheckState.MET for check in answered),
        total=total_points(row, rubric, checks),
        dimensions=dimension_points(row, rubric, checks),
    )
