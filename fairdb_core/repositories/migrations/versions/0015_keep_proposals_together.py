"""Keep together what is proposed for several collections, with the counts behind its means."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import BigKey

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; earlier proposals stand for themselves, and their counts are not known."""
    op.add_column("fix_proposals", sa.Column("judged_before", sa.Integer(), nullable=True))
    op.add_column("fix_proposals", sa.Column("judged_after", sa.Integer(), nullable=True))
    op.add_column("fix_proposals", sa.Column("act_id", BigKey, nullable=True))
    op.create_index("ix_fix_proposals_act_id", "fix_proposals", ["act_id"])
