"""Every stored assessment names by what it was made, over stores of either kind."""

import hashlib

import pytest
from alembic import command
from sqlalchemy import text

from fairdb_core import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.uploads import Batch
from fairdb_core.repositories.schema import _config, migrate
from fairdb_core.repositories.storage import Storage
from fairdb_core.rubrics import DEFAULT_RUBRIC, load_rubrics
from fairdb_core.settings import program_version
from fairdb_core.vocabularies.sources import installed_versions
from tests.services.people import import_text

FILE = "identifier,title,license\nA-1,Soil moisture,CC BY\nA-2,River discharge,\n"


@pytest.fixture
def upload(core: Core, steward: Viewer) -> Batch:
    made = core.collections.create(steward, "Rhine")
    return import_text(core, steward, made.collection_id, FILE)


def test_upload_and_undo_name_rubric_vocabularies_input_program_and_time(
    core: Core, steward: Viewer, upload: Batch
) -> None:
    undo = core.batches.undo(steward, upload.batch_id)
    rubric = load_rubrics()[DEFAULT_RUBRIC]
    with core.storage.read() as work:
        chunks = list(work.assessments.chunks([upload.collection_id], rubric.id))
        hashes = work.session.execute(
            text("SELECT batch_id, content_hash FROM dataset_versions ORDER BY dataset_version_id")
        ).all()
    assert [chunk.batch_id for chunk in chunks] == [upload.batch_id, undo.batch_id]
    for chunk in chunks:
        named = chunk.provenance
        own = [value for batch_id, value in hashes if batch_id == chunk.batch_id]
        assert (named.rubric_id, named.rubric_version, named.rubric_digest) == rubric.key
        assert dict(named.vocabularies) == dict(installed_versions())
        assert named.input_hash == hashlib.sha256("\n".join(own).encode()).hexdigest()
        assert named.program_version == program_version()
        assert named.assessed_at >= upload.created_at
        assert chunk.rows is not None
        assert "content_hash" not in chunk.rows.columns


def test_older_store_keeps_its_assessments_and_says_that_nothing_was_named(
    storage_url: str,
) -> None:
    store = Storage(storage_url)
    with store.work() as work:
        command.upgrade(_config(work.session.connection()), "0001")
        for statement in (
            "INSERT INTO users (user_id, username, username_key, email, email_key, full_name,"
            " password_hash, role, state, request_note, created_at, updated_at) VALUES"
            " (1, 'a', 'a', 'a', 'a', '', '', 'steward', 'active', '', :at, :at)",
            "INSERT INTO collections (collection_id, name, name_key, description, owner_user_id,"
            " visibility, data_version, created_at, updated_at) VALUES"
            " (1, 'a', 'a', '', 1, 'private', 1, :at, :at)",
            "INSERT INTO batches (batch_id, collection_id, kind, state, file_name, file_sha256,"
            " create_count, update_count, unchanged_count, refused_count, rows_total, rows_done,"
            " author_name, error, created_at, heartbeat_at) VALUES"
            " (1, 1, 'upload', 'ready', '', '', 0, 0, 0, 0, 0, 0, '', '', :at, :at)",
            "INSERT INTO assessments (collection_id, batch_id, rubric_id, rubric_version,"
            " rubric_digest, chunk_number, row_count, state, chunk, created_at) VALUES"
            " (1, 1, 'r', '1', 'd', 0, 0, 'ready', :chunk, :at)",
        ):
            values = {"at": "2026-01-10 09:00:00+00:00", "chunk": b""}
            names = [name for name in values if f":{name}" in statement]
            work.session.execute(text(statement), {name: values[name] for name in names})
    migrate(store)
    with store.read() as work:
        row = work.session.execute(
            text("SELECT vocabularies, input_hash, program_version FROM assessments")
        ).one()
    assert tuple(row) == (None, "", "")
    store.close()
