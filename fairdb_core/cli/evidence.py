"""``fairdb verify``, ``recheck`` and ``recompute``: whether stored scores hold, and making them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fairdb_core.bootstrap import Core, has_store, known_key
from fairdb_core.cli.operators import OPERATOR, acting_viewer, opened_core
from fairdb_core.domain.datasets import Collection
from fairdb_core.domain.evidence import CollectionRecheck
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.rubrics import load_rubrics
from fairdb_core.services.receipt_documents import verify_receipt
from fairdb_core.settings import read_settings

DISAGREES = 2
_SHOWN = 12
_OUT = Console(soft_wrap=True, highlight=False, markup=False)
CollectionOption = Annotated[
    str, typer.Option("--collection", help="Only this collection, by its name")
]


def verify(
    receipt: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The receipt")],
    *,
    without_key: Annotated[
        bool,
        typer.Option("--without-key", help="Do not ask whether this installation issued it"),
    ] = False,
) -> None:
    """Verify a receipt; ends with status 2 where something does not agree.

    Needs no store, but for a rubric of one's own, which is known where its store is.
    """
    settings, content = read_settings(), receipt.read_bytes()
    key = None if without_key else known_key(settings)
    verdict = verify_receipt(content, load_rubrics(), key)
    if verdict.is_rubric_unknown and has_store(settings):
        with opened_core(is_alone=False) as core:
            verdict = verify_receipt(content, core.rubrics, key)
    _OUT.print(verdict.sentence)
    if verdict.told:
        _OUT.print(verdict.told)
    for note in verdict.notes:
        _OUT.print(f"  Other here: {note}")
    if not verdict.agrees:
        raise typer.Exit(DISAGREES)


def recheck(*, collection: CollectionOption = "") -> None:
    """Compute every stored score again; ends with status 2 where one does not agree."""
    with opened_core(is_alone=False) as core:
        found = [
            core.rechecks.collection(OPERATOR, each.collection_id)
            for each in _collections(core, collection)
        ]
    for each in found:
        _tell(each)
    if not all(each.agrees for each in found):
        _OUT.print("fairdb recompute puts right what is missing, damaged or different.")
        raise typer.Exit(DISAGREES)


def recompute(*, collection: CollectionOption = "") -> None:
    """Compute anew, from the stored metadata, the scores that are missing or do not agree."""
    with opened_core() as core:
        viewer = acting_viewer(core)
        for each in _collections(core, collection):
            found = core.rechecks.recompute(viewer, each.collection_id)
            _tell(found)
            if found.batch_ids:
                count = len(found.batch_ids)
                batches = "1 batch was" if count == 1 else f"{count:,} batches were"
                _OUT.print(f"  {batches} computed anew.")


def _collections(core: Core, name: str) -> list[Collection]:
    found = [each for each in core.collections.visible(OPERATOR) if name in ("", each.name)]
    if name and not found:
        raise ResourceNotFoundError("Collection", name)
    return found


def _tell(found: CollectionRecheck) -> None:
    _OUT.print(found.sentence)
    for title, count in found.columns[:_SHOWN]:
        _OUT.print(f"  {count:,} differ: {title}")
    if len(found.columns) > _SHOWN:
        _OUT.print(f"  and {len(found.columns) - _SHOWN} more")
    for change in found.changes:
        _OUT.print(f"  Other now: {change}")
