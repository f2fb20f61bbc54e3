"""Collections, datasets, batches and assessments on both stores."""

from datetime import UTC, datetime

import polars as pl
import pytest

from fairdb_core import records
from fairdb_core.domain.accounts import AccountState, Role, User, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.permissions import Action, is_allowed
from fairdb_core.domain.uploads import BatchKind, BatchState, EffectCounts
from fairdb_core.errors import DuplicateError, StorageError
from fairdb_core.repositories.assessments import assessed_chunks, live
from fairdb_core.repositories.packed_texts import FEWEST_ROWS, ROWS_PER_CHUNK, packed_texts
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.repositories.tables import PackedTextsRow, TeamMemberRow, TeamRow, UserRow

NOW = datetime(2026, 3, 1, 12, 30, 5, 250000, tzinfo=UTC)


def _add_user(work: Work, user_id: int, role: Role, team_ids: frozenset[int]) -> Viewer:
    work.session.add(
        UserRow(
            user_id=user_id,
            username=f"person{user_id}",
            username_key=f"person{user_id}",
            email=f"{user_id}@example.org",
            email_key=f"{user_id}@example.org",
            role=role,
            state=AccountState.ACTIVE,
            created_at=NOW,
            updated_at=NOW,
        )
    )
    work.session.flush()
    user = User(user_id, f"person{user_id}", "", "", role, AccountState.ACTIVE, NOW)
    return Viewer(user, team_ids)


def _commit_batch(work: Work, viewer: Viewer, collection_id: int, titles: dict[str, str]) -> int:
    """Write datasets by identity and title as one ready batch."""
    batch_id = work.batches.add(
        viewer, collection_id, BatchKind.UPLOAD, EffectCounts(create=len(titles))
    )
    known = work.datasets.matching(collection_id, list(titles))
    frame = records.frame_of([{"title": title} for title in titles.values()])
    first = work.keys.reserve("dataset_versions", len(titles))
    rows = pl.DataFrame({"identity": list(titles), "title": list(titles.values())}).with_columns(
        dataset_version_id=pl.int_range(first, first + len(titles)),
        metadata_json=records.json_of(frame),
    )
    rows = rows.join(known.select("identity", "dataset_id"), on="identity", how="left")
    new = rows.filter(pl.col("dataset_id").is_null())
    first_dataset = work.keys.reserve("datasets", max(new.height, 1))
    rows = rows.with_columns(
        dataset_id=pl.coalesce("dataset_id", first_dataset + pl.int_range(pl.len(), dtype=pl.Int64))
    )
    work.dataset_versions.add_versions(
        rows.select(
            "dataset_version_id",
            "dataset_id",
            "metadata_json",
            batch_id=pl.lit(batch_id),
            raw_json=pl.lit(""),
            content_hash=pl.lit("h"),
            is_deletion=pl.lit(False),
        ),
        packed_texts(rows["metadata_json"]),
    )
    fresh = rows.filter(pl.col("identity").is_in(new["identity"].to_list()))
    work.datasets.add_datasets(
        collection_id,
        fresh.select(
            "dataset_id",
            "identity",
            current_version_id="dataset_version_id",
        ),
    )
    work.dataset_versions.point_to(batch_id, NOW)
    work.batches.finish(batch_id, BatchState.READY)
    return batch_id


def test_dataset_written_in_bulk_reads_back_with_its_history(storage: Storage) -> None:
    with storage.work() as work:
        viewer = _add_user(work, 1, Role.STEWARD, frozenset())
        collection = work.collections.add("Soil", 1)
        first = _commit_batch(work, viewer, collection.collection_id, {"a": "One", "b": 'Two, "x"'})
        second = _commit_batch(work, viewer, collection.collection_id, {"a": "One again"})
    with storage.read() as work:
        known = work.datasets.matching(collection.collection_id, ["a", "b", "missing"])
        by_identity = {row["identity"]: row["dataset_id"] for row in known.to_dicts()}
        dataset = work.datasets.get(by_identity["a"])
        history = work.dataset_versions.of_dataset(by_identity["a"])
        written = work.dataset_versions.to_undo(second)
    assert set(by_identity) == {"a", "b"}
    assert dataset is not None
    assert dataset.record == {"title": "One again"}
    assert dataset.row_version == 2
    assert [version.batch_id for version in history] == [second, first]
    assert written["previous_json"].to_list() == ['{"title":"One"}']
    assert written["current_version_id"].to_list() == written["dataset_version_id"].to_list()


