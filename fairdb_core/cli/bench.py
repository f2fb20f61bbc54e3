"""``fairdb bench score``: how fast made-up records are scored, beside reading them alone."""

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console

from fairdb_core.demo.large_files import write_large_file
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import VALUE_SEPARATOR
from fairdb_core.rubrics import DEFAULT_RUBRIC, Rubric, load_rubrics
from fairdb_core.scoring.assess import assess
from fairdb_core.scoring.explain import explain
from fairdb_core.scoring.kernel import compute_facts, score

_OUT = Console(soft_wrap=True, highlight=False, markup=False)
_USUAL_ROWS = [10_000, 100_000, 1_000_000]
_EDITS = 200

bench = typer.Typer(help="Measure how fast this machine is.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class Spent:
    """The least of several runs.

    Attributes:
        wall: Seconds that went by.
        busy: Seconds in which a core worked for it, all cores together.
    """

    wall: float
    busy: float


@bench.callback()
def measure() -> None:
    """Measure how fast this machine is; figures are the best of several runs."""


@bench.command("score")
def bench_score(
    more: Annotated[list[int] | None, typer.Argument(metavar="[ROWS]...", min=1)] = None,
    *,
    rows: Annotated[
        list[int] | None, typer.Option(min=1, help="Records, several where wanted")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="Runs, of which the best counts")] = 3,
    with_files: Annotated[
        bool, typer.Option(help="Score the file in a process of its own too, for its memory")
    ] = True,
) -> None:
    """Score made-up records, and compare with polars.read_csv of the same file in the same runs."""
    load = f", {os.getloadavg()[0]:.1f} processes waiting" if hasattr(os, "getloadavg") else ""
    _OUT.print(
        f"{platform.machine()}, {os.cpu_count()} cores{load}, Python "
        f"{platform.python_version()}, Polars {pl.__version__}; best of {runs} runs, "
        "seconds (× polars.read_csv; × of its processor time)"
    )
    for count in [*(rows or []), *(more or [])] or _USUAL_ROWS:
        with tempfile.TemporaryDirectory(prefix="fairdb-bench-") as folder:
            _bench(Path(folder), count, runs, with_files=with_files)


def _bench(folder: Path, count: int, runs: int, *, with_files: bool) -> None:
    path, began = folder / "records.csv", time.perf_counter()
    write_large_file(path, count)
    _OUT.print(
        f"\n{count:,} records, {path.stat().st_size / 1e6:,.0f} MB of CSV, made up in "
        f"{time.perf_counter() - began:.1f} s"
    )
    records, rubric = _read(path), load_rubrics()[DEFAULT_RUBRIC]
    facts = compute_facts(records)
    spent = _interleaved(
        {
            "polars.read_csv": lambda: pl.read_csv(path, infer_schema=False),
            f"facts of {len(load_rubrics())} rubrics": lambda: compute_facts(records),
            f"facts, and points by {rubric.title}": lambda: score(compute_facts(records), rubric),
            "all that an import keeps": lambda: assess(records, rubric),
            "kept facts scored anew after a change of weights": _scoring(facts, _draft(rubric)),
            **{
                f"points by {each.title}": _scoring(facts, each) for each in load_rubrics().values()
            },
        },
        runs,
    )
    base = spent["polars.read_csv"]
    for name, one in spent.items():
        _OUT.print(
            f"  {name:<58} {one.wall:>7.3f} "
            f"({one.wall / base.wall:.2f}; {one.busy / base.busy:.2f})"
        )
    _OUT.print(f"  {'one record explained, median':<58} {_one_edit(rubric) * 1000:>7.1f} ms")
    if with_files:
        _bench_files(folder, path, count)


def _scoring(facts: pl.DataFrame, rubric: Rubric) -> Callable[[], object]:
    return lambda: score(facts, rubric)


def _interleaved(acts: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Spent]:
    """Do all of them in turn, several times, so that a busy moment spoils none of them alone."""
    found: dict[str, list[Spent]] = {name: [] for name in acts}
    for _ in range(runs):
        for name, act in acts.items():
            wall, busy = time.perf_counter(), time.process_time()
            act()
            found[name].append(
                Spent(time.perf_counter() - wall, max(time.process_time() - busy, 1e-6))
            )
    return {
        name: Spent(min(one.wall for one in each), min(one.busy for one in each))
        for name, each in found.items()
    }


def _read(path: Path) -> pl.DataFrame:
    """Return the canonical records of a made-up file."""
    raw = pl.read_csv(path, infer_schema=False)
    several = [name for name in raw.columns if FIELD_BY_NAME[name].is_many]
    parted = pl.col(several).str.replace_all("; ", VALUE_SEPARATOR, literal=True)
    return raw.with_columns(parted).rechunk()


def _draft(rubric: Rubric) -> Rubric:
    """Return a rubric in which the first metric's tests are worth twice as much."""
    first, *others = rubric.metrics
    tests = tuple(
        test.model_copy(update={"points": 2 * test.points, "partly": 2 * test.partly})
        for test in first.tests
    )
    return rubric.model_copy(
        update={"metrics": (first.model_copy(update={"tests": tests}), *others)}
    )


def _one_edit(rubric: Rubric) -> float:
    """Return how long one record takes to be explained while its title is typed."""
    spent = []
    for number in range(_EDITS):
        record = {"title": f"Soil moisture {number}", "license": "CC-BY-4.0", "keywords": ["soil"]}
        began = time.perf_counter()
        explain(record, rubric)
        spent.append(time.perf_counter() - began)
    return sorted(spent)[_EDITS // 2]


def _bench_files(folder: Path, path: Path, count: int) -> None:
    records = folder / "records.parquet"
    for name, command in {
        "CSV to scores by all rubrics": ("score", path, folder / "a.parquet", "--rubric", "all"),
        "CSV to canonical Parquet": ("convert", path, records),
        "Parquet to scores by all rubrics": (
            "score", records, folder / "b.parquet", "--rubric", "all",
        ),
    }.items():  # fmt: skip
        began = time.perf_counter()
        peak = _run(*map(str, command))
        spent = time.perf_counter() - began
        _OUT.print(f"  {name:<58} {spent:>7.1f} at most {peak:,.0f} MB, {count / spent:,.0f} a s")


def _run(*arguments: str) -> float:
    """Run the program in a process of its own, and return its peak memory in MB."""
    program = (
        "import sys; from fairdb_core.cli import app; from fairdb_core.cli.bench import peak; "
        "app(sys.argv[1:], standalone_mode=False); print(peak())"
    )
    done = subprocess.run(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True
    )
    return float(done.stdout.split()[-1])


def peak() -> float:
    """Return the most memory that this program has held so far, in MB."""
    if sys.platform == "linux":
        # What the system tells of the process counts the one that started it, too.
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1e3
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e6 if sys.platform == "darwin" else 1e3)
