"""``fairdb import``: a file from the command line through the same plan."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from fairdb_core.bootstrap import Core
from fairdb_core.cli.operators import OPERATOR, acting_viewer, opened_core
from fairdb_core.cli.reports import json_of_plan, json_of_refusal, text_of_plan
from fairdb_core.domain.accounts import Viewer
from fairdb_core.errors import UnreadableFileError, ValidationError
from fairdb_core.importers.reader import Table
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.services.plans import Plan
from fairdb_core.services.previews import with_choices

REFUSED = 2
_OUT = Console(soft_wrap=True, highlight=False, markup=False)
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|"}

FileArgument = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, TSV or XLSX")]
EncodingOption = Annotated[
    str | None, typer.Option(help="utf-8, utf-16, cp1252 or latin-1; else what the bytes prove")
]
SeparatorOption = Annotated[
    str | None, typer.Option(help="comma, semicolon, tab or pipe; else found on the records")
]
SheetOption = Annotated[str | None, typer.Option(help="The sheet of a workbook; else its first")]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=FIELD", help="Where a column goes; empty leaves it out"),
]


def import_file(
    file: FileArgument,
    *,
    collection: Annotated[
        str, typer.Option(help="The collection it goes to; made where there is none")
    ] = "",
    as_user: Annotated[
        str, typer.Option("--as", help="Who imports; else the first administrator")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the plan, store nothing")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout")] = False,
    rows: Annotated[bool, typer.Option("--rows", help="With --json: the raw cells too")] = False,
    good_rows_only: Annotated[
        bool,
        typer.Option(
            "--good-rows-only/--all-or-nothing",
            help="Leave refused rows out, or store nothing where there are any",
        ),
    ] = True,
    encoding: EncodingOption = None,
    separator: SeparatorOption = None,
    sheet: SheetOption = None,
    mapped: MapOption = None,
) -> None:
    """Import a file, or show with --dry-run what it would do."""
    name = collection or file.stem
    with opened_core(is_alone=not dry_run, stores=not dry_run) as core:
        # A dry run needs no store and so nobody in it, unless somebody is named.
        viewer = OPERATOR if dry_run and not as_user else acting_viewer(core, as_user)
        try:
            table = read_file(core, file, encoding, separator, sheet)
            plan = plan_file(core, viewer, name, table, mapped or [])
        except UnreadableFileError as error:
            _show(json_of_refusal(error) if as_json else f"Refused: {error}")
            raise typer.Exit(REFUSED) from error
        refusal = plan.message or ("" if good_rows_only else _word_on_refused_rows(plan))
        raw = table if rows else None
        _show(json_of_plan(plan, raw, refusal) if as_json else text_of_plan(plan, refusal))
        if refusal:
            raise typer.Exit(REFUSED)
        if not dry_run:
            _refuse_uncertain(table)
            told = _carry_out(core, viewer, plan)
            if not as_json:
                _show(told)


def read_file(
    core: Core, file: Path, encoding: str | None, separator: str | None, sheet: str | None
) -> Table:
    """Read a file as the options say.

    Raises:
        UnreadableFileError: The file is refused.
        ValidationError: The separator is not one of the four, or a text table has no sheets.
    """
    mark = separator_of(separator)
    table = core.previews.read(
        OPERATOR, file, file.name, encoding=encoding, separator=mark, sheet=sheet
    )
    if sheet and table.report.sheet is None:
        raise ValidationError("--sheet", f"{file.name} is no workbook and has no sheets")
    return table


def separator_of(name: str | None) -> str | None:
    """Return the mark that an option names.

    Raises:
        ValidationError: It is not one of the four.
    """
    mark = _SEPARATORS.get(name, name) if name else None
    if mark is not None and len(mark) != 1:
        raise ValidationError("--separator", "use comma, semicolon, tab or pipe")
    return mark


def plan_file(core: Core, viewer: Viewer, name: str, table: Table, mapped: list[str]) -> Plan:
    """Work out what a file does to the collection of a name, which need not be there yet.

    Raises:
        ValidationError: A column or field of ``--map`` is not there.
    """
    mapping = with_choices(
        core.previews.suggest(viewer, table), _choices(mapped, table), "chosen with --map"
    )
    known = next((c for c in core.collections.visible(viewer) if c.name == name), None)
    if known is None:
        return core.previews.plan_new(viewer, name, table, mapping)
    return core.previews.plan(viewer, known.collection_id, table, mapping)


def _choices(mapped: list[str], table: Table) -> dict[str, str | None]:
    choices: dict[str, str | None] = {}
    for pair in mapped:
        column, mark, field = pair.rpartition("=")
        if not mark or column not in table.report.header:
            raise ValidationError("--map", f"there is no column {column or pair!r} in the file")
        if field and field not in FIELD_BY_NAME:
            raise ValidationError(
                "--map", f"there is no field {field!r}; fields are {', '.join(FIELD_BY_NAME)}"
            )
        choices[column] = field or None
    return choices


def _refuse_uncertain(table: Table) -> None:
    """Stop an import whose reading nobody confirmed; a dry run shows it instead."""
    report = table.report
    if not report.is_encoding_certain:
        raise ValidationError(
            "--encoding",
            f"the bytes do not prove that it is {report.encoding}; look at the dry run "
            f"and confirm with --encoding {report.encoding}",
        )
    if not report.is_separator_certain:
        raise ValidationError(
            "--separator", "more than one separator fits; look at the dry run and say which"
        )


def _word_on_refused_rows(plan: Plan) -> str:
    refused = plan.counts.refused
    if not refused:
        return ""
    rows = "1 row is" if refused == 1 else f"{refused:,} rows are"
    return f"{rows} refused, so nothing is stored. Correct them, or use --good-rows-only."


def _carry_out(core: Core, viewer: Viewer, plan: Plan) -> str:
    """Store the good rows of what was planned, and return what to say about it."""
    name = plan.collection_name
    if not plan.counts.changes:
        return f"Nothing changes: every row is in “{name}” as it is."
    if not plan.collection_id:
        made = core.collections.create(viewer, name)
        plan = replace(plan, collection_id=made.collection_id)
    with Console(stderr=True).status(f"Storing {plan.counts.changes:,} rows …"):
        batch = core.uploads.commit(viewer, plan, good_rows_only=True)
    counts = batch.counts
    return (
        f"Stored in “{name}” as batch {batch.batch_id}: {counts.create:,} created, "
        f"{counts.update:,} updated, {counts.unchanged:,} unchanged, {counts.refused:,} refused."
    )


def _show(text: str | dict[str, Any]) -> None:
    if isinstance(text, str):
        _OUT.print(text)
    else:
        typer.echo(orjson.dumps(text).decode())
