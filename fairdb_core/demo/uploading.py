"""Uploading made-up files through the services that people use."""

from datetime import datetime

from fairdb_core.bootstrap import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.services.plans import Plan


def plan_file(
    core: Core,
    viewer: Viewer,
    collection_id: int,
    file_name: str,
    content: bytes,
) -> Plan:
    """Read a file whose columns are called after their fields, and work out what it does."""
    table = core.previews.read(viewer, content, file_name)
    mapping = [
        ColumnMapping(name, name, value_separator=";" if FIELD_BY_NAME[name].is_many else None)
        for name in table.report.header
    ]
    return core.previews.plan(viewer, collection_id, table, mapping)


def commit_file(core: Core, viewer: Viewer, plan: Plan, at: datetime) -> None:
    """Carry out a plan as if it had been at another time."""
    core.uploads.commit(viewer, plan, good_rows_only=True, at=at)
