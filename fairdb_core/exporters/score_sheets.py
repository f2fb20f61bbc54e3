"""One dataset's score as a sheet of paper: an HTML file without scripts that prints well."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from fairdb_core.domain.assessments import Check, CheckState, Points
from fairdb_core.domain.explanations import MetricSum
from fairdb_core.domain.summaries import DatasetSummary

_STATES = {
    CheckState.MET: "✓ Met",
    CheckState.PARTLY: "◐ Partly met",
    CheckState.UNMET: "✕ Not met",
    CheckState.NOT_ASSESSED: "– Not assessed",
}
_SHORT = 28
_STYLE = """
:root { color-scheme: light; }
body { font: 10.5pt/1.45 "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif; color: #1b1b1f;
  background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 17pt; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 13pt; margin: 1.6rem 0 .4rem; break-after: avoid; }
p, li { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0;
  border-bottom: 1px solid #c9c9d1; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.key { white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.score { font-size: 22pt; font-weight: 600; margin: .4rem 0 0; }
@page { size: A4; margin: 16mm 14mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } a { color: inherit; } }
"""


def score_sheet(summary: DatasetSummary, at: datetime) -> bytes:
    """Return a dataset's score with everything it is made of.

    Args:
        summary: The dataset explained.
        at: When it is printed.
    """
    assessment, total = summary.assessment, summary.assessment.total
    shown = f"{total.percent:g} %" if total.percent is not None else f"{total.earned:g} met"
    head = [
        f"<h1>{escape(summary.title)}</h1>",
        f"<p>{escape(summary.dataset.identity)} · {escape(summary.collection_name)}</p>",
        f'<p class="score">{escape(shown)}</p>',
        f"<p>{total.earned:g} of {total.judged:g} judged, {total.possible:g} possible. "
        f"{escape(summary.rubric_title)} ({escape(assessment.rubric_id)}, version "
        f"{escape(assessment.rubric_version)}, SHA-256 {escape(assessment.rubric_digest[:16])}…). "
        f"Printed {at:%d %b %Y %H:%M} UTC from version {summary.dataset.dataset_version_id} of "
        "the record.</p>",
    ]
    body = [
        "<h2>How it was added up</h2>",
        "".join(f"<p>{escape(sentence)}</p>" for sentence in summary.added_up.sentences),
        _table(("Part", "Earned", "Judged", "Possible", "Share"), _parts(assessment.dimensions)),
        "<h2>By principle</h2>",
        _table(("Principle", "Earned", "Judged", "Possible", "Share"),
               _parts(assessment.principles)),
        "<h2>By metric</h2>",
        _table(("Metric", "Made of", "Earned", "Judged", "Possible"),
               map(_metric, summary.added_up.metrics)),
        "<h2>Every check</h2>",
        _table(("Check", "State", "Value judged, and what to do", "Points"),
               map(_check, assessment.checks)),
    ]  # fmt: skip
    title = escape(f"Score of {summary.title}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(head + body)}</body></html>\n"
    ).encode()


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    def line(cells: Sequence[object], tag: str) -> str:
        return "".join(
            f"<{tag}{_class(str(cell), name)}>{escape(str(cell))}</{tag}>"
            for cell, name in zip(cells, header, strict=True)
        )

    lines = "".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
    return f"<table><thead><tr>{line(header, 'th')}</tr></thead><tbody>{lines}</tbody></table>"


def _class(cell: str, name: str) -> str:
    if name in {"Earned", "Judged", "Possible", "Share", "Points"}:
        return ' class="number"'
    return ' class="key"' if name == "State" or (name == "Check" and len(cell) < _SHORT) else ""


def _parts(points: Iterable[Points]) -> Iterable[Sequence[object]]:
    for each in points:
        share = "–" if each.percent is None else f"{each.percent:g} %"
        yield each.title, f"{each.earned:g}", f"{each.judged:g}", f"{each.possible:g}", share


def _metric(metric: MetricSum) -> Sequence[object]:
    how = "last one met of" if metric.is_alternative else "sum of"
    made = ", ".join(f"{check_id} {earned:g}" for check_id, _, earned in metric.checks)
    return (
        f"{metric.metric_id} {metric.title}", f"{how} {made}",
        f"{metric.earned:g}", f"{metric.judged:g}", f"{metric.possible:g}",
    )  # fmt: skip


def _check(check: Check) -> Sequence[object]:
    told = f"{check.question} {check.evidence}."
    if check.state in (CheckState.UNMET, CheckState.PARTLY):
        told += f" {check.advice}"
    points = f"{check.earned:g} of {check.possible:g}" if check.possible else "not scored"
    return f"{check.check_id} ({check.principle})", _STATES[check.state], told, points
