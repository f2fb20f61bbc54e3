"""How long, and in how much memory, any file of 20 MB is planned or refused, in a fresh process.

Run it with ``uv run python tests/benchmarks/bench_refusals.py``. Every line tells the seconds and
the megabytes beyond those that a file of one row takes in the same run.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import orjson

BYTES = 20_000_000
_KINDS = {
    "one line of 20 MB": (b"id,title\n1,", b"x"),
    "a column of titles": (b"title\n", b"Soil moisture of plot %d\n"),
    "two narrow columns": (b"identifier,title\n", b"%d,Soil\n"),
    "identifiers in capitals": (b"identifier,title\n", b"HTTPS://DOI.ORG/10.1234/A%d,Soil\n"),
    "dates with clock times": (b"title,issued\n", b"Soil,%d/03/1999 10:00\n"),
    "licences of one's own": (b"title,license\n", b"Soil,our own licence %d\n"),
    "separators only": (b",".join(b"c%d" % n for n in range(500)) + b"\n", b"," * 499 + b"\n"),
    "first cells only": (
        b",".join(b"title%d" % n for n in range(500)) + b"\n",
        b"%d" + b"," * 499 + b"\n",
    ),
    "equal rows": (b"title,license\n", b"Soils,MIT\n"),
    "markup": (b"title,description\n", b"Soil,\"<script>%d</script>'; DROP TABLE x; --\"\n"),
    "opened quotation marks": (b"id,title\n", b'1,"x\n'),
    "quotation marks only": (b"id,title\n", b'"'),
    "line ends only": (b"", b"\n"),
    "more rows than are read": (b"title\n", b"a\n"),
}  # fmt: skip


def main() -> None:
    """Measure each kind."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.csv"
        file.write_bytes(b"identifier,title\n1,Soil\n")
        _measure(file, folder)
        seconds, megabytes, _ = _measure(file, folder)
        print(f"{'one row':<26} {seconds:6.1f} s   {megabytes:6.0f} MB in all")  # noqa: T201
        for kind, (head, row) in _KINDS.items():
            file.write_bytes(_content(head, row))
            taken, peak, outcome = _measure(file, folder)
            print(  # noqa: T201
                f"{kind:<26} {taken - seconds:+6.1f} s   {peak - megabytes:+6.0f} MB   {outcome}"
            )


def _content(head: bytes, row: bytes) -> bytes:
    if b"%d" not in row:
        return head + row * ((BYTES - len(head)) // len(row))
    return head + b"".join(_rows(row, BYTES - len(head)))


def _rows(row: bytes, room: int) -> Iterator[bytes]:
    for number in count(1):
        text = row % number
        room -= len(text)
        if room < 0:
            return
        yield text


def _measure(file: Path, folder: str) -> tuple[float, float, str]:
    """Return seconds, megabytes and outcome of a dry run."""
    told = Path(folder) / "told.json"
    start = time.perf_counter()
    with told.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "fairdb_core.cli", "import", str(file), "--dry-run", "--json"],
            env={**os.environ, "FAIRDB_DATA_DIR": f"{folder}/store"},
            stdout=output,
        )
        usage = os.wait4(process.pid, 0)[2]
    plan = orjson.loads(told.read_bytes())
    code = plan["problems"][0]["code"] if plan["outcome"] == "reject" else ""
    peak = usage.ru_maxrss / 1024
    return time.perf_counter() - start, peak, f"{plan['outcome']} {code}".strip()


if __name__ == "__main__":
    main()
