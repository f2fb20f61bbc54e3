"""Bulk fixes over real stores of either kind: preview, commit, gain and undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairdb_core import Core, Settings, build_core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.errors import AuthorizationError, ResourceNotFoundError, ValidationError
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base
from fairdb_core.services.plans import Plan

PASSWORD = "quartz umber willow heron 42"
FILE = """identifier,title,license,keywords,access_rights
A-1,Soil moisture,CC BY,soil;water,open
A-2,River discharge,,water,
A-3,Air temperature,MIT,air,restricted
"""


@pytest.fixture
def core(storage: Storage, tmp_path: Path) -> Iterator[Core]:
    settings = Settings(data_dir=tmp_path, bcrypt_cost=4, _env_file=None)
    Base.metadata.drop_all(storage.engine)
    made = build_core(settings, storage=storage)
    yield made
    made.uploads.close()


@pytest.fixture
def steward(core: Core) -> Viewer:
    return Viewer(core.accounts.add_account("sam", "s@example.org", "", Role.STEWARD, PASSWORD))


@pytest.fixture
def collection_id(core: Core, steward: Viewer) -> int:
    made = core.collections.create(steward, "Rhine", visibility=Visibility.PRIVATE)
    table = core.previews.read(steward, FILE.encode(), "x.csv")
    mapping = core.previews.suggest(steward, table)
    plan = core.previews.plan(steward, made.collection_id, table, mapping)
    core.uploads.commit(steward, plan)
    return made.collection_id


def values(core: Core, viewer: Viewer, field: str) -> list[object]:
    target = core.bulk_fixes.targets(viewer, Filters())[0]
    return [core.datasets.get(viewer, key).record.get(field) for key in sorted(target.dataset_ids)]


def plan_of(core: Core, viewer: Viewer, fix: BulkFix, filters: Filters | None = None) -> Plan:
    target = core.bulk_fixes.targets(viewer, filters or Filters())[0]
    return core.bulk_fixes.plan(viewer, target.collection_id, target.dataset_ids, fix)


@pytest.mark.usefixtures("collection_id")
@pytest.mark.parametrize(
    ("fix", "expected", "updated"),
    [
        (
            BulkFix("license", FixAction.FILL, "cc-by-4.0"),
            ["CC BY", "CC-BY-4.0", "MIT"],
            1,
        ),
        (
            BulkFix("license", FixAction.SET, "https://creativecommons.org/licenses/by/4.0/"),
            ["CC-BY-4.0"] * 3,
            3,
        ),
        (
            BulkFix("license", FixAction.REPLACE, "CC-BY-4.0", found="CC BY"),
            ["CC-BY-4.0", None, "MIT"],
            1,
        ),
        (
            BulkFix("keywords", FixAction.REPLACE, "hydrology", found="water"),
            [["soil", "hydrology"], ["hydrology"], ["air"]],
            2,
        ),
        (
            BulkFix("subjects", FixAction.COPY, source="keywords"),
            [["soil", "water"], ["water"], ["air"]],
            3,
        ),
        (
            BulkFix("description", FixAction.COPY, source="title"),
            ["Soil moisture", "River discharge", "Air temperature"],
            3,
        ),
        (BulkFix("license", FixAction.CLEAR), [None, None, None], 2),
    ],
)
def test_fix_changes_what_its_plan_says_and_undo_puts_it_back(
    core: Core, steward: Viewer, fix: BulkFix, expected: list[object], updated: int
) -> None:
    before = values(core, steward, fix.field)
    plan = plan_of(core, steward, fix)
    assert plan.counts.update == updated
    batch = core.uploads.commit(steward, plan)
    assert batch.counts.update == updated
    assert values(core, steward, fix.field) == expected
    assert core.assessments.overview(steward).mean == pytest.approx(plan.score_after, abs=0.01)
    core.batches.undo(steward, batch.batch_id)
    assert values(core, steward, fix.field) == before


@pytest.mark.usefixtures("collection_id")
def test_only_the_datasets_that_match_are_fixed(core: Core, steward: Viewer) -> None:
    fix = BulkFix("license", FixAction.SET, "CC0-1.0")
    chosen = Filters("", ((Facet.LICENSE, ("MIT",)),))
    core.uploads.commit(steward, plan_of(core, steward, fix, chosen))
    assert values(core, steward, "license") == ["CC BY", None, "CC0-1.0"]


@pytest.mark.usefixtures("collection_id")
def test_value_that_is_not_understood_is_refused_or_warned_of(core: Core, steward: Viewer) -> None:
    with pytest.raises(ValidationError, match="expected a date"):
        plan_of(core, steward, BulkFix("embargo_date", FixAction.SET, "soon"))
    with pytest.raises(ValidationError, match="type a value"):
        plan_of(core, steward, BulkFix("license", FixAction.SET, "  "))
    with pytest.raises(ValidationError, match="changed together"):
        plan_of(core, steward, BulkFix("identifier", FixAction.SET, "10.1000/x"))
    with pytest.raises(ValidationError, match="another field"):
        plan_of(core, steward, BulkFix("license", FixAction.COPY, source="license"))
    plan = plan_of(core, steward, BulkFix("license", FixAction.SET, "free"))
    assert [problem.code for problem in plan.problems] == ["licence_not_recognised"]


def test_others_may_not_fix(core: Core, collection_id: int) -> None:
    fix = BulkFix("license", FixAction.SET, "MIT")
    foreign = core.accounts.add_account("eve", "e@example.org", "", Role.STEWARD, PASSWORD)
    with pytest.raises(ResourceNotFoundError):
        core.bulk_fixes.plan(Viewer(foreign), collection_id, (1,), fix)
    assert core.bulk_fixes.targets(Viewer(foreign), Filters()) == ()


def test_researcher_of_an_open_collection_may_not_fix(core: Core, steward: Viewer) -> None:
    made = core.collections.create(steward, "Open", visibility=Visibility.INSTITUTION)
    reader = core.accounts.add_account("rosa", "r@example.org", "", Role.RESEARCHER, PASSWORD)
    fix = BulkFix("license", FixAction.SET, "MIT")
    with pytest.raises(AuthorizationError):
        core.bulk_fixes.plan(Viewer(reader), made.collection_id, (1,), fix)
