"""What the form asks of the service with each letter that is typed, on both stores.

    uv run python tests/benchmarks/bench_form.py

By each rubric a form that is new, half full and full is typed on, three letters at the end of each
of its fields, one field after the other. *Explained* is what the fields mean, what is wrong with
them, the score and every check; *edits* are the best edits beside the form; *both* is all that one
letter costs. Each is the median and the largest of all letters, after one letter in each field.
"""

import platform
import random
import shutil
import statistics
import string
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench_screens import FORM, settings_of, store

from fairdb_core import Core, build_core
from fairdb_core.logs import configure_logs
from fairdb_core.metadata import FIELD_BY_NAME, FIELDS
from fairdb_core.rubrics import load_rubrics

FORMS = {
    "new": {},
    "half": {**FORM, "title": "Soil moisture at Basel"},
    "full": {field.name: field.example for field in FIELDS},
}


def typed(form: dict[str, str], letters: str) -> Iterator[dict[str, str]]:
    """Yield a form after each letter typed at the end of each field, one field after another."""
    for field in FIELD_BY_NAME:
        text = form.get(field, "")
        for end in range(len(letters)):
            yield {**form, field: text + letters[: end + 1]}


def measure(core: Core, form: dict[str, str], rubric_id: str) -> list[tuple[float, float]]:
    """Return the milliseconds of the explanation and of the edits, for each letter typed."""
    draw = random.Random(rubric_id)  # noqa: S311 - letters that no other rubric has seen
    for each in typed(form, "e"):
        ask(core, each, rubric_id)
    letters = "".join(draw.sample(string.ascii_lowercase, 3))
    return [ask(core, each, rubric_id) for each in typed(form, letters)]


def ask(core: Core, form: dict[str, str], rubric_id: str) -> tuple[float, float]:
    """Ask what the form asks, and return how many milliseconds each part takes."""
    start = time.perf_counter()
    record, _, _ = core.what_ifs.check(form, rubric_id)
    explained = time.perf_counter()
    core.what_ifs.best_edits(record, rubric_id)
    return (explained - start) * 1000, (time.perf_counter() - explained) * 1000


def show(kind: str, core: Core) -> None:
    """Print a line for each rubric and form."""
    write = sys.stdout.write
    write(f"{kind}, milliseconds (median, largest)\n")
    write(f"{'':<24}{'explained':>16}{'edits':>16}{'both':>16}\n")
    for rubric_id in load_rubrics():
        for name, form in FORMS.items():
            found = measure(core, form, rubric_id)
            columns = [[a for a, _ in found], [b for _, b in found], [a + b for a, b in found]]
            cells = "".join(f"{statistics.median(c):>8.1f}{max(c):>8.1f}" for c in columns)
            write(f"{rubric_id + ', ' + name:<24}{cells}\n")


if __name__ == "__main__":
    configure_logs("ERROR")
    place = Path(tempfile.mkdtemp(prefix="fairdb-bench-"))
    sys.stdout.write(f"{platform.machine()}, Python {platform.python_version()}\n")
    try:
        for kind in ("SQLite", "PostgreSQL"):
            with store(place / kind, kind) as url:
                core = build_core(settings_of(place / kind, url))
                show(kind, core)
                core.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)
