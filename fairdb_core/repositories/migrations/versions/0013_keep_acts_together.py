"""Keep together the batches of one act, and say how many datasets are behind a mean."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import BigKey

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; earlier batches stand for themselves, and their counts are not known."""
    op.add_column("batches", sa.Column("judged_before", sa.Integer(), nullable=True))
    op.add_column("batches", sa.Column("judged_after", sa.Integer(), nullable=True))
    op.add_column("batches", sa.Column("act_id", BigKey, nullable=True))
    op.create_index("ix_batches_act_id", "batches", ["act_id"])
