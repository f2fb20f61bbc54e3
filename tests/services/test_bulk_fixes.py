"""Bulk fixes over real stores of either kind: preview, commit, gain and undo."""

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.fixes import BulkFix, FixAction, LookUp
from fairdb_core.domain.summaries import Facet, Filters
from fairdb_core.domain.uploads import BatchState, ColumnMapping
from fairdb_core.errors import (
    AuthorizationError,
    ConflictError,
    ResourceNotFoundError,
    ValidationError,
)
from fairdb_core.importers.lookups import look_up_of
from fairdb_core.metadata import FIELD_BY_NAME
from fairdb_core.services.plans import Plan
from tests.services.people import PASSWORD, import_text, person

FILE = """identifier,title,license,keywords,access_rights
A-1,Soil moisture,CC BY,soil;water,open
A-2,River discharge,,water,
A-3,Air temperature,MIT,air,restricted
"""


@pytest.fixture
def collection_id(core: Core, steward: Viewer) -> int:
    made = core.collections.create(steward, "Rhine", visibility=Visibility.PRIVATE)
    import_text(core, steward, made.collection_id, FILE)
    return made.collection_id


def values(core: Core, viewer: Viewer, field: str) -> list[object]:
    target = core.bulk_fixes.targets(viewer, Filters())[0]
    datasets = [core.datasets.get(viewer, key) for key in target.dataset_ids]
    in_file = sorted(datasets, key=lambda each: (each.identity[0].isdigit(), each.identity))
    return [dataset.record.get(field) for dataset in in_file]


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


