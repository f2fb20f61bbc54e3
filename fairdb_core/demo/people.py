"""The people of the made-up institution, one account a role."""

import secrets
from dataclasses import dataclass

from fairdb_core.bootstrap import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.errors import ResourceNotFoundError

_OWN = 12
_PEOPLE = {
    Role.ADMINISTRATOR: ("demo-admin", "Ada Verwey"),
    Role.STEWARD: ("demo-steward", "Samir Holt"),
    Role.RESEARCHER: ("demo-reader", "Rosa Lindqvist"),
}
_WORDS = (
    "amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "heron", "inlet", "jade",
    "kelp", "lunar", "maple", "north", "onyx", "pebble", "quartz", "ridge", "sage", "tundra",
    "umber", "vale", "willow", "zephyr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A way in, shown once."""

    role: Role
    username: str
    password: str


def is_seeded(core: Core) -> bool:
    """Return whether the made-up institution is there."""
    with core.storage.read() as work:
        return work.credentials.find(_PEOPLE[Role.STEWARD][0]) is not None


def add_people(core: Core) -> list[DemoAccount]:
    """Add one account a role, with random passwords."""
    return [_add_account(core, role, *names) for role, names in _PEOPLE.items()]


def _add_account(core: Core, role: Role, username: str, full_name: str) -> DemoAccount:
    password = "-".join(secrets.choice(_WORDS) for _ in range(5)) + f"-{secrets.randbelow(10**4)}"
    core.accounts.add_account(username, f"{username}@example.org", full_name, role, password)
    return DemoAccount(role, username, password)


def viewer_of(core: Core, role: Role) -> Viewer:
    """Return one of them as the services know people."""
    name = _PEOPLE[role][0]
    with core.storage.read() as work:
        found = work.credentials.find(name)
    if found is None:
        raise ResourceNotFoundError("User", name)
    return Viewer(found[0], address="command line")


def assign_some(core: Core, steward: Viewer, collection_id: int) -> None:
    """Give the reader some datasets of their own."""
    reader = viewer_of(core, Role.RESEARCHER)
    own = core.ownership.first_of(steward, collection_id, limit=_OWN)
    core.ownership.assign(steward, own, reader.user_id)
