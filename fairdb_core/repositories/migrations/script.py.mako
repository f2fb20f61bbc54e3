"""${message}."""

import sqlalchemy as sa
from alembic import op

from fairdb_core.repositories.tables import UTCDateTime

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Step up."""
    ${upgrades if upgrades else "pass"}
