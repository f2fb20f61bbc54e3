"""Summaries as people see them, over a small store of either kind."""

from datetime import UTC, datetime

import polars as pl
import pytest

from fairdb_core import records
from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import AccountState, Role, User, Viewer
from fairdb_core.domain.datasets import Visibility
from fairdb_core.domain.summaries import Facet, Filters, Sort
from fairdb_core.domain.uploads import BatchKind, BatchState, EffectCounts
from fairdb_core.errors import ResourceNotFoundError
from fairdb_core.records import Record
from fairdb_core.repositories.assessments import assessed_chunks
from fairdb_core.repositories.chunk_layout import compact
from fairdb_core.repositories.storage import Storage, Work
from fairdb_core.repositories.tables import UserRow
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring.assess import assess
from fairdb_core.services.assessments import AssessmentService
from fairdb_core.services.methods import gains_of_mean
from fairdb_core.services.score_frames import judged_by
from fairdb_core.services.standing import Standing

JANUARY = datetime(2026, 1, 10, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 20, 9, tzinfo=UTC)
RUBRIC = load_rubrics()["fsf_v0_8"]
POOR: Record = {"title": "Rain", "identifier": "1"}
FAIR: Record = {
    "title": "Soil moisture",
    "identifier": "10.5061/dryad.8515",
    "license": "CC-BY-4.0",
    "publisher": "Zenodo",
    "publication_date": "2020",
}


def _user(work: Work, user_id: int, role: Role) -> Viewer:
    name = f"person{user_id}"
    work.session.add(
        UserRow(
            user_id=user_id,
            username=name,
            username_key=name,
            email=f"{name}@example.org",
            email_key=f"{name}@example.org",
            role=role,
            state=AccountState.ACTIVE,
            created_at=JANUARY,
            updated_at=JANUARY,
        )
    )
    work.session.flush()
    return Viewer(User(user_id, name, "", "", role, AccountState.ACTIVE, JANUARY))


def _batch(
    work: Work,
    viewer: Viewer,
    collection_id: int,
    rows: dict[int, Record],
    at: datetime,
    *,
    is_new: bool = True,
) -> None:
    """Write records by dataset as one ready batch with its assessments."""
    batch_id = work.batches.add(
        viewer, collection_id, BatchKind.UPLOAD, EffectCounts(create=len(rows)), at=at
    )
    frame = records.frame_of(rows.values())
    first = work.keys.reserve("dataset_versions", len(rows))
    keys = pl.DataFrame({"dataset_id": list(rows)}).with_columns(
        dataset_version_id=pl.int_range(pl.len(), dtype=pl.Int64) + first,
        content_hash=pl.lit("h"),
    )
    work.dataset_versions.add_versions(
        keys.with_columns(
            metadata_json=records.json_of(frame),
            batch_id=pl.lit(batch_id),
            raw_json=pl.lit(""),
            is_deletion=pl.lit(value=False),
        )
    )
    if is_new:
        work.datasets.add_datasets(
            collection_id,
            keys.select(
                "dataset_id",
                identity=pl.col("dataset_id").cast(pl.String),
                current_version_id="dataset_version_id",
            ),
        )
    work.dataset_versions.point_to(batch_id, at)
    assessed = assess(frame, RUBRIC).with_columns(is_deleted=pl.lit(value=False))
    work.assessments.add(
        collection_id,
        batch_id,
        RUBRIC.key,
        assessed_chunks(keys.hstack(assessed)),
        at=at,
    )
    work.collections.raise_version(collection_id)
    work.batches.finish(batch_id, BatchState.READY, at=at)


@pytest.fixture
def people(storage: Storage) -> dict[str, Viewer]:
    """A steward with a private and a public collection, and others."""
    with storage.work() as work:
        people = {
            "steward": _user(work, 1, Role.STEWARD),
            "researcher": _user(work, 2, Role.RESEARCHER),
            "administrator": _user(work, 3, Role.ADMINISTRATOR),
            "public": Viewer(None),
        }
        private = work.collections.add("Soil", 1, visibility=Visibility.PRIVATE).collection_id
        public = work.collections.add("Water", 1, visibility=Visibility.PUBLIC).collection_id
        _batch(work, people["steward"], private, {1: POOR, 2: FAIR}, JANUARY)
        _batch(work, people["steward"], public, {3: POOR}, JANUARY)
        _batch(
            work,
            people["steward"],
            private,
            {1: {**POOR, "license": "CC0-1.0"}},
            JUNE,
            is_new=False,
        )
        work.owners.assign([3], 2)
    return people


@pytest.fixture
def service(storage: Storage) -> AssessmentService:
    """The service over the store."""
    return AssessmentService(storage=storage, cache=Cache(), rubrics=load_rubrics())


def _percents(*rows: Record) -> list[float]:
    return list(assess(records.frame_of(rows), RUBRIC)["percent"])


def test_overview_counts_only_what_the_viewer_may_see(
    service: AssessmentService, people: dict[str, Viewer]
) -> None:
    counts = {name: service.overview(viewer).count for name, viewer in people.items()}
    assert counts == {"steward": 3, "researcher": 1, "administrator": 3, "public": 1}


