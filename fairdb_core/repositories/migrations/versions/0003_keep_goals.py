"""Keep goals with their dates."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "goals",
        sa.Column("goal_id", key, nullable=False),
        sa.Column("collection_id", key, nullable=True),
        sa.Column("team_id", key, nullable=True),
        sa.Column("rubric_id", sa.String(length=50), nullable=False),
        sa.Column("check_id", sa.String(length=100), nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("created_by_user_id", key, nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["collection_id"], ["collections.collection_id"]),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"]),
        sa.ForeignKeyConstraint(["created_by_user_id"], ["users.user_id"]),
        sa.PrimaryKeyConstraint("goal_id"),
    )
    for column in ("collection_id", "team_id", "created_by_user_id"):
        op.create_index(f"ix_goals_{column}", "goals", [column], unique=False)
