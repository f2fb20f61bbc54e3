"""Short work of many threads, one after the other: together they would only hinder each other."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """Lets one thread at a time do something short, and whoever takes long stand aside.

    Python runs one thread at a time anyway; fifty that are ready pass it round among themselves
    for a third of the time, and all of them finish late.

    Args:
        longest: Seconds after which whoever has the turn no longer keeps the next one waiting.
    """

    def __init__(self, longest: float = 0.1) -> None:
        self._longest = longest
        self._line = Lock()
        self._door = Lock()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for the turn, and have it within this block."""
        with self._line:
            door = self._door
            if not door.acquire(timeout=self._longest):
                door = self._door = Lock()
                door.acquire()
        try:
            yield
        finally:
            door.release()
