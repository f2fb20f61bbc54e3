"""All rubrics that may be chosen: those that ship with the program, and those published here."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from fairdb_core.domain.rubric_drafts import PublishedRubric
from fairdb_core.domain.summaries import TrendPoint
from fairdb_core.errors import RubricError
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import Rubric, parse_rubric

# So long a version published in another process may go unseen here.
_SECONDS = 2.0


class RubricCatalogue(Mapping[str, Rubric]):
    """Rubrics by id, the usual one first; of one's own the last version published.

    ``own_id@1.0`` gives an earlier version, which is not listed.

    Args:
        storage: Where the published ones are kept.
        shipped: Those of the program; the first is the usual one.
    """

    def __init__(self, *, storage: Storage, shipped: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._shipped = dict(shipped)
        self._own: dict[str, list[tuple[Rubric, datetime]]] = {}
        self._count = 0
        self._looked_at = float("-inf")
        self._lock = threading.Lock()

    def __getitem__(self, rubric_id: str) -> Rubric:
        if rubric_id in self._shipped:
            return self._shipped[rubric_id]
        name, _, version = rubric_id.partition("@")
        found = [
            rubric
            for rubric, _ in self._published().get(name, [])
            if not version or rubric.version == version
        ]
        if not found:
            raise KeyError(rubric_id)
        return found[-1]

    def __iter__(self) -> Iterator[str]:
        return iter([*self._shipped, *self._published()])

    def __len__(self) -> int:
        return len(self._shipped) + len(self._published())

    def versions(self, rubric_id: str) -> tuple[tuple[Rubric, datetime], ...]:
        """Return the published versions of a rubric of one's own, the earliest first."""
        return tuple(self._published().get(rubric_id, ()))

    def look_again(self) -> None:
        """Read what is published now.

        Raises:
            RubricError: A published version is not what was published.
        """
        with self._lock:
            self._looked_at = float("-inf")
        self._published()

    def _published(self) -> dict[str, list[tuple[Rubric, datetime]]]:
        with self._lock:
            if time.monotonic() - self._looked_at < _SECONDS:
                return self._own
            with self._storage.read() as work:
                count = work.rubrics.count_published()
                if count != self._count:
                    self._own = _checked(work.rubrics.published())
                    self._count = count
            self._looked_at = time.monotonic()
            return self._own


def versions_up_to(
    rubrics: Mapping[str, Rubric], rubric: Rubric
) -> tuple[tuple[Rubric, datetime], ...]:
    """Return the published versions of a rubric up to one of them, the earliest first."""
    found = rubrics.versions(rubric.id) if isinstance(rubrics, RubricCatalogue) else ()
    keys = [each.key for each, _ in found]
    return found[: keys.index(rubric.key) + 1] if rubric.key in keys else ()


def trend_of_versions(
    versions: Sequence[tuple[Rubric, datetime]], trend_by: Callable[[Rubric], Sequence[TrendPoint]]
) -> tuple[TrendPoint, ...]:
    """Return a trend whose points are by the version of the rubric that counted then.

    Args:
        versions: One or more, and since when each counts, the earliest first.
        trend_by: Gives the whole trend by one of them.
    """
    points = list(trend_by(versions[0][0]))
    for version, since in versions[1:]:
        told = trend_by(version)
        # The day of the change is told by the new version, with the datasets of that day.
        start = [replace(point, at=since) for point in told if point.at < since][-1:]
        after = [point for point in told if point.at >= since]
        points = [point for point in points if point.at < since] + start + after
    return tuple(points)


def changes_of(versions: Sequence[tuple[Rubric, datetime]]) -> tuple[tuple[datetime, str], ...]:
    """Return when another version came to count, and which."""
    return tuple((at, f"{rubric.title} {rubric.version}") for rubric, at in versions[1:])


def _checked(published: list[PublishedRubric]) -> dict[str, list[tuple[Rubric, datetime]]]:
    """Return the rubrics, each held against the digest under which it was published."""
    found: dict[str, list[tuple[Rubric, datetime]]] = {}
    for each in published:
        name = f"{each.rubric_id} {each.version}"
        rubric = parse_rubric(each.content.encode(), name=name)
        if rubric.digest != each.digest or rubric.id != each.rubric_id:
            raise RubricError(
                f"Rubric {name} in the store is not what was published. A published version is "
                "never edited: restore it from a backup."
            )
        found.setdefault(each.rubric_id, []).append((rubric, each.published_at))
    return found
