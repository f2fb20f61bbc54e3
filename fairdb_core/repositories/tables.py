"""The tables. Times are UTC; tables filled in bulk take their keys from ``id_counters``."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UTCDateTime(TypeDecorator[datetime]):
    """A time with its zone, on SQLite too, which gives times back without it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store every time as UTC."""
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigKey = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map: ClassVar = {datetime: UTCDateTime, dict[str, Any]: JSON, list[Any]: JSON}


class UserRow(Base):
    """A person with an account."""

    __tablename__ = "users"

    user_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    username: Mapped[str] = mapped_column(String(50))
    username_key: Mapped[str] = mapped_column(String(100), unique=True)
    email: Mapped[str] = mapped_column(String(255))
    email_key: Mapped[str] = mapped_column(String(255), unique=True)
    full_name: Mapped[str] = mapped_column(String(100), default="")
    orcid: Mapped[str | None] = mapped_column(String(19))
    password_hash: Mapped[str] = mapped_column(String(255), default="")
    role: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    request_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    email_verified_at: Mapped[datetime | None]
    password_changed_at: Mapped[datetime | None]


class TeamRow(Base):
    """People who look after the same collections."""

    __tablename__ = "teams"

    team_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100), unique=True)
    created_at: Mapped[datetime]


class TeamMemberRow(Base):
    """Who is in which team."""

    __tablename__ = "team_members"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.team_id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.user_id"), primary_key=True, index=True)


class SessionRow(Base):
    """A signed-in browser, known by the hash of its token."""

    __tablename__ = "sessions"

    session_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.user_id"), index=True)
    address: Mapped[str] = mapped_column(String(64), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class VisitRow(Base):
    """When somebody looked at the overview, and until when they know what happened."""

    __tablename__ = "visits"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.user_id"), primary_key=True)
    session_id: Mapped[int] = mapped_column(BigKey)
    opened_at: Mapped[datetime]
    known_until: Mapped[datetime | None]


class LoginAttemptRow(Base):
    """Failed sign-ins of one account or address."""

    __tablename__ = "login_attempts"

    throttle_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    failed_count: Mapped[int]
    last_failed_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]


class OneTimeTokenRow(Base):
    """A link or ticket that works once, known by its hash."""

    __tablename__ = "one_time_tokens"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(30))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.user_id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CollectionRow(Base):
    """A named set of datasets."""

    __tablename__ = "collections"

    collection_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    owner_user_id: Mapped[int] = mapped_column(ForeignKey("users.user_id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.team_id"), index=True)
    visibility: Mapped[str] = mapped_column(String(20))
    data_version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class BatchRow(Base):
    """One upload, form save, fix or undo."""

    __tablename__ = "batches"

    batch_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.collection_id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(Text, default="")
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    title: Mapped[str] = mapped_column(Text, default="", server_default="")
    import_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    read_report: Mapped[dict[str, Any] | None]
    mapping: Mapped[list[Any] | None]
    problems: Mapped[list[Any] | None]
    create_count: Mapped[int] = mapped_column(default=0)
    update_count: Mapped[int] = mapped_column(default=0)
    unchanged_count: Mapped[int] = mapped_column(default=0)
    refused_count: Mapped[int] = mapped_column(default=0)
    left_out_count: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    score_before: Mapped[float | None]
    score_after: Mapped[float | None]
    judged_before: Mapped[int | None]
    judged_after: Mapped[int | None]
    act_id: Mapped[int | None] = mapped_column(BigKey, index=True)
    author_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.user_id"), index=True)
    author_name: Mapped[str] = mapped_column(String(100), default="")
    undoes_batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.batch_id"))
    undone_by_batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.batch_id"))
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class DatasetRow(Base):
    """A dataset and its current version."""

    __tablename__ = "datasets"
    __table_args__ = (
        UniqueConstraint("collection_id", "identity", name="uq_datasets_collection_identity"),
        Index(
            "ix_datasets_owner_user_id",
            "owner_user_id",
            sqlite_where=text("owner_user_id IS NOT NULL"),
            postgresql_where=text("owner_user_id IS NOT NULL"),
        ),
    )

    dataset_id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    collection_id: Mapped[int] = mapped_column(BigKey)
    identity: Mapped[str] = mapped_column(Text)
    current_version_id: Mapped[int] = mapped_column(BigKey)
    row_version: Mapped[int] = mapped_column(default=1)
    owner_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.user_id"))
    deleted_at: Mapped[datetime | None]


class DatasetVersionRow(Base):
    """One state of a dataset's metadata, never changed; its text is empty where it is packed."""

    __tablename__ = "dataset_versions"
    __table_args__ = (
        Index("ix_dataset_versions_dataset_id", "dataset_id"),
        Index(
            "ix_dataset_versions_batch_id",
            "batch_id",
            postgresql_using="brin",
            postgresql_with={"pages_per_range": 32, "autosummarize": True},
        ),
    )

    dataset_version_id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    dataset_id: Mapped[int] = mapped_column(BigKey)
    batch_id: Mapped[int] = mapped_column(BigKey)
    metadata_json: Mapped[str] = mapped_column(Text)
    raw_json: Mapped[str] = mapped_column(Text, default="")
    content_hash: Mapped[str] = mapped_column(String(32))
    is_deletion: Mapped[bool] = mapped_column(default=False)


class PackedTextsRow(Base):
    """The metadata of consecutive versions of one batch, as Arrow IPC with zstd."""

    __tablename__ = "packed_texts"

    first_version_id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.batch_id"), index=True)
    chunk: Mapped[bytes] = mapped_column(LargeBinary)


