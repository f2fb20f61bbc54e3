"""Work in the background, where nobody waits: what became of it stands in its batch."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from fairdb_core.errors import FAIRDatabaseError
from fairdb_core.logs import get_logger

_WORKERS = 2
_log = get_logger(__name__)


class Jobs:
    """A few threads for everything that takes long."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=_WORKERS, thread_name_prefix="job")

    def start(self, batch_id: int, work: Callable[[], object]) -> None:
        """Do something in the background.

        Args:
            batch_id: The batch in which its end is written down.
            work: What is done; it writes down itself why it failed.
        """
        self._pool.submit(_unwatched, batch_id, work)

    def close(self) -> None:
        """Wait for what runs, and take nothing new."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _unwatched(batch_id: int, work: Callable[[], object]) -> None:
    try:
        work()
    except FAIRDatabaseError as error:
        _log.warning("batch_failed", batch_id=batch_id, error=str(error))
    except Exception:
        _log.exception("batch_failed", batch_id=batch_id)
