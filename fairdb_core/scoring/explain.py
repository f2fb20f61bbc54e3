"""Why one record scores what it does: every check with the value judged, the rule and the gain."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from fairdb_core.cache import RUBRICS_KEPT, looked_up
from fairdb_core.domain.assessments import Assessment, Check, CheckState, Points, PriorityCount
from fairdb_core.indicators import Basis, Indicator, State
from fairdb_core.indicators.packing import FACT
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, frame_of, values_of
from fairdb_core.rubrics import Rubric, Test
from fairdb_core.scoring.gains import point_gain
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.scoring.known_states import states_of

_STATES = {
    State.MET: CheckState.MET,
    State.PARTLY: CheckState.PARTLY,
    State.UNMET: CheckState.UNMET,
    State.NOT_ASSESSED: CheckState.NOT_ASSESSED,
}
_SHOWN = 160
_States = tuple[int, ...]
_Row = dict[str, Any]


def explain(record: Record, rubric: Rubric) -> Assessment:
    """Return one record's assessment in full.

    Args:
        record: A normalised record.
        rubric: What the facts are worth.
    """
    states = states_of(record, rubric.indicators)
    row, gain = _judged([states], rubric)[states]
    return _assessment(record, rubric, states, row, gain)


def explain_all(records: Sequence[Record], rubric: Rubric) -> Iterator[Assessment]:
    """Yield the assessments of records in their order.

    Args:
        records: Normalised records; facts and scores are computed for all of them at once.
        rubric: What the facts are worth.
    """
    found = compute_facts(frame_of(records), rubric.indicators).rows()
    judged = _judged(found, rubric)
    for record, states in zip(records, found, strict=True):
        row, gain = judged[states]
        yield _assessment(record, rubric, states, row, gain)


def _assessment(
    record: Record, rubric: Rubric, states: _States, row: _Row, gain: _Row
) -> Assessment:
    state_of = dict(zip(rubric.indicators, states, strict=True))
    checks = tuple(
        _check(record, rubric, test, State(state_of[test.indicator]), gain.get(test.id, 0))
        for test in rubric.tests
    )
    return Assessment(
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_digest=rubric.digest,
        total=total_points(row, rubric, checks),
        dimensions=dimension_points(row, rubric, checks),
        principles=_principles(row, rubric),
        checks=checks,
    )


def _judged(found: Sequence[_States], rubric: Rubric) -> dict[_States, tuple[_Row, _Row]]:
    """Return scores and gains by the states of the facts; few differ among many records."""

    def work_out(new: list[_States]) -> Iterator[tuple[_Row, _Row]]:
        schema = {FACT + name: pl.UInt8 for name in rubric.indicators}
        frame = pl.DataFrame(new, schema=schema, orient="row")
        rows = score(frame, rubric).iter_rows(named=True)
        gains = frame.select(_gain_expressions(rubric)).rows(named=True) or [{}] * frame.height
        return zip(rows, gains, strict=True)

    return looked_up(_known(rubric), found, work_out)


@lru_cache(maxsize=RUBRICS_KEPT)
def _known(rubric: Rubric) -> dict[_States, tuple[_Row, _Row]]:
    """Return what was worked out of the rubric so far."""
    return {}


@lru_cache(maxsize=RUBRICS_KEPT)
def _gain_expressions(rubric: Rubric) -> list[pl.Expr]:
    return [
        point_gain(test, rubric).alias(test.id)
        for test in rubric.tests
        if test.fact.basis is not Basis.NETWORK
    ]


def total_points(row: Mapping[str, Any], rubric: Rubric, checks: Sequence[Check]) -> Points:
    """Return the points of a whole record by its row of scores."""
    return Points(
        "total",
        row["earned"],
        row["judged"],
        rubric.possible,
        row.get("maturity"),
        title="Total",
        level=rubric.rating_of(row["earned"]),
        priorities=_by_priority(rubric, checks),
        has_percent=rubric.has_total,
    )


def dimension_points(
    row: Mapping[str, Any], rubric: Rubric, checks: Sequence[Check]
) -> tuple[Points, ...]:
    """Return the points of each dimension by a record's row of scores."""
    return tuple(
        Points(
            dimension.id,
            row[f"{dimension.id}.earned"],
            row[f"{dimension.id}.judged"],
            _possible(rubric, dimension=dimension.id),
            row.get(f"{dimension.id}.maturity"),
            title=dimension.title,
            level=_level(row.get(f"{dimension.id}.level")),
            priorities=_by_priority(rubric, [c for c in checks if c.dimension == dimension.id]),
        )
        for dimension in rubric.dimensions
    )


