"""A made-up institution of any size: forty collections, filled month by month for two years."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from fairdb_core.bootstrap import Core
from fairdb_core.demo.groups import ROUNDS, Group, Upload, groups_of, uploads_of_all
from fairdb_core.demo.people import DemoAccount, add_people, assign_some, viewer_of
from fairdb_core.demo.uploading import commit_file, plan_file
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.services.plans import Plan


def seed_large(
    core: Core, record_count: int, report: Callable[[float], object] = lambda share: None
) -> list[DemoAccount]:
    """Add an institution with so many records, through the same services that people use.

    Args:
        core: What works.
        record_count: Records of all collections together.
        report: Is told the share that is done.

    Returns:
        One account a role, with its random password.
    """
    accounts = add_people(core)
    steward = viewer_of(core, Role.STEWARD)
    groups = groups_of(record_count)
    collections = {group.name: _add_collection(core, steward, group) for group in groups}
    now, done = datetime.now(UTC), 0
    for upload, plan in _planned(core, steward, collections, uploads_of_all(groups)):
        age = timedelta(days=30.4 * (ROUNDS - upload.month - 1) + 0.3 * groups.index(upload.group))
        commit_file(core, steward, plan, now - age)
        done += plan.counts.create
        report(done / max(record_count, 1))
    assign_some(core, steward, collections[groups[0].name])
    return accounts


def _add_collection(core: Core, steward: Viewer, group: Group) -> int:
    made = core.collections.create(
        steward,
        group.name,
        description=f"What the {group.name} has made since it keeps records.",
        visibility=Visibility.INSTITUTION,
    )
    return made.collection_id


def _planned(
    core: Core, steward: Viewer, collections: dict[str, int], uploads: Iterator[Upload]
) -> Iterator[tuple[Upload, Plan]]:
    """Yield each upload with its plan; the next one is planned while this one is committed."""

    def planned(upload: Upload) -> Plan:
        cells = upload.cells
        return plan_file(
            core,
            steward,
            collections[upload.group.name],
            upload.file_name,
            cells.write_csv().encode(),
        )

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="plans") as thread:
        before = None
        for upload in uploads:
            # A plan is for one state of its collection, so two of the same do not overlap.
            waits = before is not None and before[0].group is upload.group
            if before is not None and waits:
                yield before[0], before[1].result()
                before = None
            coming = upload, thread.submit(planned, upload)
            if before is not None:
                yield before[0], before[1].result()
            before = coming
        if before is not None:
            yield before[0], before[1].result()
