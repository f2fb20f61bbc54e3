"""A made-up institution: three collections, a year and a half of uploads, one account a role."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fairdb_core.bootstrap import Core
from fairdb_core.demo.history import HOLDINGS, Holding, uploads_of
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.goals import GoalPlace
from fairdb_core.domain.uploads import ColumnMapping
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.exporters.tables import csv_of
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, values_of

MONTHS = 18
_OWN = 12
_PEOPLE = {
    Role.ADMINISTRATOR: ("demo-admin", "Ada Verwey"),
    Role.STEWARD: ("demo-steward", "Samir Holt"),
    Role.RESEARCHER: ("demo-reader", "Rosa Lindqvist"),
}
# The collection, the check or the mean score, the target, and days before and after today.
_GOALS = (
    (0, "", 82.0, 200, 170),
    (0, "FsF-R1.1-01M-1", 90.0, 200, 260),
    (1, "", 77.0, 330, 90),
    (2, "", 75.0, 180, 120),
    (2, "FsF-F2-01M-3", 60.0, 400, -35),
)
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


def seed(core: Core, report: Callable[[float], object] = lambda share: None) -> list[DemoAccount]:
    """Add the institution, through the same services that people use.

    Args:
        core: What works.
        report: Is told the share that is done.

    Returns:
        One account a role, with its random password.
    """
    accounts = [_add_account(core, role, *names) for role, names in _PEOPLE.items()]
    steward = _viewer(core, Role.STEWARD)
    collections = {
        holding.name: core.collections.create(
            steward,
            holding.name,
            description=holding.description,
            visibility=Visibility.INSTITUTION,
        ).collection_id
        for holding in HOLDINGS
    }
    steps = sorted(_steps(datetime.now(UTC)), key=lambda step: step[0])
    for number, (at, holding, file_name, rows) in enumerate(steps, 1):
        _upload(core, steward, collections[holding.name], (file_name, rows), at)
        report(number / len(steps))
    _assign(core, steward, collections[HOLDINGS[0].name])
    _set_goals(core, steward, [collections[holding.name] for holding in HOLDINGS])
    return accounts


def _steps(now: datetime) -> Iterator[tuple[datetime, Holding, str, list[Record]]]:
    for place, holding in enumerate(HOLDINGS):
        for month, (file_name, rows) in enumerate(uploads_of(holding, MONTHS)):
            age = timedelta(days=30.4 * (MONTHS - month) - 9 * place - 2)
            yield now - age, holding, file_name, rows


def _add_account(core: Core, role: Role, username: str, full_name: str) -> DemoAccount:
    password = "-".join(secrets.choice(_WORDS) for _ in range(5)) + f"-{secrets.randbelow(10**4)}"
    core.accounts.add_account(username, f"{username}@example.org", full_name, role, password)
    return DemoAccount(role, username, password)


def _viewer(core: Core, role: Role) -> Viewer:
    name = _PEOPLE[role][0]
    with core.storage.read() as work:
        found = work.credentials.find(name)
    if found is None:
        raise ResourceNotFoundError("User", name)
    return Viewer(found[0], address="command line")


def _upload(
    core: Core,
    viewer: Viewer,
    collection_id: int,
    file: tuple[str, list[Record]],
    at: datetime,
) -> None:
    file_name, rows = file
    names = [name for name in FIELD_BY_NAME if any(name in row for row in rows)]
    content = csv_of(names, ([";".join(values_of(row, n)) for n in names] for row in rows))
    table = core.previews.read(viewer, content, file_name)
    mapping = [
        ColumnMapping(name, name, value_separator=";" if FIELD_BY_NAME[name].is_many else None)
        for name in names
    ]
    plan = core.previews.plan(viewer, collection_id, table, mapping)
    core.uploads.commit(viewer, plan, good_rows_only=True, at=at)


def _assign(core: Core, steward: Viewer, collection_id: int) -> None:
    """Give the reader some datasets of their own."""
    reader = _viewer(core, Role.RESEARCHER)
    own = core.ownership.first_of(steward, collection_id, limit=_OWN)
    core.ownership.assign(steward, own, reader.user_id)


def _set_goals(core: Core, steward: Viewer, collection_ids: list[int]) -> None:
    """Set a goal of each kind: one that is reached, one on the way, one behind, one that ended."""
    now = datetime.now(UTC)
    for place, check_id, target, began, ends in _GOALS:
        core.goals.set_goal(
            steward,
            GoalPlace(collection_id=collection_ids[place]),
            check_id=check_id,
            target=target,
            at=now - timedelta(days=began),
            due_on=(now + timedelta(days=ends)).date(),
        )
