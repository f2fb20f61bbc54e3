"""Name batches by what they did."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what earlier fixes did is not told in it."""
    op.add_column("batches", sa.Column("title", sa.Text(), nullable=False, server_default=""))