class RawCellsRow(Base):
    """Cells of consecutive versions as they stood in the file, as Arrow IPC with zstd."""

    __tablename__ = "raw_cells"
    __table_args__ = (
        Index("ix_raw_cells_first_version_id", "batch_id", "first_version_id", unique=True),
    )

    raw_cells_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.batch_id"))
    first_version_id: Mapped[int] = mapped_column(BigKey)
    chunk: Mapped[bytes] = mapped_column(LargeBinary)


class AssessmentRow(Base):
    """One chunk of facts, scores and facets of a batch, as Arrow IPC with lz4."""

    __tablename__ = "assessments"
    __table_args__ = (Index("ix_assessments_collection_id", "collection_id", "batch_id"),)

    assessment_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.collection_id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.batch_id"))
    rubric_id: Mapped[str] = mapped_column(String(50))
    rubric_version: Mapped[str] = mapped_column(String(20))
    rubric_digest: Mapped[str] = mapped_column(String(64))
    vocabularies: Mapped[dict[str, Any] | None]
    input_hash: Mapped[str] = mapped_column(String(64), default="")
    program_version: Mapped[str] = mapped_column(String(40), default="")
    chunk_number: Mapped[int]
    row_count: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    chunk: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class JoinedAssessmentRow(Base):
    """Which chunk is joined with others; the first of them holds what all of these hold."""

    __tablename__ = "joined_assessments"

    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessments.assessment_id"), primary_key=True
    )
    first_assessment_id: Mapped[int] = mapped_column(BigKey, index=True)
    chunk: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    texts: Mapped[bytes] = mapped_column(LargeBinary, default=b"")


class GoalRow(Base):
    """A percent to reach by a day, for one collection or one team."""

    __tablename__ = "goals"

    goal_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    collection_id: Mapped[int | None] = mapped_column(
        ForeignKey("collections.collection_id"), index=True
    )
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.team_id"), index=True)
    rubric_id: Mapped[str] = mapped_column(String(50))
    check_id: Mapped[str] = mapped_column(String(100), default="")
    target: Mapped[float]
    started_at: Mapped[datetime]
    due_on: Mapped[date]
    created_by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.user_id"), index=True)
    withdrawn_at: Mapped[datetime | None]


class SavedViewRow(Base):
    """A view of Explore that somebody named."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("user_id", "name_key", name="uq_saved_views_user_name"),)

    saved_view_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.user_id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.team_id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class AttestationRow(Base):
    """What a person says of a dataset, or of a whole collection where none is named."""

    __tablename__ = "attestations"
    __table_args__ = (Index("ix_attestations_collection_id", "collection_id", "dataset_id"),)

    attestation_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.collection_id"))
    dataset_id: Mapped[int | None] = mapped_column(ForeignKey("datasets.dataset_id"))
    indicator: Mapped[str] = mapped_column(String(80))
    answer: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text)
    author_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.user_id"))
    author_name: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_name: Mapped[str] = mapped_column(String(100), default="")


class IdCounterRow(Base):
    """The next free key of a table that is filled in bulk."""

    __tablename__ = "id_counters"

    name: Mapped[str] = mapped_column(String(50), primary_key=True)
    next_id: Mapped[int] = mapped_column(BigKey)


class MappingMemoryRow(Base):
    """The mapping somebody chose for a set of headers, to be offered again."""

    __tablename__ = "mapping_memories"

    header_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.user_id"), primary_key=True)
    mapping: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]


class AuditEventRow(Base):
    """Append-only: on PostgreSQL the application role may neither change nor delete rows."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_object", "object_type", "object_id"),)

    audit_event_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    occurred_at: Mapped[datetime] = mapped_column(index=True)
    actor_user_id: Mapped[int | None] = mapped_column(BigKey, index=True)
    actor_name: Mapped[str] = mapped_column(String(100), default="")
    action: Mapped[str] = mapped_column(String(60), index=True)
    object_type: Mapped[str] = mapped_column(String(30), default="")
    object_id: Mapped[str] = mapped_column(String(100), default="")
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    address: Mapped[str] = mapped_column(String(64), default="")


class FixProposalRow(Base):
    """A bulk fix that somebody proposes and somebody else decides on."""

    __tablename__ = "fix_proposals"

    proposal_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.collection_id"), index=True)
    author_user_id: Mapped[int] = mapped_column(ForeignKey("users.user_id"), index=True)
    author_name: Mapped[str] = mapped_column(String(100))
    fix: Mapped[dict[str, Any]]
    dataset_ids: Mapped[list[Any]]
    effect_digest: Mapped[str] = mapped_column(String(64))
    update_count: Mapped[int]
    score_before: Mapped[float | None]
    judged_before: Mapped[int | None]
    score_after: Mapped[float | None]
    judged_after: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20))
    decided_by_name: Mapped[str] = mapped_column(String(100), default="")
    decision_note: Mapped[str] = mapped_column(Text, default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batches.batch_id"))
    act_id: Mapped[int | None] = mapped_column(BigKey, index=True)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class RubricDraftRow(Base):
    """A rubric that somebody works on, as TOML."""

    __tablename__ = "rubric_drafts"

    rubric_draft_id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    base_rubric_id: Mapped[str] = mapped_column(String(50))
    content: Mapped[str] = mapped_column(Text)
    author_name: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)


class PublishedRubricRow(Base):
    """One version of a rubric of one's own; never changed, which its digest proves."""

    __tablename__ = "published_rubrics"

    rubric_id: Mapped[str] = mapped_column(String(50), primary_key=True)
    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    author_name: Mapped[str] = mapped_column(String(100), default="")
    published_at: Mapped[datetime]
