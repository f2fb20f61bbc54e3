"""Attestations: never changed but for their end, so that it stays known who said what."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.attestations import Answer, Attestation
from fairdb_core.repositories.tables import AttestationRow


class AttestationRepository:
    """Keeps attestations."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        viewer: Viewer,
        collection_id: int,
        dataset_id: int | None,
        *,
        indicator: str,
        answer: Answer,
        note: str,
        at: datetime,
        expires_at: datetime,
    ) -> Attestation:
        """Add an attestation of a dataset, or of a whole collection where none is named."""
        row = AttestationRow(
            collection_id=collection_id,
            dataset_id=dataset_id,
            indicator=indicator,
            answer=answer,
            note=note,
            author_user_id=viewer.user_id,
            author_name=viewer.user.username if viewer.user else "",
            created_at=at,
            expires_at=expires_at,
        )
        self._session.add(row)
        self._session.flush()
        return _attestation(row)

    def get(self, attestation_id: int) -> Attestation | None:
        """Return an attestation."""
        row = self._session.get(AttestationRow, attestation_id)
        return _attestation(row) if row else None

    def of_collection(self, collection_id: int, *, limit: int = 200) -> list[Attestation]:
        """Return what was said of a collection and of its datasets, the newest first."""
        rows = self._session.scalars(
            select(AttestationRow)
            .where(AttestationRow.collection_id == collection_id)
            .order_by(AttestationRow.attestation_id.desc())
            .limit(limit)
        )
        return [_attestation(row) for row in rows]

    def of_dataset(self, collection_id: int, dataset_id: int) -> list[Attestation]:
        """Return what was said of a dataset or of all its collection, the newest first."""
        rows = self._session.scalars(
            select(AttestationRow)
            .where(
                AttestationRow.collection_id == collection_id,
                or_(AttestationRow.dataset_id == dataset_id, AttestationRow.dataset_id.is_(None)),
            )
            .order_by(AttestationRow.attestation_id.desc())
        )
        return [_attestation(row) for row in rows]

    def revoke(self, viewer: Viewer, attestation_id: int, at: datetime) -> None:
        """End an attestation before its time."""
        row = self._session.get_one(AttestationRow, attestation_id)
        row.revoked_at = at
        row.revoked_by_name = viewer.user.username if viewer.user else ""
        self._session.flush()


def _attestation(row: AttestationRow) -> Attestation:
    return Attestation(
        attestation_id=row.attestation_id,
        collection_id=row.collection_id,
        dataset_id=row.dataset_id,
        indicator=row.indicator,
        answer=Answer(row.answer),
        note=row.note,
        author_user_id=row.author_user_id,
        author_name=row.author_name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        revoked_by_name=row.revoked_by_name,
    )
