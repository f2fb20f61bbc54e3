"""Join small chunks of assessments."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import BigKey

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; chunks are joined when more are added to their collection."""
    op.create_table(
        "joined_assessments",
        sa.Column(
            "assessment_id",
            BigKey,
            sa.ForeignKey("assessments.assessment_id"),
            primary_key=True,
        ),
        sa.Column("first_assessment_id", BigKey, nullable=False, index=True),
        sa.Column("chunk", sa.LargeBinary(), nullable=False),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
    )
