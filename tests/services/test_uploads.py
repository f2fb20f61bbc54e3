"""What was previewed is what happens: over random files, twice, undone, and cut off half way."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from fairdb_core import Core, Plan
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.summaries import Filters
from fairdb_core.domain.uploads import Batch, BatchState, EffectCounts, LeftOut, Outcome
from fairdb_core.errors import (
    AuthorizationError,
    ConflictError,
    ResourceNotFoundError,
    UnreadableFileError,
)
from fairdb_core.exporters.tables import csv_of
from fairdb_core.importers.corrections import all_but_last
from tests.services.people import PASSWORD, person

HEADER = ("identifier", "title", "license", "keywords")


@pytest.fixture
def collection_id(core: Core, steward: Viewer) -> int:
    return core.collections.create(steward, "Rhine").collection_id


def plan_of(core: Core, viewer: Viewer, collection_id: int, rows: list[list[str]]) -> Plan:
    content = csv_of(HEADER[: max(map(len, rows))], rows)
    table = core.previews.read(viewer, content, "x.csv")
    return core.previews.plan(viewer, collection_id, table, core.previews.suggest(viewer, table))


def upload(core: Core, viewer: Viewer, collection_id: int, rows: list[list[str]]) -> Batch:
    plan = plan_of(core, viewer, collection_id, rows)
    return core.uploads.commit(viewer, plan, good_rows_only=True)


def records(core: Core, viewer: Viewer) -> dict[str, dict[str, object]]:
    found = {}
    for ids in core.assessments.matching(viewer, Filters()).values():
        for key in ids:
            dataset = core.datasets.get(viewer, key)
            found[dataset.identity] = dict(dataset.record)
    return found


ROWS = [
    ["A-1", "Soil moisture", "CC-BY-4.0", "soil;water"],
    ["A-2", "River discharge", "", "water"],
    ["", "Air temperature", "MIT", ""],
]

CELLS = st.sampled_from(["A-1", "A-2", "10.1000/X", "10.1000/x", "", "n/a", "A-3"])
TITLES = st.sampled_from(["Soil", "Water", "", "tbd", "Air"])
LICENCES = st.sampled_from(["MIT", "CC BY 4.0", "", "free"])
KEYWORDS = st.sampled_from(["a;b", ""])
ROW = st.tuples(CELLS, TITLES, LICENCES, KEYWORDS).map(list)
FILES = st.lists(st.lists(ROW, min_size=1, max_size=6), min_size=1, max_size=4)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(files=FILES)
def test_commit_does_what_the_preview_showed(core: Core, files: list[list[list[str]]]) -> None:
    name = f"p{time.monotonic_ns()}"
    viewer = person(core, name)
    made = core.collections.create(viewer, name, visibility=Visibility.PRIVATE)
    for rows in files:
        try:
            plan = plan_of(core, viewer, made.collection_id, rows)
        except UnreadableFileError:  # every row is blank
            continue
        if plan.outcome == "reject":
            continue
        before = records(core, viewer)
        batch = core.uploads.commit(viewer, plan, good_rows_only=True)
        after = records(core, viewer)
        assert batch.counts == plan.counts
        assert len(after) - len(before) == plan.counts.create
        changed = sum(after[key] != before[key] for key in before)
        assert changed == plan.counts.update
        mean = core.assessments.overview(viewer).mean
        assert (mean or 0) == pytest.approx(plan.score_after or 0, abs=0.01)
        again = plan_of(core, viewer, made.collection_id, rows)
        assert again.counts.changes == 0


def test_same_file_again_changes_nothing(core: Core, steward: Viewer, collection_id: int) -> None:
    upload(core, steward, collection_id, ROWS)
    plan = plan_of(core, steward, collection_id, ROWS)
    assert plan.counts == EffectCounts(unchanged=3)


def test_plan_that_is_committed_twice_is_carried_out_once(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    plan = plan_of(core, steward, collection_id, ROWS)
    first = core.uploads.commit(steward, plan)
    assert core.uploads.commit(steward, plan).batch_id == first.batch_id
    assert len(records(core, steward)) == 3


def test_batch_is_shown_to_those_who_may_undo_it_alone(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    batch = core.uploads.commit(steward, plan_of(core, steward, collection_id, ROWS))
    assert core.batches.get(steward, batch.batch_id) == batch
    for name, role in (("eve", Role.STEWARD), ("rosa", Role.RESEARCHER)):
        other = person(core, name, role)
        assert core.collections.visible(other)
        with pytest.raises(ResourceNotFoundError):
            core.batches.get(other, batch.batch_id)
        with pytest.raises(ResourceNotFoundError):
            core.batches.get(other, 10_000)


def test_plan_that_is_started_twice_at_once_is_stored_once(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    plan = plan_of(core, steward, collection_id, [[f"A-{n}", "Soil"] for n in range(5_000)])
    with ThreadPoolExecutor(4) as threads:
        batch_ids = set(threads.map(lambda _: core.uploads.start(steward, plan), range(4)))
    core.uploads.close()
    assert len(batch_ids) == 1
    batch = core.batches.get(steward, batch_ids.pop())
    assert (batch.state, batch.error) == (BatchState.READY, "")
    assert len(core.assessments.matching(steward, Filters())[collection_id]) == 5_000
    with core.storage.read() as work:
        assert len(work.dataset_versions.dataset_ids(batch.batch_id)) == 5_000


def test_plan_is_not_carried_out_once_the_collection_has_changed(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    stale = plan_of(core, steward, collection_id, ROWS)
    upload(core, steward, collection_id, [["B-1", "Other", "MIT", ""]])
    with pytest.raises(ConflictError, match="changed after this preview"):
        core.uploads.commit(steward, stale)
    assert list(records(core, steward)) == ["B-1"]


def test_refused_row_stops_the_whole_unless_only_good_rows_are_wanted(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    plan = plan_of(core, steward, collection_id, [*ROWS, ["", "", "MIT", ""]])
    with pytest.raises(ConflictError, match="1 rows are refused"):
        core.uploads.commit(steward, plan)
    assert records(core, steward) == {}
    assert core.uploads.commit(steward, plan, good_rows_only=True).counts.create == 3


def test_rows_that_a_person_leaves_out_are_counted_and_stop_nothing(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    rows = [*ROWS, ["A-1", "Soil moisture of the Rhine", "MIT", ""]]
    table = core.previews.read(steward, csv_of(HEADER, rows), "x.csv")
    mapping = core.previews.suggest(steward, table)
    refused = core.previews.plan(steward, collection_id, table, mapping)
    kept_last = [LeftOut(all_but_last(refused.problems[0]))]
    plan = core.previews.plan(steward, collection_id, table, mapping, kept_last)
    assert (refused.counts.refused, plan.problems) == (1, ())
    assert plan.counts == EffectCounts(create=3, left_out=1)
    batch = core.uploads.commit(steward, plan)
    assert core.batches.get(steward, batch.batch_id).counts == plan.counts
    assert records(core, steward)["A-1"]["title"] == "Soil moisture of the Rhine"


def test_file_of_which_every_row_is_refused_or_left_out_is_refused(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    table = core.previews.read(steward, csv_of(HEADER, [ROWS[0], ["", "", "MIT", ""]]), "x.csv")
    mapping = core.previews.suggest(steward, table)
    for left_out, outcome in (((2,), Outcome.REJECT), ((2, 3), Outcome.ACCEPT)):
        plan = core.previews.plan(steward, collection_id, table, mapping, [LeftOut(left_out)])
        assert (plan.outcome, plan.counts.changes) == (outcome, 0)


def test_undo_restores_equal_records_and_can_be_undone(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    upload(core, steward, collection_id, ROWS)
    before, mean = records(core, steward), core.assessments.overview(steward).mean
    changed = [["A-1", "Soil", "MIT", ""], ["A-9", "New", "MIT", ""]]
    batch = upload(core, steward, collection_id, changed)
    after = records(core, steward)
    undo = core.batches.undo(steward, batch.batch_id)
    assert records(core, steward) == before
    assert core.assessments.overview(steward).mean == pytest.approx(mean)
    core.batches.undo(steward, undo.batch_id)
    assert records(core, steward) == after
    with pytest.raises(ConflictError, match="undone already"):
        core.batches.undo(steward, undo.batch_id)
    core.batches.undo(steward, batch.batch_id)
    assert records(core, steward) == before


def test_undo_leaves_what_was_changed_since(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    first = upload(core, steward, collection_id, ROWS)
    upload(core, steward, collection_id, [["A-1", "Soil, again", "MIT", ""]])
    undo = core.batches.undo(steward, first.batch_id)
    assert undo.counts.refused == 1
    assert list(records(core, steward)) == ["A-1"]


def test_deleted_dataset_comes_back_with_its_history(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    first = upload(core, steward, collection_id, ROWS)
    ids = core.assessments.matching(steward, Filters())[collection_id]
    core.batches.undo(steward, first.batch_id)
    assert records(core, steward) == {}
    assert upload(core, steward, collection_id, ROWS).counts.create == 3
    assert sorted(core.assessments.matching(steward, Filters())[collection_id]) == sorted(ids)


def test_field_without_a_column_keeps_its_value_and_a_blank_cell_clears_it(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    upload(core, steward, collection_id, ROWS)
    upload(core, steward, collection_id, [["A-1", "Soil, new", ""]])
    assert records(core, steward)["A-1"] == {
        "identifier": "A-1",
        "title": "Soil, new",
        "keywords": ["soil", "water"],
    }


def test_columns_cannot_say_who_owns_a_dataset_or_what_it_scores(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    content = csv_of(
        ("identifier", "title", "owner_user_id", "percent", "row_version"),
        [("A-1", "Soil", "99", "100", "7")],
    )
    table = core.previews.read(steward, content, "x.csv")
    plan = core.previews.plan(steward, collection_id, table, core.previews.suggest(steward, table))
    core.uploads.commit(steward, plan)
    key = core.assessments.matching(steward, Filters())[collection_id][0]
    dataset = core.datasets.get(steward, key)
    assert (dataset.owner_user_id, dataset.row_version) == (None, 1)
    assert core.assessments.dataset(steward, key).assessment.total.percent != 100


def test_foreign_collection_answers_like_a_missing_one(core: Core, steward: Viewer) -> None:
    private = core.collections.create(steward, "Mine", visibility=Visibility.PRIVATE)
    stranger = person(core, "eve")
    batch = upload(core, steward, private.collection_id, ROWS)
    with pytest.raises(ResourceNotFoundError):
        plan_of(core, stranger, private.collection_id, ROWS)
    with pytest.raises(ResourceNotFoundError):
        core.batches.undo(stranger, batch.batch_id)
    key = core.assessments.matching(steward, Filters())[private.collection_id][0]
    with pytest.raises(ResourceNotFoundError):
        core.datasets.get(stranger, key)
    assert core.batches.of_viewer(stranger) == []


def test_collection_of_others_that_is_open_to_readers_is_closed_to_uploads(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    reader = person(core, "rosa", Role.RESEARCHER)
    batch = upload(core, steward, collection_id, ROWS)
    with pytest.raises(AuthorizationError):
        core.previews.read(reader, b"title\nSoil\n", "x.csv")
    with pytest.raises(AuthorizationError):
        core.batches.undo(reader, batch.batch_id)


def test_upload_in_the_background_goes_on_without_anybody_waiting(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    batch_id = core.uploads.start(steward, plan_of(core, steward, collection_id, ROWS))
    end = time.monotonic() + 30
    while core.batches.get(steward, batch_id).state is BatchState.RUNNING:
        assert time.monotonic() < end
        time.sleep(0.05)
    batch = core.batches.get(steward, batch_id)
    assert (batch.state, batch.rows_done, batch.rows_total) == (BatchState.READY, 3, 3)


_IMPORT = """
import sys
from pathlib import Path
from pydantic import SecretStr
import fairdb_core.services.commits as commits
from fairdb_core import Settings, build_core
from fairdb_core.repositories.storage import Storage
from fairdb_core.cli.operators import acting_viewer

