from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fairdb_core import Core, Settings, build_core
from fairdb_core.demo import seed_large
from fairdb_core.demo.groups import ROUNDS, groups_of, uploads_of_all
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.summaries import Filters
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base

_ROLES = (Role.ADMINISTRATOR, Role.STEWARD, Role.RESEARCHER)


@pytest.fixture
def core(storage: Storage, tmp_path: Path) -> Iterator[Core]:
    Base.metadata.drop_all(storage.engine)
    made = build_core(Settings(data_dir=tmp_path, bcrypt_cost=4, _env_file=None), storage=storage)
    yield made
    made.uploads.close()


def test_large_institution_has_the_records_asked_for_in_forty_collections(core: Core) -> None:
    shares: list[float] = []
    accounts = seed_large(core, 60, shares.append)
    assert [account.role for account in accounts] == [*_ROLES]
    with core.storage.read() as work:
        found = work.credentials.find("demo-admin")
        assert found is not None
        viewer = Viewer(found[0])
        assert len(work.collections.visible(viewer)) == 40
    assert sum(map(len, core.assessments.matching(viewer, Filters()).values())) == 60
    batches = core.batches.of_viewer(viewer, limit=200)
    times = [batch.created_at for batch in batches]
    assert timedelta(days=500) < max(times) - min(times) < timedelta(days=740)
    assert sum(batch.counts.create for batch in batches) == 60
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_groups_share_out_all_records_and_put_some_right_later() -> None:
    groups = groups_of(20_000)
    assert sum(sum(group.sizes) for group in groups) == 20_000
    uploads = list(uploads_of_all(groups))
    assert {upload.month for upload in uploads} == set(range(ROUNDS))
    identifiers = [name for upload in uploads for name in upload.cells["alternate_identifier"]]
    assert len(set(identifiers)) == 20_000
    again = len(identifiers) - 20_000
    assert 0 < again < 4_000


def test_groups_differ_in_how_well_they_describe() -> None:
    filled = sorted(
        upload.cells["license"].count() / upload.cells.height
        for upload in uploads_of_all(groups_of(20_000))
        if upload.month == 0 and upload.cells.height > 5
    )
    assert filled[-1] - filled[0] > 0.3
