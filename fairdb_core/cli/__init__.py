"""The command ``fairdb``: every command says what it did, or fails with one clear line."""

import sys

import typer
from rich.console import Console

from fairdb_core.cli.backups import backup, restore
from fairdb_core.cli.imports import import_file
from fairdb_core.cli.installation import create_admin, init_db, seed_demo, serve
from fairdb_core.cli.scores import rubrics, score
from fairdb_core.errors import FAIRDatabaseError

app = typer.Typer(
    help="FAIRDatabase: how FAIR your datasets are, why, and what to fix first.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve)
app.command("init-db")(init_db)
app.command("create-admin")(create_admin)
app.command("seed-demo")(seed_demo)
app.command("import")(import_file)
app.command()(score)
app.command()(rubrics)
app.command()(backup)
app.command()(restore)


def main() -> None:
    """Run a command; a refusal is one line on stderr and an exit status that is not zero."""
    try:
        app()
    except FAIRDatabaseError as error:
        Console(stderr=True, soft_wrap=True).print(f"fairdb: {error}", markup=False, style="red")
        sys.exit(1)
