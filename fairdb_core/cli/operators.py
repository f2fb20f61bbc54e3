"""Who acts when a command is run: whoever commands the machine administers the installation."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from fairdb_core.bootstrap import Core, build_core, has_store
from fairdb_core.domain.accounts import AccountState, Role, User, Viewer
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.logs import configure_logs
from fairdb_core.settings import read_settings

OPERATOR = Viewer(
    User(
        user_id=0,
        username="operator",
        email="",
        full_name="Command line",
        role=Role.ADMINISTRATOR,
        state=AccountState.ACTIVE,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    ),
    address="command line",
)


@contextmanager
def opened_core(*, is_alone: bool = True, stores: bool = True) -> Iterator[Core]:
    """Open the store that the settings name, and let go of it whatever happens.

    Args:
        is_alone: Whether no other process may use the embedded store meanwhile.
        stores: Whether the command keeps something; else no store is left where there was none.
    """
    settings = read_settings()
    configure_logs("WARNING", settings.log_format)
    with ExitStack() as until_the_end:
        if not (stores or has_store(settings)):
            folder = until_the_end.enter_context(TemporaryDirectory(prefix="fairdb-"))
            settings = settings.model_copy(update={"data_dir": Path(folder)})
        core = build_core(settings, is_alone=is_alone)
        until_the_end.callback(core.close)
        yield core


def acting_viewer(core: Core, username: str = "") -> Viewer:
    """Return the person in whose name a command changes the store.

    Args:
        username: Who it is; else the first administrator.

    Raises:
        ResourceNotFoundError: There is no such active person.
    """
    for user in sorted(core.accounts.users(OPERATOR), key=lambda user: user.user_id):
        is_meant = user.username == username if username else user.role is Role.ADMINISTRATOR
        if is_meant and user.is_active:
            teams = core.teams.all(OPERATOR)
            ids = frozenset(t.team_id for t in teams if user.user_id in t.member_user_ids)
            return Viewer(user, ids, address="command line")
    raise ResourceNotFoundError(
        "User" if username else "Administrator (make one with fairdb create-admin)",
        username or "first",
    )
