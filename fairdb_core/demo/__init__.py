"""A made-up institution: three collections, a year and a half of uploads, one account a role."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from fairdb_core.bootstrap import Core
from fairdb_core.demo.history import HOLDINGS, Holding, uploads_of
from fairdb_core.demo.large import seed_large
from fairdb_core.demo.people import DemoAccount, add_people, assign_some, is_seeded, viewer_of
from fairdb_core.demo.uploading import commit_file, plan_file
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.goals import GoalPlace
from fairdb_core.exporters.tables import csv_of
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.records import Record, values_of

__all__ = ["DemoAccount", "is_seeded", "seed", "seed_large"]

MONTHS = 18
# The collection, the check or the mean score, the target, and days before and after today.
_GOALS = (
    (0, "", 82.0, 200, 170),
    (0, "FsF-R1.1-01M-1", 90.0, 200, 260),
    (1, "", 77.0, 330, 90),
    (2, "", 75.0, 180, 120),
    (2, "FsF-F2-01M-3", 60.0, 400, -35),
)


def seed(core: Core, report: Callable[[float], object] = lambda share: None) -> list[DemoAccount]:
    """Add the institution, through the same services that people use.

    Args:
        core: What works.
        report: Is told the share that is done.

    Returns:
        One account a role, with its random password.
    """
    accounts = add_people(core)
    steward = viewer_of(core, Role.STEWARD)
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
        plan = plan_file(core, steward, collections[holding.name], file_name, _file_of(rows))
        commit_file(core, steward, plan, at)
        report(number / len(steps))
    assign_some(core, steward, collections[HOLDINGS[0].name])
    _set_goals(core, steward, [collections[holding.name] for holding in HOLDINGS])
    return accounts


def _steps(now: datetime) -> Iterator[tuple[datetime, Holding, str, list[Record]]]:
    for place, holding in enumerate(HOLDINGS):
        for month, (file_name, rows) in enumerate(uploads_of(holding, MONTHS)):
            age = timedelta(days=30.4 * (MONTHS - month) - 9 * place - 2)
            yield now - age, holding, file_name, rows


def _file_of(rows: list[Record]) -> bytes:
    names = [name for name in FIELD_BY_NAME if any(name in row for row in rows)]
    return csv_of(names, ([";".join(values_of(row, n)) for n in names] for row in rows))


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
