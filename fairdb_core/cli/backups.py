"""``fairdb backup`` and ``fairdb restore``."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fairdb_core.cli.operators import opened_core
from fairdb_core.errors import ValidationError
from fairdb_core.repositories import backups

_OUT = Console(soft_wrap=True, highlight=False, markup=False)


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an older file")] = False,
) -> None:
    """Write the whole store to one file, also while the app is running."""
    if file.exists() and not overwrite:
        raise ValidationError("file", f"{file} exists; add --overwrite to replace it")
    with opened_core(is_alone=False) as core, Console(stderr=True).status("Writing …"):
        counts = backups.back_up(core.storage, file)
    _OUT.print(
        f"{sum(counts.values()):,} rows of {len(counts)} tables are in {file}. "
        "Keep the secret key with it: without it nobody can sign in."
    )


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup")],
) -> None:
    """Fill an empty store from a backup."""
    with opened_core() as core, Console(stderr=True).status("Restoring …"):
        counts = backups.restore(core.storage, file)
    _OUT.print(f"{sum(counts.values()):,} rows of {len(counts)} tables were restored.")
