"""Rubrics of one's own: working on drafts, on which no published number depends."""

from collections.abc import Mapping

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.permissions import Action, require
from fairdb_core.domain.rubric_drafts import (
    DraftChange,
    RubricDraft,
)
from fairdb_core.errors import ConflictError, ResourceNotFoundError
from fairdb_core.logs import get_logger
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.rubrics import Rubric
from fairdb_core.rubrics.writing import changed, read_draft, toml_of
from fairdb_core.services.rubric_catalogue import RubricCatalogue

MOST_SHOWN = 5
_LEAST = 1e-9
_log = get_logger(__name__)


class RubricDraftService:
    """Drafts as an administrator sees them; everybody else is refused.

    Args:
        storage: The store.
        catalogue: The rubrics that may be copied.
    """

    def __init__(self, *, storage: Storage, catalogue: RubricCatalogue) -> None:
        self._storage = storage
        self._catalogue = catalogue

    def all(self, viewer: Viewer) -> list[RubricDraft]:
        """Return all drafts, the last changed first."""
        require(viewer, Action.MANAGE_RUBRICS)
        with self._storage.read() as work:
            return work.rubrics.drafts()

    def get(self, viewer: Viewer, rubric_draft_id: int) -> tuple[RubricDraft, Rubric]:
        """Return a draft and the rubric that it holds.

        Raises:
            ResourceNotFoundError: There is none.
        """
        require(viewer, Action.MANAGE_RUBRICS)
        with self._storage.read() as work:
            draft = held_draft(work, rubric_draft_id)
        return draft, read_draft(draft.content)

    def copy(self, viewer: Viewer, base_rubric_id: str, rubric_id: str, title: str) -> RubricDraft:
        """Begin a draft as a copy of a rubric.

        Raises:
            ResourceNotFoundError: There is no such rubric.
            RubricError: The id cannot be that of a rubric of one's own.
        """
        require(viewer, Action.MANAGE_RUBRICS)
        base = chosen_rubric(self._catalogue, base_rubric_id)
        known = self._catalogue.versions(rubric_id)
        version = f"{len(known) + 1}.0"
        copied = changed(base, DraftChange(rubric_id, title, version, base.summary))
        return self._add(viewer, base.id, toml_of(copied))

    def upload(self, viewer: Viewer, content: bytes) -> RubricDraft:
        """Begin a draft from a TOML file.

        Raises:
            RubricError: It is unsound.
        """
        require(viewer, Action.MANAGE_RUBRICS)
        text = content.decode("utf-8", "replace")
        read_draft(text)
        return self._add(viewer, next(iter(self._catalogue)), text)

    def save(self, viewer: Viewer, draft: RubricDraft, change: DraftChange) -> RubricDraft:
        """Save what somebody changed in a draft.

        Raises:
            ConflictError: Somebody else changed it meanwhile.
            RubricError: What is left does not hold together.
        """
        require(viewer, Action.MANAGE_RUBRICS)
        content = toml_of(changed(read_draft(draft.content), change))
        with self._storage.work() as work:
            if not work.rubrics.change_draft(draft, content):
                raise ConflictError("Somebody else changed this draft meanwhile. Open it again.")
            found = held_draft(work, draft.rubric_draft_id)
            work.audit.add(viewer, "rubric_draft_saved", "rubric_draft", draft.rubric_draft_id)
        return found

    def delete(self, viewer: Viewer, rubric_draft_id: int) -> None:
        """Take a draft away."""
        require(viewer, Action.MANAGE_RUBRICS)
        with self._storage.work() as work:
            held_draft(work, rubric_draft_id)
            work.rubrics.delete_draft(rubric_draft_id)
            work.audit.add(viewer, "rubric_draft_deleted", "rubric_draft", rubric_draft_id)

    def _add(self, viewer: Viewer, base_rubric_id: str, content: str) -> RubricDraft:
        with self._storage.work() as work:
            draft = work.rubrics.add_draft(viewer, base_rubric_id, content)
            work.audit.add(viewer, "rubric_draft_added", "rubric_draft", draft.rubric_draft_id)
        return draft


def held_draft(work: Work, rubric_draft_id: int) -> RubricDraft:
    """Return a draft.

    Raises:
        ResourceNotFoundError: There is none.
    """
    draft = work.rubrics.draft(rubric_draft_id)
    if draft is None:
        raise ResourceNotFoundError("Rubric draft", rubric_draft_id)
    return draft


def chosen_rubric(rubrics: Mapping[str, Rubric], rubric_id: str) -> Rubric:
    """Return a rubric that may be chosen.

    Raises:
        ResourceNotFoundError: There is none.
    """
    rubric = rubrics.get(rubric_id)
    if rubric is None:
        raise ResourceNotFoundError("Rubric", rubric_id)
    return rubric
