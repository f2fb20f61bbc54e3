"""``fairdb score`` and ``fairdb rubrics``: scores of a file, and what they are made of."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import polars as pl
import typer
from rich.console import Console

from fairdb_core import records
from fairdb_core.cli.imports import (
    REFUSED,
    EncodingOption,
    FileArgument,
    MapOption,
    SeparatorOption,
    SheetOption,
    plan_file,
    read_file,
)
from fairdb_core.cli.large_files import score_large
from fairdb_core.cli.operators import OPERATOR, opened_core
from fairdb_core.domain.assessments import Assessment, Check, CheckState, Points
from fairdb_core.errors import ResourceNotFoundError, UnreadableFileError, ValidationError
from fairdb_core.exporters.tables import csv_of
from fairdb_core.importers.normalise import normalise
from fairdb_core.rubrics import DEFAULT_RUBRIC, Rubric, load_rubrics
from fairdb_core.scoring import kernel
from fairdb_core.scoring.explain import explain_all
from fairdb_core.services.plans import Plan

_OUT = Console(soft_wrap=True, highlight=False, markup=False)
_PIECE = 1_000
_CSV_HEADER = (
    "identifier", "rubric", "version", "percent", "earned", "judged", "possible",
    "check", "principle", "state", "evidence", "check_earned", "check_possible", "gain", "advice",
)  # fmt: skip


class Format(StrEnum):
    """How explanations are written."""

    TEXT = "text"
    CSV = "csv"
    JSONL = "jsonl"


OutArgument = Annotated[
    Path | None,
    typer.Argument(help="A Parquet file for the scores: for CSV and Parquet of any size"),
]
DaskOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="With Parquet and OUT: on a Dask cluster, or local"),
]


def score(
    file: FileArgument,
    out: OutArgument = None,
    *,
    rubric: Annotated[
        list[str] | None,
        typer.Option(help="The rubric; see fairdb rubrics. With OUT repeatable, or all"),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Every check of each record")] = False,
    form: Annotated[Format, typer.Option("--format", help="How explanations are written")] = (
        Format.TEXT
    ),
    output: Annotated[Path | None, typer.Option(help="A file instead of the terminal")] = None,
    encoding: EncodingOption = None,
    separator: SeparatorOption = None,
    sheet: SheetOption = None,
    mapped: MapOption = None,
    dask: DaskOption = None,
) -> None:
    """Score a file without storing anything."""
    asked = _rubrics(rubric or [DEFAULT_RUBRIC])
    if out is not None:
        _refuse_beside_out(explain=explain, output=output, encoding=encoding, sheet=sheet)
        score_large(file, out, asked, separator=separator, mapped=mapped or [], dask=dask)
        return
    if dask is not None or len(asked) > 1:
        raise ValidationError("OUT", "name a Parquet file for scores by several rubrics or of Dask")
    (chosen,) = asked.values()
    with opened_core(is_alone=False, stores=False) as core:
        try:
            table = read_file(core, file, encoding, separator, sheet)
            plan = plan_file(core, OPERATOR, file.stem, table, mapped or [])
        except UnreadableFileError as error:
            _OUT.print(f"Refused: {error}")
            raise typer.Exit(REFUSED) from error
    rows = _rows_of(plan).filter(pl.col("metadata_json") != "{}")
    if rows.is_empty():
        _OUT.print(f"Refused: {plan.message}")
        raise typer.Exit(REFUSED)
    if explain:
        _write(_explained(rows, chosen, form), output)
    elif output is not None:
        output.write_bytes(_scores(rows, chosen))
    if output is not None or not explain:
        _OUT.print(_summary(file.name, plan, rows, chosen))


def rubrics() -> None:
    """List the rubrics with their tests and points, those published in the store among them."""
    with opened_core(is_alone=False, stores=False) as core:
        known = list(core.rubrics.values())
    for each in known:
        _OUT.print(
            f"{each.rubric_id:<12} {each.title} {each.version}: {len(each.tests)} tests, "
            f"{_worth(each)} points. {each.source}"
        )


def _worth(rubric: Rubric) -> str:
    return f"{rubric.possible:g}" if rubric.has_total else "–"


def object_of(identifier: str | None, assessment: Assessment) -> dict[str, Any]:
    """Return one record's assessment as JSON takes it."""
    return {
        "identifier": identifier,
        "rubric": assessment.rubric_id,
        "version": assessment.rubric_version,
        **_points(assessment.total),
        "dimensions": {each.name: _points(each) for each in assessment.dimensions},
        "principles": {each.name: _points(each) for each in assessment.principles},
        "checks": [_check(check) for check in assessment.checks],
    }


def _points(points: Points) -> dict[str, Any]:
    told: dict[str, Any] = {
        "percent": points.percent,
        "earned": points.earned,
        "judged": points.judged,
        "possible": points.possible,
    }
    if points.maturity is not None:
        told["maturity"] = points.maturity
    if points.level:
        told["level"] = int(points.level) if points.level.isdecimal() else points.level
    if points.priorities:
        told["priorities"] = {
            each.priority: {"met": each.met, "judged": each.judged, "total": each.total}
            for each in points.priorities
        }
    return told


