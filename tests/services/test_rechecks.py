"""Stored assessments are computed again, over stores of either kind."""

import polars as pl
import pytest
from sqlalchemy import text

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.uploads import Batch
from fairdb_core.errors import AuthorizationError, ConflictError, ResourceNotFoundError
from fairdb_core.repositories import assessments
from fairdb_core.rubrics import DEFAULT_RUBRIC, load_rubrics
from fairdb_core.scoring.reproduction import differing
from fairdb_core.services import rechecks
from tests.services.people import import_text, person

FILE = (
    "identifier,title,license,keywords,description\n"
    'A-1,Soil moisture,CC BY 4.0,soil;water,"Line one\nline two ""quoted"""\n'
    "A-2,,,,\n"
    'A-3,Température de l\u2019air,MIT,"air;日本",\n'
)
RUBRIC = load_rubrics()[DEFAULT_RUBRIC]


@pytest.fixture
def upload(core: Core, steward: Viewer) -> Batch:
    made = core.collections.create(steward, "Rhine", visibility=Visibility.PRIVATE)
    return commit(core, steward, made.collection_id, FILE)


def commit(core: Core, steward: Viewer, collection_id: int, content: str) -> Batch:
    return import_text(core, steward, collection_id, content)


def store_other_figures(core: Core, batch: Batch, **columns: pl.Expr) -> None:
    """Keep a batch's assessments with other figures, under the names that were kept with them."""
    with core.storage.work() as work:
        chunk = next(work.assessments.chunks([batch.collection_id], RUBRIC.id))
        hashes = work.dataset_versions.texts(batch.batch_id, limit=99)["content_hash"]
        assert chunk.rows is not None
        rows = chunk.rows.with_columns(hashes, **columns)
        work.assessments.remove(batch.batch_id, RUBRIC.id)
        work.assessments.add(
            batch.collection_id, batch.batch_id, RUBRIC.key, assessments.assessed_chunks(rows)
        )


def test_everything_stored_agrees_to_the_bit_after_uploads_edits_and_undos(
    core: Core, steward: Viewer, upload: Batch
) -> None:
    again = commit(core, steward, upload.collection_id, FILE.replace("CC BY 4.0", "k. A."))
    core.batches.undo(steward, again.batch_id)
    found = core.rechecks.collection(steward, upload.collection_id)
    assert (found.checked, found.differing, found.unassessed) == (5, 0, 0)
    assert found.changes == ()
    assert found.sentence == "Rhine: 5 of 5 stored assessments agree to the bit."
    recheck = core.rechecks.dataset(steward, 1)
    assert recheck.agrees
    assert recheck.compared > 60
    assert "agree to the bit with what was stored on" in recheck.sentence


def test_figure_that_differs_in_its_last_bit_is_found_and_put_right(
    core: Core, steward: Viewer, upload: Batch
) -> None:
    before = core.assessments.dataset(steward, 1).history[0].percent
    more = pl.when(pl.col("dataset_id") == 1).then(pl.col("percent") + 1e-13)
    store_other_figures(core, upload, percent=more.otherwise(pl.col("percent")))
    recheck = core.rechecks.dataset(steward, 1)
    assert [each.name for each in recheck.differences] == ["percent"]
    assert "1 of" in recheck.sentence
    with pytest.raises(ConflictError, match="no receipt of what does not agree"):
        core.receipts.issue(steward, 1)
    assert core.rechecks.dataset(steward, 2).agrees
    admin = person(core, "ada", Role.ADMINISTRATOR)
    version = core.collections.visible(admin)[0].data_version
    found = core.rechecks.recompute(admin, upload.collection_id)
    assert (found.differing, found.columns, found.batch_ids) == (
        1, (("percent", 1),), (upload.batch_id,),
    )  # fmt: skip
    assert core.collections.visible(admin)[0].data_version == version + 1
    assert core.assessments.dataset(steward, 1).history[0].percent == before
    assert core.rechecks.collection(steward, upload.collection_id).agrees
    event = core.audit.search(admin, action="scores_recomputed")[0]
    assert event.after == {"differing": 1, "missing": 0, "batches": 1}


def test_fact_that_differs_is_told_in_words(core: Core, steward: Viewer, upload: Batch) -> None:
    store_other_figures(core, upload, **{"fact:has_title": pl.lit(1, pl.UInt8)})
    difference = core.rechecks.dataset(steward, 1).differences[0]
    assert (difference.stored, difference.now) == ("not met", "met")
    assert difference.name.endswith("?")


@pytest.mark.parametrize("damage", ["DELETE FROM assessments", "UPDATE assessments SET chunk = :x"])
def test_assessments_that_are_lost_or_damaged_are_computed_from_the_versions(
    core: Core, steward: Viewer, upload: Batch, damage: str
) -> None:
    admin = person(core, "ada", Role.ADMINISTRATOR)
    before = core.assessments.overview(steward).mean
    with core.storage.work() as work:
        work.session.execute(text(damage), {"x": b"no arrow"} if ":x" in damage else {})
    assert core.rechecks.dataset(steward, 1).provenance is None
    found = core.rechecks.recompute(admin, upload.collection_id)
    assert (found.checked, found.unassessed) == (0, 3)
    assert "3 are missing or damaged" in found.sentence
    assert core.rechecks.collection(steward, upload.collection_id).agrees
    assert core.assessments.overview(steward).mean == before


