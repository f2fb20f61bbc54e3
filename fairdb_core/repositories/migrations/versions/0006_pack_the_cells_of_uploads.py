"""Pack the cells of uploads by the thousand rows instead of keeping them as text in each row."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import BigKey

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up; the cells of earlier uploads stay where they are."""
    op.create_table(
        "raw_cells",
        sa.Column("raw_cells_id", BigKey, nullable=False),
        sa.Column("batch_id", BigKey, nullable=False),
        sa.Column("first_version_id", BigKey, nullable=False),
        sa.Column("chunk", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.batch_id"]),
        sa.PrimaryKeyConstraint("raw_cells_id"),
    )
    op.create_index(
        "ix_raw_cells_first_version_id", "raw_cells", ["batch_id", "first_version_id"], unique=True
    )
