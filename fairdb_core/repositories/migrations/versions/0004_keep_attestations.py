"""Keep what people attest of collections and datasets."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import BigKey, UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up."""
    op.create_table(
        "attestations",
        sa.Column("attestation_id", BigKey, nullable=False),
        sa.Column("collection_id", BigKey, nullable=False),
        sa.Column("dataset_id", BigKey, nullable=True),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author_user_id", BigKey, nullable=True),
        sa.Column("author_name", sa.String(length=100), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.Column("revoked_by_name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["author_user_id"], ["users.user_id"]),
        sa.ForeignKeyConstraint(["collection_id"], ["collections.collection_id"]),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.dataset_id"]),
        sa.PrimaryKeyConstraint("attestation_id"),
    )
    op.create_index(
        "ix_attestations_collection_id", "attestations", ["collection_id", "dataset_id"]
    )
