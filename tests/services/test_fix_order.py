"""Orders of fixes over real stores of either kind: what is foretold is what a fix then brings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairdb_core import Core, Settings, build_core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.gaps import exactly, with_gaps
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.errors import ResourceNotFoundError, ValidationError
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base

PASSWORD = "quartz umber willow heron 42"
NAMES = (
    "identifier", "title", "description", "keywords", "creators", "publisher", "publication_date",
    "resource_type", "license", "access_rights",
)  # fmt: skip
LICENCES = ("CC-BY-4.0", "", "n/a", "", "MIT", "", "", "")
RIGHTS = ("open access", "", "open access", "", "", "open access", "open access", "open access")
ROWS = [
    ",".join(NAMES),
    *(
        f"10.5072/rhine.{n},Soil {n},Hourly soil moisture at a station of the Rhine,soil,"
        f"Brandt Ilse,Rhine Observatory,2020,Dataset,{licence},{rights}"
        for n, (licence, rights) in enumerate(zip(LICENCES, RIGHTS, strict=True))
    ),
]
LICENCE, ACCESS = "FsF-R1.1-01M-1", "FsF-A1-01M-1"


@pytest.fixture
def core(storage: Storage, tmp_path: Path) -> Iterator[Core]:
    settings = Settings(data_dir=tmp_path, bcrypt_cost=4, _env_file=None)
    Base.metadata.drop_all(storage.engine)
    made = build_core(settings, storage=storage)
    yield made
    made.uploads.close()


@pytest.fixture
def steward(core: Core) -> Viewer:
    viewer = Viewer(core.accounts.add_account("sam", "s@example.org", "", Role.STEWARD, PASSWORD))
    made = core.collections.create(viewer, "Rhine", visibility=Visibility.PRIVATE)
    table = core.previews.read(viewer, "\n".join(ROWS).encode(), "x.csv")
    mapping = core.previews.suggest(viewer, table)
    plan = core.previews.plan(viewer, made.collection_id, table, mapping)
    core.uploads.commit(viewer, plan)
    return viewer


def gap(*check_ids: str) -> Filters:
    return Filters(chosen=((Facet.GAP, check_ids),))


def apply(core: Core, viewer: Viewer, filters: Filters, field: str, value: str) -> int:
    target = core.bulk_fixes.targets(viewer, filters)[0]
    fix = BulkFix(field, FixAction.SET, value)
    plan = core.bulk_fixes.plan(viewer, target.collection_id, target.dataset_ids, fix)
    return core.uploads.commit(viewer, plan).batch_id


def test_fixes_done_in_order_raise_the_mean_as_foretold_and_undone_lower_it(
    core: Core, steward: Viewer
) -> None:
    filters = Filters()
    values = {LICENCE: ("license", "CC-BY-4.0"), ACCESS: ("access_rights", "open access")}
    batches, untouched = [], core.fix_orders.order(steward, filters)
    for check_id, (field, value) in values.items():
        now = core.fix_orders.order(steward, filters)
        only = core.fix_orders.order(steward, gap(check_id))
        first = next(step for step in only.steps if step.check_id == check_id)
        mean = core.assessments.overview(steward).mean or 0.0
        alone = next(
            fix.gain for fix in core.assessments.overview(steward).fixes if fix.check_id == check_id
        )
        assert first.count == only.count
        batches.append(apply(core, steward, gap(check_id), field, value))
        after = core.assessments.overview(steward).mean
        assert after == pytest.approx(mean + alone, abs=0.006)
        assert check_id in {step.check_id for step in now.steps}
        left = core.fix_orders.order(steward, filters)
        assert check_id not in {step.check_id for step in left.steps}
    # The first undone first: its datasets were changed since, in another field.
    for batch_id in batches:
        core.batches.undo(steward, batch_id)
    assert core.fix_orders.order(steward, filters) == untouched


def test_first_step_is_what_the_mean_gains_once_it_is_done(core: Core, steward: Viewer) -> None:
    chosen = gap(LICENCE, ACCESS)
    order = core.fix_orders.order(steward, chosen)
    steps = {step.check_id: step for step in order.steps}
    assert steps[LICENCE].field == "license"
    assert steps[ACCESS].field_title == "Access rights"
    first = next(step for step in order.steps if step.check_id in {LICENCE, ACCESS})
    done = [step for step in order.steps if step.check_id != first.check_id]
    assert len(done) == len(order.steps) - 1
    assert order.mean == pytest.approx(
        order.steps[-1].mean - sum(step.gain for step in order.steps), abs=1e-9
    )


def test_signature_opens_its_datasets_and_its_fix_leaves_the_others(
    core: Core, steward: Viewer
) -> None:
    order = core.fix_orders.order(steward, Filters())
    assert sum(group.gain for group in order.signatures) == pytest.approx(
        sum(step.gain for step in order.steps), abs=1e-9
    )
    group = next(g for g in order.signatures if {LICENCE, ACCESS} <= set(g.check_ids))
    chosen = with_gaps(Filters(), [exactly(group.check_ids)])
    assert core.assessments.explore(steward, chosen).count == group.count == 2
    apply(core, steward, chosen, "license", "CC0-1.0")
    held = core.assessments.explore(steward, Filters(chosen=((Facet.LICENSE, ("CC0-1.0",)),)))
    assert held.count == 2


def test_order_counts_only_what_the_viewer_may_read(core: Core, steward: Viewer) -> None:
    stranger = core.accounts.add_account("eve", "e@example.org", "", Role.STEWARD, PASSWORD)
    seen = core.fix_orders.order(Viewer(stranger), Filters())
    assert (seen.count, seen.total_count, seen.steps) == (0, 0, ())
    assert core.fix_orders.order(steward, Filters()).total_count == len(LICENCES)


def test_target_and_rubric_have_to_make_sense(core: Core, steward: Viewer) -> None:
    for target in (0, -1, 100.5):
        with pytest.raises(ValidationError, match="above 0"):
            core.fix_orders.order(steward, Filters(), target=target)
    with pytest.raises(ResourceNotFoundError):
        core.fix_orders.order(steward, Filters(), rubric_id="nothing")


def test_order_says_after_which_fix_the_target_is_reached(core: Core, steward: Viewer) -> None:
    order = core.fix_orders.order(steward, Filters(), target=1)
    assert order.steps_to_target == 0
    assert "has reached 1 % already" in order.sentence
    means = [step.mean for step in order.steps]
    goal = round(means[1], 2)
    third = core.fix_orders.order(steward, Filters(), target=min(goal, 100))
    assert third.steps_to_target in {1, 2}
    assert f"after fix {third.steps_to_target}" in third.sentence


def test_filters_that_match_nothing_say_which_to_drop(core: Core, steward: Viewer) -> None:
    order = core.fix_orders.order(steward, Filters("nothing like this"))
    assert order.steps == ()
    assert order.reliefs[0].count == len(LICENCES)
