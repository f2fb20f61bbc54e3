"""Count the rows of uploads that people left out."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up; before, no row could be left out."""
    op.add_column(
        "batches", sa.Column("left_out_count", sa.Integer(), nullable=False, server_default="0")
    )
