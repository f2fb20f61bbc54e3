"""Rubrics of one's own: drafts, which change, and published versions, which never do."""

from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.rubric_drafts import PublishedRubric, RubricDraft
from fairdb_core.errors import DuplicateError
from fairdb_core.repositories.tables import PublishedRubricRow, RubricDraftRow


class RubricRepository:
    """Keeps drafts and published versions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def drafts(self) -> list[RubricDraft]:
        """Return all drafts, the last changed first."""
        rows = select(RubricDraftRow).order_by(RubricDraftRow.updated_at.desc())
        return [_draft_of(row) for row in self._session.scalars(rows)]

    def draft(self, rubric_draft_id: int) -> RubricDraft | None:
        """Return a draft."""
        row = self._session.get(RubricDraftRow, rubric_draft_id)
        return None if row is None else _draft_of(row)

    def add_draft(self, viewer: Viewer, base_rubric_id: str, content: str) -> RubricDraft:
        """Add a draft."""
        now = datetime.now(UTC)
        row = RubricDraftRow(
            base_rubric_id=base_rubric_id,
            content=content,
            author_name=_name_of(viewer),
            created_at=now,
            updated_at=now,
            row_version=1,
        )
        self._session.add(row)
        self._session.flush()
        return _draft_of(row)

    def change_draft(self, draft: RubricDraft, content: str) -> bool:
        """Write a draft's content, unless somebody changed it meanwhile; return whether it did."""
        written = self._session.execute(
            update(RubricDraftRow)
            .where(
                RubricDraftRow.rubric_draft_id == draft.rubric_draft_id,
                RubricDraftRow.row_version == draft.row_version,
            )
            .values(
                content=content, updated_at=datetime.now(UTC), row_version=draft.row_version + 1
            )
            .returning(RubricDraftRow.rubric_draft_id)
        )
        return written.first() is not None

    def delete_draft(self, rubric_draft_id: int) -> None:
        """Take a draft away."""
        row = self._session.get(RubricDraftRow, rubric_draft_id)
        if row is not None:
            self._session.delete(row)

    def count_published(self) -> int:
        """Return how many versions are published; they are never fewer."""
        count = select(func.count()).select_from(PublishedRubricRow)
        return self._session.scalars(count).one()

    def published(self) -> list[PublishedRubric]:
        """Return all published versions in the order of their publication."""
        rows = select(PublishedRubricRow).order_by(PublishedRubricRow.published_at)
        return [_published_of(row) for row in self._session.scalars(rows)]

    def publish(
        self, viewer: Viewer, rubric_id: str, version: str, digest: str, content: str
    ) -> PublishedRubric:
        """Add a version.

        Raises:
            DuplicateError: This version of the rubric is published already.
        """
        row = PublishedRubricRow(
            rubric_id=rubric_id,
            version=version,
            digest=digest,
            content=content,
            author_name=_name_of(viewer),
            published_at=datetime.now(UTC),
        )
        self._session.add(row)
        try:
            self._session.flush()
        except IntegrityError as error:
            raise DuplicateError(
                f"Version {version} of {rubric_id} is published already; give the next number."
            ) from error
        return _published_of(row)


def _name_of(viewer: Viewer) -> str:
    return viewer.user.username if viewer.user else ""


def _draft_of(row: RubricDraftRow) -> RubricDraft:
    return RubricDraft(
        rubric_draft_id=row.rubric_draft_id,
        base_rubric_id=row.base_rubric_id,
        content=row.content,
        author_name=row.author_name,
        created_at=row.created_at,
        updated_at=row.updated_at,
        row_version=row.row_version,
    )


def _published_of(row: PublishedRubricRow) -> PublishedRubric:
    return PublishedRubric(
        rubric_id=row.rubric_id,
        version=row.version,
        digest=row.digest,
        content=row.content,
        author_name=row.author_name,
        published_at=row.published_at,
    )