commits.ROWS_PER_PIECE = 200
core = build_core(
    Settings(data_dir=Path(sys.argv[1]), bcrypt_cost=4, _env_file=None),
    storage=Storage(sys.argv[2]),
)
viewer = acting_viewer(core, "sam")
collection = core.collections.open_to_uploads(viewer)[0]
table = core.previews.read(viewer, Path(sys.argv[3]), "x.csv")
plan = core.previews.plan(
    viewer, collection.collection_id, table, core.previews.suggest(viewer, table)
)
print("go", flush=True)
core.uploads.commit(viewer, plan)
print("done", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.08, 0.2, 0.5])
def test_import_that_is_killed_leaves_all_or_nothing(
    core: Core, storage_url: str, tmp_path: Path, delay: float
) -> None:
    person(core, "sam")
    viewer = Viewer(core.sessions.resolve(_token(core)).user)  # type: ignore[union-attr]
    made = core.collections.create(viewer, "Rhine")
    file = tmp_path / "x.csv"
    file.write_bytes(csv_of(HEADER[:2], ([f"A-{n}", f"Soil {n}"] for n in range(4_000))))
    process = subprocess.Popen(
        [sys.executable, "-c", _IMPORT, str(tmp_path), storage_url, str(file)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert process.stdout is not None
    while "go" not in process.stdout.readline():
        assert process.poll() is None
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    core.batches.clear_interrupted(is_only_process=True)
    batches = core.batches.of_viewer(viewer)
    seen = core.assessments.matching(viewer, Filters()).get(made.collection_id, [])
    states = [batch.state for batch in batches]
    assert BatchState.RUNNING not in states
    assert len(seen) == (4_000 if BatchState.READY in states else 0)
    if states == [BatchState.FAILED]:
        assert "nothing was changed" in batches[0].error
        plan = plan_of(core, viewer, made.collection_id, ROWS)
        assert core.uploads.commit(viewer, plan).counts.create == 3


def test_cells_as_read_stay_beside_each_version(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    rows = [[f" A-{n}", f"Soil {n}", "CC BY", ""] for n in range(2_500)]
    rows[1][:2] = ["", ""]
    upload(core, steward, collection_id, rows)
    upload(core, steward, collection_id, [["A-2100", "Sand"]])
    with core.storage.read() as work:
        known = work.datasets.matching(collection_id, [f"A-{n}" for n in range(2_500)])
    ids = dict(known.select("identity", "dataset_id").iter_rows())
    assert len(ids) == 2_499
    for number in (0, 2, 999, 1_000, 1_001, 2_100, 2_499):
        versions = core.datasets.history(steward, ids[f"A-{number}"])
        assert versions[-1].raw == dict(zip(HEADER, rows[number], strict=True))
    assert core.datasets.history(steward, ids["A-2100"])[0].raw == {
        "identifier": "A-2100",
        "title": "Sand",
    }


def test_cells_of_an_import_that_failed_are_removed(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    plan = plan_of(core, steward, collection_id, ROWS)
    upload(core, steward, collection_id, [["B-1", "Soil"]])
    with pytest.raises(ConflictError):
        core.uploads.commit(steward, plan)
    with core.storage.read() as work:
        found = work.session.execute(text("SELECT batch_id FROM raw_cells")).all()
        assert len(found) == 1


def _token(core: Core) -> str:
    return core.sessions.exchange(core.sessions.sign_in("sam", PASSWORD))
