"""Orders of fixes over real stores of either kind: what is foretold is what a fix then brings."""

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fix_orders import FixOrder
from fairdb_core.domain.fixes import BulkFix, FixAction
from fairdb_core.domain.gaps import exactly, with_gaps
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.errors import ResourceNotFoundError, ValidationError
from fairdb_core.scoring.fix_order import FixGain
from fairdb_core.services.remedies import fix_of
from tests.services.people import PASSWORD, import_text, person

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
DOWNLOAD = ("FsF-F3-01M-2", "FsF-A1.1-01MD-2", "FsF-A1.2-01MD-2")


@pytest.fixture
def steward(core: Core) -> Viewer:
    viewer = person(core, "sam")
    made = core.collections.create(viewer, "Rhine", visibility=Visibility.PRIVATE)
    import_text(core, viewer, made.collection_id, "\n".join(ROWS))
    return viewer


def gap(*check_ids: str) -> Filters:
    return Filters(chosen=((Facet.GAP, check_ids),))


def settled(order: FixOrder) -> set[str]:
    return {check_id for step in order.steps for check_id in step.fix.check_ids}


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
        first = next(step.fix for step in only.steps if check_id in step.fix.check_ids)
        mean = core.assessments.overview(steward).mean or 0.0
        alone = next(
            fix.gain
            for fix in core.assessments.overview(steward).fixes
            if check_id in fix.check_ids
        )
        assert first.count == only.count
        batches.append(apply(core, steward, gap(check_id), field, value))
        after = core.assessments.overview(steward).mean
        assert after == pytest.approx(mean + alone, abs=0.006)
        assert check_id in settled(now)
        left = core.fix_orders.order(steward, filters)
        assert check_id not in settled(left)
    # The first undone first: its datasets were changed since, in another field.
    for batch_id in batches:
        core.batches.undo(steward, batch_id)
    assert core.fix_orders.order(steward, filters) == untouched


def test_first_step_is_what_the_mean_gains_once_it_is_done(core: Core, steward: Viewer) -> None:
    chosen = gap(LICENCE, ACCESS)
    order = core.fix_orders.order(steward, chosen)
    fixes = {step.fix.check_ids: step.fix for step in order.steps}
    assert fixes[LICENCE,].field == "license"
    assert fixes[ACCESS,].title == "Access rights"
    assert order.mean == pytest.approx(
        order.steps[-1].mean - sum(step.fix.gain for step in order.steps), abs=1e-9
    )


def test_fix_of_one_field_settles_all_its_checks_at_once_as_foretold(
    core: Core, steward: Viewer
) -> None:
    order = core.fix_orders.order(steward, Filters())
    fix = order.steps[0].fix
    assert (fix.title, fix.field, fix.count) == ("Download URL", "download_url", len(LICENCES))
    assert fix.check_ids == DOWNLOAD
    assert fix == core.assessments.overview(steward).fixes[0]
    chosen = with_gaps(Filters(), fix.check_ids)
    remedy = core.bulk_fixes.remedy(chosen, field=fix.field)
    assert remedy is not None
    assert remedy.questions == fix.questions
    # An address that says nothing of the format.
    apply(core, steward, chosen, fix.field, "https://data.example.org/soil")
    assert core.assessments.overview(steward).mean == pytest.approx(order.steps[0].mean, abs=1e-9)


def test_field_that_no_bulk_fix_changes_is_still_a_fix(core: Core, steward: Viewer) -> None:
    fixes = {step.fix.title: step.fix for step in core.fix_orders.order(steward, Filters()).steps}
    assert "Identifier" not in fixes
    assert fixes["Size and Formats"].field == "size"
    methods = {each.rubric_id: each for each in core.assessments.methods()}
    checks = {check.check_id: check for check in methods["fsf_v0_8"].checks}
    found = fix_of(FixGain("identifier", ("FsF-F1-02MD-1",), 3, 2.0, 50.0), checks)
    assert (found.title, found.field) == ("Identifier", "")
    many = fix_of(FixGain("description", ("FsF-F2-01M-3",), 3, 2.0, 50.0), checks)
    assert many.title == "Description, Keywords and 6 other fields"


def test_signature_opens_its_datasets_and_its_fix_leaves_the_others(
    core: Core, steward: Viewer
) -> None:
    order = core.fix_orders.order(steward, Filters())
    assert sum(group.gain for group in order.signatures) == pytest.approx(
        sum(step.fix.gain for step in order.steps), abs=1e-9
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
