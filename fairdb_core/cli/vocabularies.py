"""``fairdb vocabularies``: the reference lists that scores rest on, and how they are renewed."""

from typing import Annotated

import typer
from rich.console import Console

from fairdb_core.cli.evidence import DISAGREES
from fairdb_core.cli.operators import OPERATOR, opened_core
from fairdb_core.vocabularies.sources import reference_lists

_OUT = Console(soft_wrap=True, highlight=False, markup=False)


def vocabularies(
    *,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="How each list is renewed, and which stored scores name another state"
        ),
    ] = False,
) -> None:
    """List the reference lists with source, version and licence."""
    outdated = {}
    if check:
        with opened_core(is_alone=False) as core:
            outdated = core.rechecks.outdated(OPERATOR)
    for each in reference_lists():
        kept = f"package {each.package}" if each.package else "file of this program"
        _OUT.print(
            f"{each.key:<20} {each.version:<9} {each.count:>5,} {each.title.lower()}. "
            f"{each.source}; {each.licence}; {kept}; SHA-256 {each.digest[:12]}…"
        )
        if check:
            _OUT.print(f"  to renew: {each.renewal}")
            if each.key in outdated:
                _OUT.print(f"  {outdated[each.key]:,} stored scores name another state")
    if check and outdated:
        _OUT.print("fairdb recheck says whether that matters to any of them.")
        raise typer.Exit(DISAGREES)
    if check:
        _OUT.print("Every stored score names the lists as they are installed.")
