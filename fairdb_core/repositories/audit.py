"""The audit trail: rows are added and read, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairdb_core.domain.accounts import Viewer
from fairdb_core.repositories.tables import AuditEventRow


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Who did what to which object, when and from where."""

    occurred_at: datetime
    actor_user_id: int | None
    actor_name: str
    action: str
    object_type: str
    object_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    address: str


class AuditRepository:
    """Adds to the audit trail and searches it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        viewer: Viewer,
        action: str,
        object_type: str = "",
        object_id: object = "",
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Write down that the viewer did something; values must be safe to keep and to show."""
        self._session.add(
            AuditEventRow(
                occurred_at=datetime.now(UTC),
                actor_user_id=viewer.user_id,
                actor_name=viewer.user.username if viewer.user else "",
                action=action,
                object_type=object_type,
                object_id=str(object_id),
                before=before,
                after=after,
                address=viewer.address,
            )
        )

    def search(
        self, *, text: str = "", action: str = "", limit: int = 50, offset: int = 0
    ) -> list[AuditEvent]:
        """Return events, the newest first.

        Args:
            text: Part of the actor's name or of the object's key.
            action: One action, all where empty.
            limit: At most so many, 200 being the most.
            offset: How many to pass over.
        """
        query = select(AuditEventRow).order_by(AuditEventRow.audit_event_id.desc())
        if text:
            query = query.where(
                AuditEventRow.actor_name.icontains(text, autoescape=True)
                | AuditEventRow.object_id.icontains(text, autoescape=True)
            )
        if action:
            query = query.where(AuditEventRow.action == action)
        rows = self._session.scalars(query.limit(min(limit, 200)).offset(offset))
        return [
            AuditEvent(
                row.occurred_at,
                row.actor_user_id,
                row.actor_name,
                row.action,
                row.object_type,
                row.object_id,
                row.before,
                row.after,
                row.address,
            )
            for row in rows
        ]