def _check(check: Check) -> dict[str, Any]:
    return {
        "id": check.check_id,
        "principle": check.principle,
        "state": check.state.value,
        "evidence": check.evidence,
        "earned": check.earned,
        "possible": check.possible,
        "gain": check.gain,
        "advice": check.advice,
    }


def _rows_of(plan: Plan) -> pl.DataFrame:
    """Return the rows of a plan with their records, of rows that would be refused too."""
    is_refused = plan.rows["metadata_json"].is_null()
    if plan.raw is None or not is_refused.any():
        return plan.rows
    texts = records.json_of(normalise(plan.raw, plan.mapping).records)
    return plan.rows.with_columns(metadata_json=pl.coalesce("metadata_json", texts))


def _explained(rows: pl.DataFrame, rubric: Rubric, form: Format) -> Iterator[bytes]:
    """Yield the explanations of records in the order of the file, piece by piece."""
    for start in range(0, rows.height, _PIECE):
        piece = rows.slice(start, _PIECE)
        found = [records.from_json(text) for text in piece["metadata_json"]]
        assessed = zip(piece["identity"], explain_all(found, rubric), strict=True)
        if form is Format.JSONL:
            for identifier, assessment in assessed:
                yield orjson.dumps(
                    object_of(identifier, assessment), option=orjson.OPT_APPEND_NEWLINE
                )
        elif form is Format.CSV:
            told = csv_of(_CSV_HEADER, (line for pair in assessed for line in _lines(*pair)))
            yield told if not start else told.split(b"\r\n", 1)[1]
        else:
            for identifier, assessment in assessed:
                yield (_text(identifier, assessment) + "\n").encode()


def _lines(identifier: str | None, assessment: Assessment) -> Iterator[tuple[object, ...]]:
    total = assessment.total
    head = (
        identifier,
        assessment.rubric_id,
        assessment.rubric_version,
        total.percent,
        total.earned,
        total.judged,
        total.possible,
    )
    for check in assessment.checks:
        yield (*head, *_check(check).values())


def _text(identifier: str | None, assessment: Assessment) -> str:
    total = assessment.total
    percent = "" if total.percent is None else f"{total.percent:.1f} %, "
    lines = [
        f"{identifier or 'no identifier'}: {percent}{total.earned:g} of {total.judged:g} points "
        f"judged, {total.possible:g} possible" + (f", {total.level}" if total.level else "")
    ]
    lines += [
        f"  {each.title}: level {each.level}, "
        + ", ".join(f"{count.priority} {count.met} of {count.judged}" for count in each.priorities)
        for each in assessment.dimensions
        if each.priorities
    ]
    for check in assessment.checks:
        line = f"  {check.state.value:<12} {check.check_id:<18} {check.evidence}"
        if check.state in (CheckState.UNMET, CheckState.PARTLY):
            line += f" → {check.advice} (+{check.gain:g})"
        lines.append(line)
    return "\n".join(lines)


def _write(pieces: Iterator[bytes], output: Path | None) -> None:
    if output is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    with output.open("wb") as file:
        file.writelines(pieces)


def _scored(rows: pl.DataFrame, rubric: Rubric) -> pl.DataFrame:
    frame = records.frame_of_json(rows["metadata_json"])
    return kernel.score(kernel.compute_facts(frame), rubric)


def _scores(rows: pl.DataFrame, rubric: Rubric) -> bytes:
    scored = _scored(rows, rubric)
    told = rows.select("row", "identity").hstack(scored.select("percent", "earned", "judged"))
    return csv_of(("row", "identifier", "percent", "earned", "judged"), told.iter_rows())


def _summary(name: str, plan: Plan, rows: pl.DataFrame, rubric: Rubric) -> str:
    scored = _scored(rows, rubric)
    median, mean, judged = (
        float(value or 0)  # type: ignore[arg-type]
        for value in (scored["percent"].median(), scored["percent"].mean(), scored["judged"].mean())
    )
    return (
        f"{name}: {rows.height:,} of {plan.rows.height:,} rows scored by {rubric.title}. "
        f"Median {median:.1f} %, mean {mean:.1f} %; {judged:.1f} of {rubric.possible:g} points "
        "could be judged."
    )


def _rubrics(rubric_ids: list[str]) -> dict[str, Rubric]:
    """Return rubrics by id; the store is only asked for those that do not ship."""
    shipped = load_rubrics()
    if rubric_ids == ["all"]:
        return dict(shipped)
    if shipped.keys() >= set(rubric_ids):
        return {rubric_id: shipped[rubric_id] for rubric_id in rubric_ids}
    with opened_core(is_alone=False, stores=False) as core:
        found = {rubric_id: core.rubrics.get(rubric_id) for rubric_id in rubric_ids}
    for rubric_id, rubric in found.items():
        if rubric is None:
            raise ResourceNotFoundError("Rubric", rubric_id)
    return {rubric_id: rubric for rubric_id, rubric in found.items() if rubric is not None}


def _refuse_beside_out(
    *, explain: bool, output: Path | None, encoding: str | None, sheet: str | None
) -> None:
    """Stop where an option means nothing when a Parquet file is written."""
    given = {
        "--explain": explain,
        "--output": output is not None,
        "--encoding": encoding is not None,
        "--sheet": sheet is not None,
    }
    for option, is_given in given.items():
        if is_given:
            raise ValidationError(option, "it goes without OUT only")
