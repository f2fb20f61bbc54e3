"""How much faster two workers of a cluster score than one, on this machine.

    uv run python tests/benchmarks/bench_cluster.py --rows 1000000

Each run scores the same made-up records by all rubrics; one worker and two take turns, after a
round that is not counted. A worker of its own only shows where a core of its own is idle.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from fairdb_core.demo.large_files import write_large_file
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring.kernel import BATCH_ROWS
from fairdb_core.services import clusters, large_files


def main(rows: int, runs: int) -> None:
    """Print the seconds of each run, and how many times as fast two workers are."""
    sys.stdout.write(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.parquet"
        _write(Path(folder) / "records.csv", path, rows)
        best = {1: float("inf"), 2: float("inf")}
        for _ in range(runs):
            for workers, least in best.items():
                best[workers] = min(least, seconds(path, rows, workers))
        for workers, spent in best.items():
            sys.stdout.write(f"{workers} of them: {rows:,} records in {spent:.2f} s\n")
        sys.stdout.write(f"two workers are {best[1] / best[2]:.2f} times as fast as one\n")


def _write(csv: Path, parquet: Path, rows: int) -> None:
    write_large_file(csv, rows)
    frame = pl.read_csv(csv, infer_schema=False)
    frame.write_parquet(parquet, row_group_size=BATCH_ROWS)


def seconds(path: Path, rows: int, workers: int) -> float:
    """Return how long some workers take, once they have begun, until the scores are written."""
    rubrics, out = load_rubrics(), path.with_name("scores.parquet")
    with clusters.connected(clusters.LOCAL, workers=workers) as client:

        def score(count: int) -> int:
            batches = list[int]()
            scored = clusters.scored_on(client, path, count, rubrics)
            large_files.write_parts(out, (batch.part for batch in scored), batches.append)
            return sum(batches)

        score(min(rows, workers * BATCH_ROWS))
        start = time.perf_counter()
        count = score(rows)
        spent = time.perf_counter() - start
    if count != rows:
        raise RuntimeError(f"{count:,} records were scored, not {rows:,}")
    return spent


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    main(asked.rows, asked.runs)