def test_joined_assessments_that_are_damaged_are_joined_anew(
    core: Core, steward: Viewer, upload: Batch
) -> None:
    for number in range(9):
        again = FILE.replace("CC BY 4.0", f"Licence {number}")
        commit(core, steward, upload.collection_id, again)
    with core.storage.work() as work:
        before = work.assessments.read([upload.collection_id], RUBRIC.id).rows
        damage = "UPDATE joined_assessments SET chunk = :x WHERE length(chunk) > 0"
        assert work.session.execute(text(damage), {"x": b"no arrow"}).rowcount == 1
    core.rechecks.recompute(person(core, "ada", Role.ADMINISTRATOR), upload.collection_id)
    with core.storage.read() as work:
        after = work.assessments.read([upload.collection_id], RUBRIC.id).rows
    assert after.equals(before)


def test_record_that_was_changed_behind_the_program_is_found(
    core: Core, steward: Viewer, upload: Batch
) -> None:
    with core.storage.work() as work:
        work.session.execute(
            text(
                "UPDATE dataset_versions SET metadata_json = "
                "replace(metadata_json, 'Line one', 'Line ONE') WHERE dataset_id = 1"
            )
        )
    differences = core.rechecks.dataset(steward, 1).differences
    assert [each.name for each in differences] == ["Hash of the stored record"]
    found = core.rechecks.collection(steward, upload.collection_id)
    assert found.columns == (("Hash of the stored record", 1),)


def test_changed_vocabulary_is_named_beside_what_it_changes(
    core: Core, steward: Viewer, upload: Batch
) -> None:
    with core.storage.work() as work:
        work.session.execute(
            text("UPDATE assessments SET vocabularies = :old, program_version = '0.0.9'"),
            {"old": '{"licences": "1.0+0"}'},
        )
    recheck = core.rechecks.dataset(steward, 1)
    assert recheck.agrees
    assert any(change.startswith("Licences: 1.0+0 then, ") for change in recheck.changes)
    assert any(change.startswith("Program: 0.0.9 then, ") for change in recheck.changes)
    assert "by version 0.0.9" in recheck.sentence
    found = core.rechecks.collection(steward, upload.collection_id)
    assert found.changes == recheck.changes


def test_only_who_may_read_rechecks_and_only_an_administrator_recomputes(
    core: Core, steward: Viewer, upload: Batch
) -> None:
    stranger = person(core, "rosa", Role.RESEARCHER)
    with pytest.raises(ResourceNotFoundError):
        core.rechecks.dataset(stranger, 1)
    with pytest.raises(ResourceNotFoundError):
        core.rechecks.collection(stranger, upload.collection_id)
    with pytest.raises(ResourceNotFoundError):
        core.receipts.issue(stranger, 1)
    with pytest.raises(AuthorizationError, match="compute stored scores again"):
        core.rechecks.recompute(steward, upload.collection_id)


def test_zero_of_another_sign_and_a_null_are_differences() -> None:
    stored = pl.DataFrame({"a": [0.0, 1.0, None], "b": [1, 2, 3], "c": ["x", None, "z"]})
    now = pl.DataFrame({"a": [-0.0, 1.0, 0.0], "b": [1, 2, 3], "c": ["x", "y", "z"]})
    found = differing(stored, now)
    assert found.to_dict(as_series=False) == {
        "a": [True, False, True], "c": [False, True, False],
    }  # fmt: skip
    assert differing(stored, stored).width == 0
    assert differing(stored, now.drop("b")).columns == ["a", "b", "c"]
    assert differing(stored, now.with_columns(pl.col("b").cast(pl.Int8))).columns == ["a", "b", "c"]


def test_batch_of_several_chunks_is_checked_and_computed_chunk_by_chunk(
    core: Core, steward: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assessments, "ROWS_PER_CHUNK", 2)
    monkeypatch.setattr(rechecks, "BATCH_ROWS", 2)
    collection_id = core.collections.create(steward, "Rhine").collection_id
    commit(core, steward, collection_id, FILE)
    with core.storage.read() as work:
        chunks = list(work.assessments.chunks([collection_id], RUBRIC.id))
    assert [chunk.rows.height for chunk in chunks if chunk.rows is not None] == [2, 1]
    assert chunks[0].provenance.input_hash != chunks[1].provenance.input_hash
    assert core.rechecks.collection(steward, collection_id).agrees
    assert all(core.rechecks.dataset(steward, key).agrees for key in (1, 2, 3))
    with core.storage.work() as work:
        work.session.execute(text("DELETE FROM assessments WHERE chunk_number = 1"))
    assert core.rechecks.collection(steward, collection_id).unassessed == 1
    assert core.rechecks.dataset(steward, 3).provenance is None
    core.rechecks.recompute(person(core, "ada", Role.ADMINISTRATOR), collection_id)
    assert core.rechecks.collection(steward, collection_id).agrees
    with core.storage.read() as work:
        anew = list(work.assessments.chunks([collection_id], RUBRIC.id))
    assert [chunk.provenance.input_hash for chunk in anew] == [
        chunk.provenance.input_hash for chunk in chunks
    ]
