"""What changed since somebody last looked: kept while it holds, and known again when they return.

A visit lasts as long as a signed-in session: what happened since the session before is news until
the next one begins, or until the person says that they have seen it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.goals import GoalProgress
from fairdb_core.domain.news import News
from fairdb_core.errors import StorageError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.repositories.visits import Visit
from fairdb_core.rubrics import Rubric
from fairdb_core.services.account_access import signed_in
from fairdb_core.services.assessments import readable_collections
from fairdb_core.services.news_parts import parts_of
from fairdb_core.services.score_frames import ScoreFrames, state_of
from fairdb_core.services.tokens import token_hash

WRITTEN_EVERY = timedelta(minutes=1)
_LOCK_SECONDS = 0.2
_log = get_logger(__name__)


class NewsService:
    """What is new to a person.

    Args:
        storage: The store.
        cache: Where news are kept, by everything they depend on.
        rubrics: By id; the first is the one that is taken when none is chosen.
    """

    def __init__(self, *, storage: Storage, cache: Cache, rubrics: Mapping[str, Rubric]) -> None:
        self._storage = storage
        self._cache = cache
        self._frames = ScoreFrames(cache=cache, rubrics=rubrics)

    def look(
        self,
        viewer: Viewer,
        token: str,
        *,
        goals: Sequence[GoalProgress],
        rubric_id: str = "",
        now: datetime | None = None,
    ) -> News:
        """Return what happened since the visit before this one, and write down that they looked.

        Args:
            viewer: Who looks.
            token: Of the session in which they do.
            goals: Those that the viewer may know of.
            rubric_id: By which datasets are judged, the usual one where empty.
            now: The time at which they look, usually this moment.

        Raises:
            AuthenticationError: Nobody is signed in.
            ResourceNotFoundError: There is no such rubric.
        """
        rubric, at = self._frames.rubric(rubric_id), now or datetime.now(UTC)
        user_id = signed_in(viewer).user_id
        last, session_id = self._storage.kept(
            ("visit", user_id, token_hash(token)),
            lambda work: (work.visits.of_user(user_id), _session_id(work, token)),
        )
        visit = _visit(last, session_id, at)
        since, news = visit.known_until, News(None)
        if since is not None:
            news = self._storage.kept(
                ("news", viewer, rubric.key, since),
                lambda work: self._news(work, viewer, rubric, since),
            )
        if last is None or last.session_id != session_id or at - last.opened_at >= WRITTEN_EVERY:
            self._keep(user_id, visit)
        if since is None:
            return news
        reached = tuple(
            goal for goal in goals if goal.reached_at is not None and goal.reached_at > since
        )
        return replace(news, goals_reached=reached)

    def mark_seen(self, viewer: Viewer, token: str, *, now: datetime | None = None) -> None:
        """Write down that the viewer knows everything that has happened so far.

        Raises:
            AuthenticationError: Nobody is signed in.
        """
        user_id, at = signed_in(viewer).user_id, now or datetime.now(UTC)
        with self._storage.work() as work:
            work.visits.keep(user_id, Visit(_session_id(work, token), at, at))
        _log.info("news_marked_seen", user_id=user_id)

    def _keep(self, user_id: int, visit: Visit) -> None:
        """Write a visit down, unless another writer takes long: then next time."""
        try:
            with self._storage.work(lock_seconds=_LOCK_SECONDS) as work:
                work.visits.keep(user_id, visit)
        except StorageError:
            _log.warning("visit_not_kept", user_id=user_id)

    def _news(self, work: Work, viewer: Viewer, rubric: Rubric, since: datetime) -> News:
        seen = readable_collections(work, viewer)

        def told() -> News:
            names = {each.collection_id: each.name for each in seen}
            judged = self._frames.judged(work, seen, rubric)
            return News(since, parts_of(judged, since, self._frames.method(rubric), names))

        return self._cache.compute(("news", rubric.key, state_of(seen), since), told)


def _session_id(work: Work, token: str) -> int:
    return work.sessions.key_of(token_hash(token)) or 0


def _visit(last: Visit | None, session_id: int, now: datetime) -> Visit:
    """Return the visit of this moment; a new session begins a new one, that knows the last."""
    if last is None:
        return Visit(session_id, now, None)
    is_same = last.session_id == session_id
    return Visit(session_id, now, last.known_until if is_same else last.opened_at)
