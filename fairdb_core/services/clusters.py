"""The same scoring on the workers of a Dask cluster, a batch of a Parquet file a task.

The workers read the file, so it has to lie where all of them see it. What they return is packed as
it stands in the file of scores, and whoever asked puts it there, in the order of the records. A
batch whose worker is lost is given to another one.
"""

import os
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairdb_core.errors import ValidationError
from fairdb_core.rubrics import Rubric
from fairdb_core.scoring.kernel import BATCH_ROWS
from fairdb_core.services.large_files import ScoredBatch, parquet_records, scored_batch

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
_WAITING = 3


@contextmanager
def connected(address: str, workers: int | None = None) -> Iterator["Client"]:
    """Yield a client of a cluster, closed in the end.

    Args:
        address: That of its scheduler, or ``local`` for processes of this machine's own.
        workers: How many processes of this machine, else one a core.

    Raises:
        ValidationError: Dask is not installed, or nobody answers at the address.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise ValidationError(
            "--dask", "install the extra that it needs: pip install 'fairdatabase[cluster]'"
        ) from error
    if address == LOCAL:
        # A thread of Polars' own a process: the processes share the cores already.
        one_thread = {"distributed.nanny.pre-spawn-environ.POLARS_MAX_THREADS": "1"}
        with (
            dask.config.set(one_thread),
            LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                # Without one it takes a fixed port, which another run may hold, on every network.
                dashboard_address="127.0.0.1:0",
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise ValidationError("--dask", f"nobody answers at {address}") from error
    with client:
        yield client


def scored_on(
    client: "Client", path: Path, count: int, rubrics: Mapping[str, Rubric]
) -> Iterator[ScoredBatch]:
    """Yield what ``scored_batch`` gives of each batch, in the order of the file.

    Args:
        client: Of a cluster whose workers see the file.
        path: A Parquet file of canonical records.
        count: Records in it.
        rubrics: By which they are scored; they travel whole, as workers know no store.
    """
    starts = iter(range(0, count, BATCH_ROWS))
    waiting: deque[Any] = deque()

    def give_out() -> None:
        for start in starts:
            rows = min(BATCH_ROWS, count - start)
            place = str(path.resolve())
            waiting.append(client.submit(score_batch, place, start, rows, rubrics, pure=False))
            # No more than the workers can begin on, so that results do not heap up.
            if len(waiting) >= _WAITING * max(1, len(client.nthreads())):
                return

    give_out()
    while waiting:
        future = waiting.popleft()
        scored: ScoredBatch = future.result()
        future.release()
        give_out()
        yield scored


def score_batch(path: str, start: int, rows: int, rubrics: Mapping[str, Rubric]) -> ScoredBatch:
    """Return the scores of one batch; this is what a worker does."""
    return scored_batch(parquet_records(Path(path), start, rows), start, rubrics)
