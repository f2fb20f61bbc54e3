"""The command ``fairdb``: every command says what it did, or fails with one clear line."""

import sys

import typer
from rich.console import Console
from typer.exceptions import TyperException

from fairdb_core.cli.backups import backup, restore
from fairdb_core.cli.bench import bench
from fairdb_core.cli.evidence import recheck, recompute, verify
from fairdb_core.cli.imports import import_file
from fairdb_core.cli.installation import create_admin, init_db, seed_demo, serve
from fairdb_core.cli.large_files import convert
from fairdb_core.cli.scores import rubrics, score
from fairdb_core.cli.vocabularies import vocabularies
from fairdb_core.errors import FAIRDatabaseError

FAILED = 1

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
app.command()(convert)
app.command()(rubrics)
app.command()(vocabularies)
app.command()(verify)
app.command()(recheck)
app.command()(recompute)
app.add_typer(bench, name="bench")
app.command()(backup)
app.command()(restore)


def main() -> None:
    """Run a command; what fails is one line on stderr and an exit status that is not zero."""
    try:
        sys.exit(app(standalone_mode=False))
    except FAIRDatabaseError as error:
        _fail(str(error))
    except TyperException as error:
        # Nothing is said where the help was shown instead.
        _fail(" ".join(error.format_message().split()))
    except OSError as error:
        _fail(f"{error.strerror or error}: {error.filename or 'a file'}")
    except (typer.Abort, KeyboardInterrupt):
        _fail("stopped; nothing was changed.")


def _fail(reason: str) -> None:
    if reason:
        text = f"fairdb: {reason.removesuffix('.')}."
        Console(stderr=True, soft_wrap=True).print(text, markup=False, style="red")
    sys.exit(FAILED)
