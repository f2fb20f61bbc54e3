"""Keep named views."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "saved_views",
        sa.Column("saved_view_id", key, nullable=False),
        sa.Column("user_id", key, nullable=False),
        sa.Column("team_id", key, nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_key", sa.String(length=160), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"]),
        sa.ForeignKeyConstraint(["team_id"], ["teams.team_id"]),
        sa.PrimaryKeyConstraint("saved_view_id"),
        sa.UniqueConstraint("user_id", "name_key", name="uq_saved_views_user_name"),
    )
    op.create_index("ix_saved_views_team_id", "saved_views", ["team_id"], unique=False)