def test_datasets_meant_are_found_once_while_nothing_is_stored(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    (before,) = core.bulk_fixes.targets(steward, Filters())
    (again,) = core.bulk_fixes.targets(steward, Filters())
    assert again.dataset_ids is before.dataset_ids
    assert core.bulk_fixes.targets(steward, Filters(is_mine=True)) == ()
    import_text(core, steward, collection_id, "title,identifier\nMoss,M-1\n")
    (after,) = core.bulk_fixes.targets(steward, Filters())
    assert set(after.dataset_ids) > set(before.dataset_ids)
    assert len(after.dataset_ids) == len(before.dataset_ids) + 1


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
    assert [problem.code for problem in plan.problems] == [
        "licence_not_recognised",
        "value_replaced",
    ]


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


LISTS = """identifier,title,keywords,creators,formats,license
B-1,Soil,"clay;loam, sand","Curie, Marie (0000-0002-1825-0097)",csv,CC BY 4.0
B-2,Water,"rain, snow",Brandt Ilse 0000-0002-1825-0098,NetCDF,
10.5072/B.3,Air,wind,,PDF,MIT
"""


@pytest.fixture
def lists_id(core: Core, steward: Viewer) -> int:
    made = core.collections.create(steward, "Lists", visibility=Visibility.PRIVATE)
    table = core.previews.read(steward, LISTS.encode(), "y.csv")
    mapping = [
        ColumnMapping(name, name, value_separator=";" if FIELD_BY_NAME[name].is_many else None)
        for name in table.report.header
    ]
    core.uploads.commit(steward, core.previews.plan(steward, made.collection_id, table, mapping))
    return made.collection_id


@pytest.mark.usefixtures("lists_id")
@pytest.mark.parametrize(
    ("fix", "expected"),
    [
        (
            BulkFix("keywords", FixAction.SPLIT, separator=","),
            [["clay", "loam", "sand"], ["rain", "snow"], ["wind"]],
        ),
        (
            BulkFix("keywords", FixAction.JOIN, separator=" / "),
            [["clay / loam, sand"], ["rain, snow"], ["wind"]],
        ),
        (
            BulkFix("creators", FixAction.NORMALISE),
            [
                ["Curie, Marie (https://orcid.org/0000-0002-1825-0097)"],
                ["Brandt Ilse 0000-0002-1825-0098"],
                None,
            ],
        ),
        (
            BulkFix("media_types", FixAction.COPY, source="formats"),
            [["text/csv"], ["application/netcdf"], ["application/pdf"]],
        ),
        (
            BulkFix(
                "license",
                FixAction.LOOK_UP,
                table=LookUp(
                    "l.csv",
                    (("B-1", ""), ("B-2", "cc0"), ("https://doi.org/10.5072/b.3", "cc by 4.0")),
                ),
            ),
            ["CC-BY-4.0", "CC0-1.0", "CC-BY-4.0"],
        ),
    ],
)
def test_values_are_split_joined_brought_to_form_and_looked_up(
    core: Core, steward: Viewer, fix: BulkFix, expected: list[object]
) -> None:
    before = values(core, steward, fix.field)
    batch = core.uploads.commit(steward, plan_of(core, steward, fix))
    assert values(core, steward, fix.field) == expected
    core.batches.undo(steward, batch.batch_id)
    assert values(core, steward, fix.field) == before


@pytest.mark.usefixtures("lists_id")
def test_wrong_check_digit_is_listed_and_left(core: Core, steward: Viewer) -> None:
    plan = plan_of(core, steward, BulkFix("creators", FixAction.NORMALISE))
    assert [(p.code, p.count, p.value) for p in plan.problems] == [
        ("check_digit_wrong", 1, "Brandt Ilse 0000-0002-1825-0098")
    ]


def test_table_that_does_not_fit_says_which_rows(
    core: Core, steward: Viewer, lists_id: int, collection_id: int
) -> None:
    content = b"DOI;Licence\nB-1;MIT\nB-9;MIT\nA-2;CC0\nB-2;MIT\nB-2;CC0\nB-2;MIT\n"
    read = core.previews.read(steward, content, "l.csv")
    table = look_up_of(read, "DOI", "Licence")
    fix = BulkFix("license", FixAction.LOOK_UP, table=table)
    targets = core.bulk_fixes.targets(steward, Filters())
    assert {target.collection_id for target in targets} == {lists_id, collection_id}
    plans, problems = core.bulk_fixes.plan_all(steward, targets, fix)
    assert {plan.collection_id: plan.counts.update for plan in plans} == {
        lists_id: 1,
        collection_id: 1,
    }
    assert [(p.code, list(p.rows)) for p in problems] == [
        ("key_not_found", [3]),
        ("key_repeated", [5, 6, 7]),
    ]
    with pytest.raises(ValidationError, match="column of identifiers"):
        look_up_of(read, "DOI", "DOI")
    with pytest.raises(ValidationError, match="choose a table"):
        core.bulk_fixes.plan_all(steward, targets, BulkFix("license", FixAction.LOOK_UP))


@pytest.mark.usefixtures("collection_id")
def test_field_with_one_value_is_neither_split_nor_joined(core: Core, steward: Viewer) -> None:
    for action in (FixAction.SPLIT, FixAction.JOIN):
        with pytest.raises(ValidationError, match="holds one value"):
            plan_of(core, steward, BulkFix("license", action, separator=";"))
        with pytest.raises(ValidationError, match="by which mark"):
            plan_of(core, steward, BulkFix("keywords", action))


@pytest.mark.usefixtures("collection_id")
def test_datasets_chosen_one_by_one_are_fixed_and_no_other(core: Core, steward: Viewer) -> None:
    every = sorted(core.bulk_fixes.targets(steward, Filters())[0].dataset_ids)
    foreign = 999_999
    target = core.bulk_fixes.targets(steward, Filters(), chosen_ids=(every[1], foreign))[0]
    assert target.dataset_ids == (every[1],)
    with pytest.raises(ValidationError, match="1,000 at most"):
        core.bulk_fixes.targets(steward, Filters(), chosen_ids=range(1_001))


@pytest.mark.usefixtures("collection_id")
def test_failed_check_proposes_field_action_and_value(core: Core, steward: Viewer) -> None:
    def remedy(*gaps: str, rubric: str = "", field: str = "") -> tuple[object, ...] | None:
        filters = Filters(chosen=((Facet.GAP, gaps),))
        found = core.bulk_fixes.remedy(filters, rubric, field)
        return found and (found.field, found.action, found.example, found.source)

    assert remedy("FsF-R1.1-01M-1") == ("license", FixAction.FILL, "CC-BY-4.0", "")
    assert remedy("=FsF-F1-02MD-1~FsF-A1-01M-1") == (
        "access_rights", FixAction.SET, "open access", "",
    )  # fmt: skip
    assert remedy("mediaTypeAvailability", rubric="mqa_405") == (
        "media_types", FixAction.COPY, "text/csv", "formats",
    )  # fmt: skip
    assert remedy("FsF-F2-01M-3", field="keywords") == (
        "keywords", FixAction.FILL, "soil moisture", "",
    )  # fmt: skip
    assert remedy("FsF-F1-02MD-1") is None
    assert remedy("nothing") is None


@pytest.mark.usefixtures("collection_id")
def test_undo_keeps_later_edits_and_lists_what_it_left(core: Core, steward: Viewer) -> None:
    fix = BulkFix("license", FixAction.SET, "CC0-1.0")
    fixed = core.uploads.commit(steward, plan_of(core, steward, fix))
    later = BulkFix("access_rights", FixAction.SET, "open access")
    core.uploads.commit(steward, plan_of(core, steward, later))
    one = core.bulk_fixes.targets(steward, Filters("discharge"))[0]
    again = BulkFix("license", FixAction.SET, "MIT")
    plan = core.bulk_fixes.plan(steward, one.collection_id, one.dataset_ids, again)
    core.uploads.commit(steward, plan)

    plan_of_undo = core.undo_plans.plan(steward, fixed.batch_id)
    assert (plan_of_undo.put_back, plan_of_undo.removed, plan_of_undo.kept) == (2, 0, 1)
    undo = core.batches.undo(steward, fixed.batch_id, plan_of_undo)
    assert values(core, steward, "license") == ["CC BY", "MIT", "MIT"]
    assert values(core, steward, "access_rights") == ["open access"] * 3
    assert (undo.counts.update, undo.counts.refused) == (2, 1)
    left = core.batches.conflicts(steward, undo.batch_id)
    assert [(c.identity, c.field_title, c.before, c.written, c.now) for c in left] == [
        ("A-2", "Licence", "", "CC0-1.0", "MIT")
    ]
    assert core.assessments.overview(steward).mean == pytest.approx(undo.score_after)
    assert core.batches.conflicts(steward, fixed.batch_id) == ()


@pytest.mark.usefixtures("collection_id")
def test_later_change_that_was_undone_itself_does_not_keep_a_dataset(
    core: Core, steward: Viewer
) -> None:
    upload = core.batches.of_viewer(steward)[-1]
    for key in ("license", "access_rights"):
        fix = BulkFix(key, FixAction.SET, "CC0-1.0" if key == "license" else "open access")
        fixed = core.uploads.commit(steward, plan_of(core, steward, fix))
        core.batches.undo(steward, fixed.batch_id)
    undo = core.batches.undo(steward, upload.batch_id)
    assert (undo.counts.update, undo.counts.remove, undo.counts.refused) == (0, 3, 0)
    assert core.assessments.matching(steward, Filters()) == {}
    assert core.assessments.overview(steward).mean is None


def test_undo_puts_back_what_stood_before_an_upload_whose_fix_was_undone(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    before = values(core, steward, "license")
    text = FILE.replace("CC BY", "0BSD").replace("MIT", "0BSD") + "A-4,Snow depth,MIT,snow,open\n"
    table = core.previews.read(steward, text.encode(), "y.csv")
    mapping = core.previews.suggest(steward, table)
    plan = core.previews.plan(steward, collection_id, table, mapping)
    upload = core.uploads.commit(steward, plan)
    fix = BulkFix("license", FixAction.SET, "CC0-1.0")
    fixed = core.uploads.commit(steward, plan_of(core, steward, fix))
    core.batches.undo(steward, fixed.batch_id)
    kept = BulkFix("license", FixAction.SET, "ISC")
    air = core.bulk_fixes.targets(steward, Filters("temperature"))[0]
    later = core.bulk_fixes.plan(steward, air.collection_id, air.dataset_ids, kept)
    core.uploads.commit(steward, later)

    undo = core.batches.undo(steward, upload.batch_id)
    assert values(core, steward, "license") == [*before[:2], "ISC"]
    assert (undo.counts.update, undo.counts.remove, undo.counts.refused) == (1, 1, 1)
    told = core.assessments.overview(steward).recent[0]
    assert (told.created, told.updated, told.removed) == (0, 1, 1)


@pytest.mark.usefixtures("collection_id")
def test_undo_that_was_shown_before_a_later_change_is_asked_again(
    core: Core, steward: Viewer
) -> None:
    fix = BulkFix("license", FixAction.SET, "CC0-1.0")
    fixed = core.uploads.commit(steward, plan_of(core, steward, fix))
    shown = core.undo_plans.plan(steward, fixed.batch_id)
    later = BulkFix("access_rights", FixAction.SET, "open access")
    core.uploads.commit(steward, plan_of(core, steward, later))
    with pytest.raises(ConflictError, match="look at what an undo does now"):
        core.batches.undo(steward, fixed.batch_id, shown)
    assert values(core, steward, "license") == ["CC0-1.0"] * 3
    again = core.undo_plans.plan(steward, fixed.batch_id)
    core.batches.undo(steward, fixed.batch_id, again)
    assert values(core, steward, "license") == ["CC BY", None, "MIT"]


@pytest.mark.usefixtures("collection_id")
def test_only_who_may_change_a_collection_may_undo_and_only_once(
    core: Core, steward: Viewer
) -> None:
    fix = BulkFix("license", FixAction.SET, "CC0-1.0")
    fixed = core.uploads.commit(steward, plan_of(core, steward, fix))
    other = person(core, "eve")
    asked = [fixed.batch_id, 10_000]
    assert list(core.undo_plans.possible(steward, asked)) == [fixed.batch_id]
    assert core.undo_plans.possible(other, asked) == {}
    with pytest.raises(ResourceNotFoundError):
        core.undo_plans.plan(other, fixed.batch_id)
    core.batches.undo(steward, fixed.batch_id)
    assert core.undo_plans.possible(steward, asked) == {}
    with pytest.raises(ConflictError, match="undone already"):
        core.undo_plans.plan(steward, fixed.batch_id)


@pytest.mark.usefixtures("collection_id")
def test_undo_of_what_was_all_changed_since_writes_nothing(core: Core, steward: Viewer) -> None:
    first = BulkFix("license", FixAction.SET, "CC0-1.0")
    fixed = core.uploads.commit(steward, plan_of(core, steward, first))
    core.uploads.commit(steward, plan_of(core, steward, BulkFix("license", FixAction.SET, "0BSD")))
    with pytest.raises(ConflictError, match="for example Licence of A-1"):
        core.batches.undo(steward, fixed.batch_id)
    assert values(core, steward, "license") == ["0BSD"] * 3
    assert not core.batches.get(steward, fixed.batch_id).undone_by_batch_id


@pytest.mark.usefixtures("collection_id")
def test_undo_in_the_background_goes_on_without_anybody_waiting(
    core: Core, steward: Viewer
) -> None:
    before = values(core, steward, "license")
    fix = BulkFix("license", FixAction.SET, "CC0-1.0")
    fixed = core.uploads.commit(steward, plan_of(core, steward, fix))
    undo_id = core.batches.start_undo(steward, fixed.batch_id)
    core.uploads.close()
    undo = core.batches.get(steward, undo_id)
    assert (undo.state, undo.rows_done) == (BatchState.READY, 3)
    assert values(core, steward, "license") == before


def test_batch_is_named_by_what_the_fix_did_wherever_it_is_told(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    fix = BulkFix("license", FixAction.SET, "cc by 4.0")
    batch = core.uploads.commit(steward, plan_of(core, steward, fix))
    name = "Licence set to CC-BY-4.0 in 3 datasets"
    assert core.batches.get(steward, batch.batch_id).name == batch.name == name
    assert core.ledgers.ledger(steward).lines[0].name == name
    assert core.assessments.overview(steward).recent[0].name == name
    dataset_id = core.bulk_fixes.targets(steward, Filters())[0].dataset_ids[0]
    assert core.assessments.dataset(steward, dataset_id).history[0].origin == name
    chosen = Filters(chosen=((Facet.COLLECTION, (str(collection_id),)),))
    facets = {each.facet: each for each in core.assessments.explore(steward, chosen).facets}
    named = [value.label for value in facets[Facet.BATCH].values]
    assert any(label.endswith(": Licence set to CC-BY-4.0") for label in named)
