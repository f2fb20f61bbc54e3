"""A plan as text for a terminal and as one JSON object for a program."""

from typing import Any

from fairdb_core.domain.uploads import Outcome, Problem, ReadReport
from fairdb_core.errors import UnreadableFileError
from fairdb_core.importers.reader import Table
from fairdb_core.services.plans import Plan

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
_SHOWN = 12


def json_of_plan(plan: Plan, table: Table | None, refusal: str) -> dict[str, Any]:
    """Return a plan with its outcome.

    Args:
        table: What was read, where its raw cells are wanted too.
        refusal: Why nothing of it is stored, empty where it is.
    """
    read = _read_of(plan.report)
    if table is not None:
        read["rows"] = [list(row) for row in table.frame.iter_rows()]
    return {
        "outcome": (Outcome.REJECT if refusal else plan.outcome).value,
        "message": refusal,
        "read": read,
        "mapping": [
            {
                "column": column.column,
                "field": column.field,
                "confidence": round(column.confidence, 3),
                "reason": column.reason,
            }
            for column in plan.mapping
        ],
        "problems": [_problem_of(problem) for problem in plan.problems],
        "effect": {
            "create": plan.counts.create,
            "update": plan.counts.update,
            "unchanged": plan.counts.unchanged,
            "refused": plan.counts.refused,
        },
        "scores": {"before": plan.score_before, "after": plan.score_after},
    }


def json_of_refusal(error: UnreadableFileError) -> dict[str, Any]:
    """Return why a file was refused, in the shape of a plan."""
    return {
        "outcome": Outcome.REJECT.value,
        "message": str(error),
        "read": _read_of(error.read),
        "mapping": [],
        "problems": [
            {
                "code": error.code,
                "severity": "error",
                "count": 1,
                "row": error.line,
                "column": error.column,
                "value": error.found,
                "expected": error.expected,
                "remedy": error.remedy,
            }
        ],
        "effect": {
            "create": 0,
            "update": 0,
            "unchanged": 0,
            "refused": error.read.row_count if error.read else 0,
        },
        "scores": {"before": None, "after": None},
    }


def text_of_plan(plan: Plan, refusal: str) -> str:
    """Return a plan as a person reads it, with why nothing of it is stored if so."""
    parts = [_read_sentence(plan.report), *_mapping_lines(plan), *_problem_lines(plan)]
    counts = plan.counts
    parts.append(
        f"Effect: {counts.create:,} to create, {counts.update:,} to update, "
        f"{counts.unchanged:,} unchanged, {counts.refused:,} refused."
    )
    if plan.score_after is not None:
        before = "none" if plan.score_before is None else f"{plan.score_before:.1f} %"
        parts.append(f"Mean score: {before} → {plan.score_after:.1f} % by {plan.rubric.title}.")
    if refusal:
        parts.append(f"Refused: {refusal}")
    return "\n".join(parts)


def _read_of(report: ReadReport | None) -> dict[str, Any]:
    if report is None:
        return {"encoding": "", "separator": "", "header": [], "row_count": 0, "warnings": []}
    return {
        "encoding": report.encoding,
        "separator": report.separator,
        "header": list(report.header),
        "row_count": report.row_count,
        "warnings": [*report.warnings, *_doubts(report)],
    }


def _doubts(report: ReadReport) -> list[str]:
    doubts = []
    if not report.is_encoding_certain:
        doubts.append(
            f"The bytes do not prove that it is {report.encoding}: "
            f"look at the letters, and confirm with --encoding {report.encoding}."
        )
    if not report.is_separator_certain:
        doubts.append("More than one separator fits: look at the columns, and confirm.")
    return doubts


def _problem_of(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "count": problem.count,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "expected": problem.expected,
        "remedy": problem.remedy,
    }


def _read_sentence(report: ReadReport | None) -> str:
    if report is None:
        return ""
    how = "Excel workbook" if not report.separator else report.encoding
    mark = _SEPARATORS.get(report.separator, "one sheet")
    lines = [
        f"Read {report.file_name}: {how}, {mark}, {report.row_count:,} rows, "
        f"{len(report.header)} columns."
    ]
    lines += [f"  Warning: {text}" for text in (*report.warnings, *_doubts(report))]
    return "\n".join(lines)


def _mapping_lines(plan: Plan) -> list[str]:
    width = max((len(column.column) for column in plan.mapping), default=0)
    lines = ["Mapping:"]
    for column in plan.mapping:
        field = column.field or "–"
        lines.append(
            f"  {column.column[:40]:<{min(width, 40)}}  {field:<20} "
            f"{100 * column.confidence:>3.0f} %  {column.reason}"
        )
    return lines


def _problem_lines(plan: Plan) -> list[str]:
    if not plan.problems:
        return ["Problems: none."]
    lines = [f"Problems: {len(plan.problems)}"]
    for problem in plan.problems[:_SHOWN]:
        place = f" in column {problem.column}" if problem.column else ""
        example = f"; row {problem.row}: {problem.value[:60]!r}" if problem.row else ""
        lines.append(
            f"  {problem.severity.value}: {problem.count:,} rows{place}, "
            f"expected {problem.expected}{example}"
        )
        lines.append(f"    {problem.remedy}")
    if len(plan.problems) > _SHOWN:
        lines.append(f"  and {len(plan.problems) - _SHOWN} more kinds")
    return lines