def test_packed_metadata_reads_back_wherever_a_version_is_read(storage: Storage) -> None:
    count = 2 * ROWS_PER_CHUNK + 7
    many = {f"id{number}": f"One {number}" for number in range(count)}
    some = {f"id{number}": f"Two {number}" for number in range(0, count, 10)}
    assert len(some) >= FEWEST_ROWS
    with storage.work() as work:
        viewer = _add_user(work, 1, Role.STEWARD, frozenset())
        soil = work.collections.add("Soil", 1).collection_id
        first = _commit_batch(work, viewer, soil, many)
        second = _commit_batch(work, viewer, soil, some)
        _commit_batch(work, viewer, soil, {"id20": "Three"})
    titles = {**many, **some, "id20": "Three"}
    with storage.read() as work:
        known = work.datasets.matching(soil, [*many, "missing"])
        ids = dict(known.select("identity", "dataset_id").iter_rows())
        standing = work.datasets.current(soil, list(ids.values()))
        dataset = work.datasets.get(ids["id1000"])
        history = work.dataset_versions.of_dataset(ids["id20"])
        undoing = work.dataset_versions.to_undo(second)
        step = work.dataset_versions.first_step(second)
        texts = work.dataset_versions.texts(first, after=3, limit=600)
        chunks = work.session.query(PackedTextsRow).count()
    assert chunks == 4
    for frame in (known, standing):
        found = dict(frame.select("identity", "metadata_json").iter_rows())
        assert found == {name: f'{{"title":"{title}"}}' for name, title in titles.items()}
    assert dataset is not None
    assert dataset.record == {"title": "Two 1000"}
    assert [version.record["title"] for version in history] == ["Three", "Two 20", "One 20"]
    assert texts["metadata_json"].to_list() == [f'{{"title":"One {n}"}}' for n in range(3, 603)]
    assert step == ({"title": "One 0"}, {"title": "Two 0"})
    assert undoing["previous_json"].to_list() == [
        f'{{"title":"One {number}"}}' for number in range(0, count, 10)
    ]
    changed = undoing.filter(pl.col("current_json").is_not_null())
    assert changed.select("identity", "written_json", "current_json").rows() == [
        ("id20", '{"title":"Two 20"}', '{"title":"Three"}')
    ]


@pytest.mark.parametrize("kept", [0, 1])
def test_lost_metadata_is_named(storage: Storage, kept: int) -> None:
    with storage.work() as work:
        viewer = _add_user(work, 1, Role.STEWARD, frozenset())
        soil = work.collections.add("Soil", 1).collection_id
        titles = {f"id{number}": "One" for number in range(ROWS_PER_CHUNK + 1)}
        _commit_batch(work, viewer, soil, titles)
        firsts = work.session.query(PackedTextsRow).order_by(PackedTextsRow.first_version_id)
        work.session.delete(firsts[1 - kept])
    with (
        storage.read() as work,
        pytest.raises(StorageError, match=r"metadata of version \d+ is missing .* backup"),
    ):
        work.datasets.matching(soil, list(titles))