def test_overview_tells_mean_trend_change_and_fixes(
    service: AssessmentService, people: dict[str, Viewer]
) -> None:
    summary = service.overview(people["steward"])
    then = _percents(POOR, FAIR, POOR)
    now = _percents({**POOR, "license": "CC0-1.0"}, FAIR, POOR)
    assert summary.mean == pytest.approx(sum(now) / 3)
    assert [point.mean for point in summary.trend] == pytest.approx([sum(then) / 3, sum(now) / 3])
    assert summary.change is not None
    assert summary.change.total == pytest.approx((sum(now) - sum(then)) / 3)
    assert summary.change.from_membership == pytest.approx(0, abs=1e-9)
    assert sum(each.count for each in summary.bins) == 3
    assert [each.name for each in summary.collections] == ["Soil", "Water"]
    assert [batch.collection_name for batch in summary.recent] == ["Soil", "Water", "Soil"]
    assert [fix.gain for fix in summary.fixes] == sorted(
        (fix.gain for fix in summary.fixes), reverse=True
    )


def test_meeting_a_check_everywhere_raises_the_mean_by_the_gain_promised() -> None:
    before = assess(records.frame_of([POOR, FAIR]), RUBRIC)
    after = _percents({**POOR, "license": "CC0-1.0"}, FAIR)
    standing = Standing(*judged_by(RUBRIC, compact(before)))
    gain = gains_of_mean(standing.matching([]), RUBRIC)["FsF-R1.1-01M-1"]
    assert gain == pytest.approx(sum(after) / 2 - before["percent"].mean(), abs=0.01)
    assert gain > 1


def test_own_datasets_are_those_assigned_to_the_viewer(
    service: AssessmentService, people: dict[str, Viewer]
) -> None:
    assert [row.dataset_id for row in service.overview(people["researcher"]).own.rows] == [3]
    assert service.overview(people["steward"]).own.count == 0
    mine = service.explore(people["researcher"], Filters(is_mine=True))
    assert [row.dataset_id for row in mine.rows] == [3]


def test_overview_follows_filters(service: AssessmentService, people: dict[str, Viewer]) -> None:
    summary = service.overview(
        people["steward"], filters=Filters(chosen=((Facet.LICENSE, ("CC-BY-4.0",)),))
    )
    assert (summary.count, summary.total_count) == (1, 3)
    assert summary.mean == pytest.approx(_percents(FAIR)[0])
    nothing = service.overview(people["steward"], filters=Filters(text="no such words"))
    assert (nothing.count, nothing.total_count) == (0, 3)


def test_explore_lists_datasets_and_keeps_them_from_the_public(
    service: AssessmentService, people: dict[str, Viewer]
) -> None:
    page = service.explore(people["steward"], Filters(), sort=Sort.HIGHEST)
    assert page.rows[0].dataset_id == 2
    assert page.count == 3
    assert service.explore(people["public"], Filters()).count == 0
    assert service.explore(people["researcher"], Filters()).count == 1


def test_summary_is_new_after_the_store_has_changed(
    service: AssessmentService, people: dict[str, Viewer], storage: Storage
) -> None:
    before = service.overview(people["public"]).count
    with storage.work() as work:
        collection_id = next(
            each.collection_id for each in work.collections.visible(people["public"])
        )
        _batch(work, people["steward"], collection_id, {4: FAIR}, JUNE)
    assert (before, service.overview(people["public"]).count) == (1, 2)


def test_dataset_is_explained_with_its_history(
    service: AssessmentService, people: dict[str, Viewer]
) -> None:
    summary = service.dataset(people["steward"], 1)
    assert (summary.title, summary.collection_name, summary.may_edit) == ("Rain", "Soil", True)
    assert summary.assessment.total.percent == _percents(summary.dataset.record)[0]
    points = [edit.points for edit in summary.advice.edits]
    assert len(points) >= 3
    assert points == sorted(points, reverse=True)
    newest, oldest = summary.history
    assert [(c.title, c.before, c.after) for c in newest.changes] == [("Licence", "", "CC0-1.0")]
    assert newest.percent == _percents(summary.dataset.record)[0]
    assert {change.title for change in oldest.changes} == {"Title", "Identifier"}
    assert oldest.author_name == "person1"


@pytest.mark.parametrize("dataset_id", [1, 999])
def test_foreign_private_dataset_answers_like_a_missing_one(
    service: AssessmentService, people: dict[str, Viewer], dataset_id: int
) -> None:
    with pytest.raises(ResourceNotFoundError, match=f"Dataset with id {dataset_id} not found"):
        service.dataset(people["researcher"], dataset_id)
    with pytest.raises(ResourceNotFoundError):
        service.dataset(people["public"], 3)


def test_unknown_rubric_is_refused(service: AssessmentService, people: dict[str, Viewer]) -> None:
    with pytest.raises(ResourceNotFoundError, match="Rubric"):
        service.overview(people["steward"], "no_such_rubric")


def test_empty_store_gives_an_empty_summary(service: AssessmentService) -> None:
    summary = service.overview(Viewer(None))
    assert (summary.count, summary.trend, summary.weakest) == (0, (), None)


def test_methods_tell_every_check_with_its_points(service: AssessmentService) -> None:
    method = service.methods()[0]
    assert (len(method.checks), method.total) == (31, 26)
    assert [(key, points) for key, _, points in method.dimensions] == [
        ("F", 7), ("A", 7), ("I", 6), ("R", 6),
    ]  # fmt: skip
    assert {check.decided_by for check in method.checks} == {"record", "record*", "network"}
    assert all(check.question and check.rule for check in method.checks)
    assert method.checks[0].source == "https://doi.org/10.5281/zenodo.15045911"
