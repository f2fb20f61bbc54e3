"""People of a test, and the files that they bring in."""

from datetime import datetime

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.uploads import Batch

PASSWORD = "quartz umber willow heron 42"


def person(core: Core, name: str, role: Role = Role.STEWARD) -> Viewer:
    """Return somebody new, whose address is that of the name."""
    return Viewer(core.accounts.add_account(name, f"{name}@example.org", "", role, PASSWORD))


def import_text(
    core: Core,
    viewer: Viewer,
    collection_id: int,
    file: str,
    at: datetime | None = None,
    *,
    name: str = "x.csv",
) -> Batch:
    """Commit a file with its suggested mapping.

    Args:
        file: Its text.
        at: When it came, now if not given.
        name: Of the file.
    """
    table = core.previews.read(viewer, file.encode(), name)
    mapping = core.previews.suggest(viewer, table)
    plan = core.previews.plan(viewer, collection_id, table, mapping)
    return core.uploads.commit(viewer, plan, at=at)
