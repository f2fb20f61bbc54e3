"""Results kept in this process, keyed by everything they depend on, so nothing is invalidated.

Use it for summaries whose key holds a data version and what the viewer may see. Do not use it for
anything that has to be the same in two replicas, or that is private to one person.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Protocol, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

# Of how many rubrics, drafts among them, what follows from a rubric alone is kept.
RUBRICS_KEPT = 32
# Of how many choices of indicators or of checks.
CHOICES_KEPT = 256
# Of how many different texts or sets of states it is kept what they mean.
MEANINGS_KEPT = 20_000


def looked_up(
    kept: dict[Key, Value], asked: Iterable[Key], work_out: Callable[[list[Key]], Iterable[Value]]
) -> dict[Key, Value]:
    """Return what is kept under keys; what is not is worked out at once, and kept from then on.

    Args:
        kept: What was worked out so far; all of it goes when it has become too much.
        asked: The keys.
        work_out: Gives the values of keys in their order, ``None`` never.
    """
    told = {key: kept.get(key) for key in asked}
    new = [key for key, value in told.items() if value is None]
    if new:
        worked_out = dict(zip(new, work_out(new), strict=True))
        if len(kept) > MEANINGS_KEPT:
            kept.clear()
        kept.update(worked_out)
        told.update(worked_out)
    return {key: value for key, value in told.items() if value is not None}


class CacheInterface(Protocol):
    """What any cache behind this program has to offer."""

    def get(self, key: Hashable) -> Any | None:
        """Return the value kept under the key, ``None`` where there is none or it has expired."""

    def set(self, key: Hashable, value: Any, expire: float | None = None) -> None:
        """Keep a value, for ``expire`` seconds where given."""

    def delete(self, key: Hashable) -> None:
        """Forget the key."""


class Cache:
    """The most recently used results of this process; one computation per key at a time.

    Args:
        max_entries: How many are kept.
        large: Where the few results are kept that fill the memory; here where nothing is said.
    """

    def __init__(self, max_entries: int = 256, *, large: "Cache | None" = None) -> None:
        self.large = large or self
        self._max_entries = max_entries
        self._slots: dict[Hashable, Hashable] = {}
        self._entries: OrderedDict[Hashable, tuple[float | None, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._flights: dict[Hashable, threading.Lock] = {}
        self.hits = 0
        self.misses = 0

    def get(self, key: Hashable) -> Any | None:
        """Return the value kept under the key, ``None`` where there is none or it has expired."""
        with self._lock:
            found, value = self._look_up(key)
            return value if found else None

    def set(self, key: Hashable, value: Any, expire: float | None = None) -> None:
        """Keep a value, for ``expire`` seconds where given."""
        with self._lock:
            until = None if expire is None else time.monotonic() + expire
            self._entries[key] = (until, value)
            self._entries.move_to_end(key)
            while len(self._entries) > self._max_entries:
                self._entries.popitem(last=False)

    def delete(self, key: Hashable) -> None:
        """Forget the key."""
        with self._lock:
            self._entries.pop(key, None)

    def compute(
        self, key: Hashable, make: Callable[[], Value], *, slot: Hashable | None = None
    ) -> Value:
        """Return the value under the key, made once even when many threads ask at once.

        Args:
            key: Everything that the value depends on.
            make: Makes it.
            slot: What it is a newer state of; the state that was kept before is let go.
        """
        with self._lock:
            found, value = self._look_up(key)
            if found:
                self.hits += 1
                return value  # type: ignore[no-any-return]
            flight = self._flights.setdefault(key, threading.Lock())
        with flight:
            with self._lock:
                found, value = self._look_up(key)
            if found:
                self.hits += 1
                return value  # type: ignore[no-any-return]
            self.misses += 1
            try:
                made = make()
                self.set(key, made)
                self._let_go(slot, key)
            finally:
                with self._lock:
                    self._flights.pop(key, None)
            return made

    def latest(self, slot: Hashable) -> Any | None:
        """Return the state that is kept in a slot, ``None`` where there is none."""
        with self._lock:
            return self._look_up(self._slots.get(slot))[1]

    def _let_go(self, slot: Hashable | None, key: Hashable) -> None:
        with self._lock:
            before = self._slots.get(slot)
            if slot is None or before == key:
                return
            self._slots[slot] = key
            self._entries.pop(before, None)

    def _look_up(self, key: Hashable) -> tuple[bool, Any]:
        entry = self._entries.get(key)
        if entry is None:
            return False, None
        until, value = entry
        if until is not None and time.monotonic() >= until:
            del self._entries[key]
            return False, None
        self._entries.move_to_end(key)
        return True, value
