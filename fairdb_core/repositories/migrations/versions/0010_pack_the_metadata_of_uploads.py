"""Pack the metadata of uploads by the thousand versions, and keep less beside each dataset."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import BigKey

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up; the metadata of earlier versions stays in their rows."""
    op.create_table(
        "packed_texts",
        sa.Column("first_version_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("batch_id", BigKey, nullable=False),
        sa.Column("chunk", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.batch_id"]),
        sa.PrimaryKeyConstraint("first_version_id"),
    )
    op.create_index("ix_packed_texts_batch_id", "packed_texts", ["batch_id"], unique=False)
    op.drop_index("ix_datasets_owner_user_id", "datasets")
    is_owned = sa.text("owner_user_id IS NOT NULL")
    op.create_index(
        "ix_datasets_owner_user_id",
        "datasets",
        ["owner_user_id"],
        sqlite_where=is_owned,
        postgresql_where=is_owned,
    )
    # The times and the hash of a dataset are those of its versions.
    for name in ("content_hash", "created_at", "updated_at"):
        op.drop_column("datasets", name)
    if op.get_bind().dialect.name == "postgresql":
        _spare_postgresql()


def _spare_postgresql() -> None:
    """Take away what an import waited for."""
    # Datasets are only added while their collection is held, and it is never deleted.
    op.execute("ALTER TABLE datasets DROP CONSTRAINT IF EXISTS datasets_collection_id_fkey")
    # What is packed already is not to be packed again.
    for table in ("packed_texts", "raw_cells", "assessments"):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN chunk SET STORAGE EXTERNAL")
    # The versions of a batch stand side by side.
    op.drop_index("ix_dataset_versions_batch_id", "dataset_versions")
    op.create_index(
        "ix_dataset_versions_batch_id",
        "dataset_versions",
        ["batch_id"],
        postgresql_using="brin",
        postgresql_with={"pages_per_range": 32, "autosummarize": True},
    )
