"""A store that gives way half way through an act."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from fairdb_core import Core


@contextmanager
def breaking_off(core: Core) -> Iterator[None]:
    """Let the store give way when a second collection is switched over."""
    switched: list[str] = []

    def give_way(*told: object) -> None:
        if str(told[2]).startswith("UPDATE collections SET"):
            switched.append(str(told[2]))
            if len(switched) > 1:
                raise OSError("The disk is full")

    event.listen(core.storage.engine, "before_cursor_execute", give_way)
    yield
    event.remove(core.storage.engine, "before_cursor_execute", give_way)
    assert len(switched) == 2
