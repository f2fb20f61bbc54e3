"""Remember when people looked last."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "visits",
        sa.Column("user_id", key, nullable=False),
        sa.Column("session_id", key, nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=False),
        sa.Column("known_until", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
