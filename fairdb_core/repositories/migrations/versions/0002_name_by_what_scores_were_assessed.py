"""Name by what scores were assessed: vocabularies, input and program, once a chunk."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up; what was stored before says nothing of them."""
    op.add_column("assessments", sa.Column("vocabularies", sa.JSON(), nullable=True))
    for name, length in (("input_hash", 64), ("program_version", 40)):
        op.add_column(
            "assessments",
            sa.Column(name, sa.String(length=length), nullable=False, server_default=""),
        )