def _level(level: int | None) -> str:
    return "" if level is None else str(level)


def _by_priority(rubric: Rubric, checks: Sequence[Check]) -> tuple[PriorityCount, ...]:
    states = [
        (priority, [check.state for check in checks if check.priority == priority])
        for priority in rubric.priorities
    ]
    return tuple(
        PriorityCount(
            priority,
            found.count(CheckState.MET),
            len(found) - found.count(CheckState.NOT_ASSESSED),
            len(found),
        )
        for priority, found in states
        if found
    )


def _principles(row: Mapping[str, Any], rubric: Rubric) -> tuple[Points, ...]:
    return tuple(
        Points(
            principle,
            row[f"{principle}.earned"],
            row[f"{principle}.judged"],
            _possible(rubric, principle=principle),
            row.get(f"{principle}.maturity"),
            title=principle,
        )
        for principle in rubric.principles
    )


def evidence_of(record: Record, fact: Indicator, state: State) -> str:
    """Return the value that was judged, or why nothing could be."""
    if state is State.NOT_ASSESSED:
        return _reason(fact, record)
    if fact.evidence is not None:
        return fact.evidence(record)
    told = [
        f"{FIELD_BY_NAME[field].title}: {_shortened(values_of(record, field))}"
        for field in fact.fields
        if values_of(record, field)
    ]
    if told:
        return "; ".join(told)
    titles = " or ".join(FIELD_BY_NAME[field].title for field in fact.fields[:3])
    return f"no value in {titles}"


def _check(record: Record, rubric: Rubric, test: Test, state: State, gain: float) -> Check:
    fact, metric = test.fact, rubric.metric_of(test.id)
    return Check(
        check_id=test.id,
        indicator=fact.key,
        principle=metric.principle,
        question=fact.question,
        state=_STATES[state],
        evidence=evidence_of(record, fact, state),
        rule=test.rule,
        source=rubric.source,
        earned={State.MET: test.points, State.PARTLY: test.partly}.get(state, 0.0),
        possible=test.points,
        gain=gain,
        advice=fact.advice,
        fields=fact.fields,
        example=FIELD_BY_NAME[fact.fields[0]].example,
        dimension=metric.dimension,
        priority=test.priority,
        partly=test.partly,
        maturity=test.maturity if rubric.has_maturity else None,
    )


def _reason(fact: Indicator, record: Record) -> str:
    if fact.basis is Basis.NETWORK:
        return "not assessed: this needs the network, and only the record is judged here"
    if fact.basis is Basis.PERSON:
        return "not assessed: this needs a person"
    if fact.evidence is not None:
        return f"not assessed: {fact.evidence(record)}"
    titles = " or ".join(FIELD_BY_NAME[field].title for field in fact.fields)
    if any(values_of(record, field) for field in fact.fields):
        return f"not assessed: nothing in {titles} is of the kind that this check judges"
    return f"not assessed: the record holds nothing to judge in {titles}"


def _possible(rubric: Rubric, *, dimension: str = "", principle: str = "") -> float:
    return sum(
        metric.possible
        for metric in rubric.metrics
        if metric.dimension == dimension or metric.principle == principle
    )


def _shortened(values: list[str]) -> str:
    text = "; ".join(values)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