def test_versions_of_a_batch_that_failed_can_be_discarded_unseen(storage: Storage) -> None:
    with storage.work() as work:
        viewer = _add_user(work, 1, Role.STEWARD, frozenset())
        collection = work.collections.add("Soil", 1)
        _commit_batch(work, viewer, collection.collection_id, {"a": "One"})
        batch_id = work.batches.add(
            viewer, collection.collection_id, BatchKind.UPLOAD, EffectCounts(update=1)
        )
        dataset_id = work.datasets.matching(collection.collection_id, ["a"])["dataset_id"].item()
        work.dataset_versions.add_versions(
            pl.DataFrame(
                {
                    "dataset_version_id": [900],
                    "dataset_id": [dataset_id],
                    "batch_id": [batch_id],
                    "metadata_json": ['{"title":"Half"}'],
                    "raw_json": [""],
                    "content_hash": ["x"],
                    "is_deletion": [False],
                }
            )
        )
        unseen = work.dataset_versions.of_dataset(dataset_id)
        work.dataset_versions.discard_versions(batch_id)
        work.batches.finish(batch_id, BatchState.FAILED, error="stopped")
        batch = work.batches.get(batch_id)
    assert [version.record for version in unseen] == [{"title": "One"}]
    assert batch is not None
    assert (batch.state, batch.error) == (BatchState.FAILED, "stopped")


def test_assessed_rows_keep_history_and_live_rows_take_the_last(storage: Storage) -> None:
    def rows(versions: list[int], percents: list[float], *, deleted: bool = False) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "dataset_id": [1, 2][: len(versions)],
                "dataset_version_id": versions,
                "is_deleted": [deleted] * len(versions),
                "percent": percents,
                "content_hash": [f"hash{version}" for version in versions],
            }
        )

    with storage.work() as work:
        viewer = _add_user(work, 1, Role.STEWARD, frozenset())
        collection_id = work.collections.add("Soil", 1).collection_id
        batches = [
            work.batches.add(viewer, collection_id, BatchKind.UPLOAD, EffectCounts())
            for _ in range(3)
        ]
        work.assessments.add(
            collection_id, batches[0], ("r", "1", "d"), assessed_chunks(rows([1, 2], [10.0, 20.0]))
        )
        work.assessments.add(
            collection_id, batches[1], ("r", "1", "d"), assessed_chunks(rows([3], [50.0]))
        )
        work.assessments.add(
            collection_id, batches[2], ("r", "1", "d"), assessed_chunks(rows([4], [99.0]))
        )
        work.batches.finish(batches[0], BatchState.READY)
        work.batches.finish(batches[1], BatchState.READY)
    with storage.read() as work:
        found = work.assessments.read([collection_id], "r").rows
        nothing = work.assessments.read([collection_id], "another").rows
    assert found["dataset_version_id"].to_list() == [1, 2, 3]
    assert sorted(live(found)["percent"].to_list()) == [20.0, 50.0]
    assert live(found, at=datetime(2000, 1, 1, tzinfo=UTC)).is_empty()
    assert live(nothing).is_empty()


def test_collection_name_exists_twice_is_refused(storage: Storage) -> None:
    def add_again() -> None:
        with storage.work() as work:
            work.collections.add("SOIL", 1)

    with storage.work() as work:
        _add_user(work, 1, Role.STEWARD, frozenset())
        work.collections.add("Soil", 1)
    with pytest.raises(DuplicateError, match="SOIL"):
        add_again()


@pytest.mark.parametrize("role", list(Role))
def test_visible_collections_are_those_that_the_policy_allows(storage: Storage, role: Role) -> None:
    with storage.work() as work:
        work.session.add(TeamRow(team_id=5, name="T", name_key="t", created_at=NOW))
        work.session.flush()
        viewer = _add_user(work, 1, role, frozenset({5}))
        _add_user(work, 2, Role.STEWARD, frozenset())
        work.session.add(TeamMemberRow(team_id=5, user_id=1))
        made = [
            work.collections.add(
                f"{owner}{team}{visibility}", owner, team_id=team, visibility=visibility
            )
            for owner in (1, 2)
            for team in (None, 5)
            for visibility in Visibility
        ]
        for who in (viewer, Viewer(None)):
            seen = {c.collection_id for c in work.collections.visible(who)}
            allowed = {c.collection_id for c in made if is_allowed(who, Action.READ_SCORES, c)}
            assert seen == allowed
