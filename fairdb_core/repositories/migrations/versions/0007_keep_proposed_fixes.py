"""Keep fixes that are proposed, with what was decided."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import BigKey, UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "fix_proposals",
        sa.Column("proposal_id", BigKey, nullable=False),
        sa.Column("collection_id", BigKey, nullable=False),
        sa.Column("author_user_id", BigKey, nullable=False),
        sa.Column("author_name", sa.String(length=100), nullable=False),
        sa.Column("fix", sa.JSON(), nullable=False),
        sa.Column("dataset_ids", sa.JSON(), nullable=False),
        sa.Column("effect_digest", sa.String(length=64), nullable=False),
        sa.Column("update_count", sa.Integer(), nullable=False),
        sa.Column("score_before", sa.Double(), nullable=True),
        sa.Column("score_after", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_by_name", sa.String(length=100), nullable=False),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("batch_id", BigKey, nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["collection_id"], ["collections.collection_id"]),
        sa.ForeignKeyConstraint(["author_user_id"], ["users.user_id"]),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.batch_id"]),
        sa.PrimaryKeyConstraint("proposal_id"),
    )
    for column in ("collection_id", "author_user_id"):
        op.create_index(f"ix_fix_proposals_{column}", "fix_proposals", [column], unique=False)
