"""How long a bulk fix of many datasets takes from preview to committed, and its undo.

    uv run python -m tests.benchmarks.bench_bulk_fix --rows 40000

On SQLite and, where a server starts, on PostgreSQL. Beside the seconds stands the multiple of what
``csv.reader`` alone needs for the same records as a file, in the same run.
"""

import argparse
import os
import platform
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from fairdb_core import Core, build_core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.summaries import Filters
from fairdb_core.domain.uploads import BatchState
from fairdb_core.logs import configure_logs
from tests.benchmarks.bench_import import PASSWORD, baseline, settings_of, stores, write_file

Made = TypeVar("Made")
FIX = BulkFix("rights_holder", FixAction.SET, "University of Mannheim")


def fill(core: Core, path: Path) -> Viewer:
    """Store the file's records, and return the steward they belong to."""
    name = f"b{secrets.token_hex(4)}"
    viewer = Viewer(
        core.accounts.add_account(name, f"{name}@example.org", "", Role.STEWARD, PASSWORD)
    )
    made = core.collections.create(viewer, name)
    table = core.previews.read(viewer, path, "x.csv")
    mapping = core.previews.suggest(viewer, table)
    plan = core.previews.plan(viewer, made.collection_id, table, mapping)
    core.uploads.commit(viewer, plan, good_rows_only=True)
    core.assessments.overview(viewer)
    return viewer


def measure(core: Core, path: Path) -> tuple[int, dict[str, float]]:
    """Return how many datasets were fixed and the seconds of each part."""
    viewer = fill(core, path)
    spent: dict[str, float] = {}

    def timed(part: str, act: Callable[[], Made]) -> Made:
        start = time.perf_counter()
        result = act()
        spent[part] = time.perf_counter() - start
        return result

    def wait(batch_id: int) -> int:
        while core.batches.get(viewer, batch_id).state is BatchState.RUNNING:
            time.sleep(0.05)
        if core.batches.get(viewer, batch_id).state is not BatchState.READY:
            raise RuntimeError(core.batches.get(viewer, batch_id).error)
        return batch_id

    targets = core.bulk_fixes.targets(viewer, Filters())
    plan = timed("preview", lambda: core.bulk_fixes.plan_all(viewer, targets, FIX))[0][0]
    batch_id = timed("commit", lambda: wait(core.uploads.start(viewer, plan)))
    timed("undo", lambda: wait(core.batches.start_undo(viewer, batch_id)))
    return plan.counts.update, spent


def run(folder: Path, rows: int) -> None:
    """Print a line for each kind of store."""
    sys.stdout.write(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    path = folder / "records.csv"
    write_file(path, rows)
    alone = baseline(path)
    sys.stdout.write(f"{rows:,} rows; csv.reader alone {alone:.3f} s\n")
    with stores(folder) as addresses:
        for kind, address in addresses.items():
            core = build_core(settings_of(folder / kind, address("bulk_fix")))
            count, spent = measure(core, path)
            core.close()
            parts = ", ".join(
                f"{part} {seconds:.1f} s ({seconds / alone:.0f} ×)"
                for part, seconds in spent.items()
            )
            total = spent["preview"] + spent["commit"]
            sys.stdout.write(
                f"{kind}: {count:,} datasets fixed in {total:.1f} s ({total / alone:.0f} ×); "
                f"{parts}\n"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=40_000)
    configure_logs("ERROR")
    place = Path(tempfile.mkdtemp(prefix="fairdb-bench-"))
    try:
        run(place, parser.parse_args().rows)
    finally:
        shutil.rmtree(place, ignore_errors=True)
