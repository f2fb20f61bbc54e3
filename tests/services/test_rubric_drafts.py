"""Rubrics of one's own: drafts that move nothing, previews, and versions published for good."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import update

from fairdb_core import Core, Settings, build_core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.histories import RubricMark
from fairdb_core.domain.rubric_drafts import AddedTest, DraftChange, RubricDraft
from fairdb_core.domain.summaries import Filters, RubricMethod
from fairdb_core.errors import (
    AuthorizationError,
    ConflictError,
    DuplicateError,
    ResourceNotFoundError,
    RubricError,
)
from fairdb_core.records import frame_of
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import PublishedRubricRow
from fairdb_core.rubrics import load_rubrics, parse_rubric
from fairdb_core.rubrics.writing import changed, read_draft, toml_of
from fairdb_core.scoring.kernel import compute_facts, score
from fairdb_core.services.histories import Question
from fairdb_core.services.rescoring import rescored
from fairdb_core.services.rubric_publications import preview_of
from fairdb_core.services.score_frames import nothing_standing
from tests.services.people import person

USUAL = "fsf_v0_8"
RECORDS = (
    {"identifier": "https://doi.org/10.1000/a", "title": "Soil", "license": "CC0-1.0"},
    {"identifier": "10.1000/b", "title": "Water", "keywords": "water\nriver"},
    {"identifier": "17", "title": "Air", "funding": "DFG 1", "formats": "CSV"},
)


@pytest.fixture
def ada(core: Core) -> Viewer:
    viewer = person(core, "ada", Role.ADMINISTRATOR)
    collection_id = core.collections.create(viewer, "Rhine").collection_id
    for typed in RECORDS:
        core.datasets.save(viewer, collection_id, typed)
    return viewer


def begun(core: Core, viewer: Viewer) -> RubricDraft:
    return core.rubric_drafts.copy(viewer, USUAL, "our_own", "Our own")


def change(**changed_values: object) -> DraftChange:
    values = {"rubric_id": "our_own", "title": "Our own", "version": "1.0", "summary": "Ours."}
    return DraftChange(**(values | changed_values))  # type: ignore[arg-type]


WEIGHTIER = {"FsF-R1.1-01M-1": 20.0, "FsF-F2-01M-2": None}


def test_copy_scores_as_the_rubric_it_was_copied_from(core: Core, ada: Viewer) -> None:
    draft = begun(core, ada)
    _, rubric = core.rubric_drafts.get(ada, draft.rubric_draft_id)
    base = core.rubrics[USUAL]
    assert (rubric.id, rubric.title, rubric.version) == ("our_own", "Our own", "1.0")
    assert rubric.metrics == base.metrics
    found = core.rubric_publications.preview(ada, rubric, USUAL)
    assert (found.count, found.risen, found.fallen, found.unmoved) == (3, 0, 0, 3)
    assert found.mean_before == found.mean_after
    assert found.most == ()


def test_draft_takes_weights_leaves_out_and_adds_tests(core: Core, ada: Viewer) -> None:
    added = AddedTest("has_funding", "R", 4)
    saved = core.rubric_drafts.save(ada, begun(core, ada), change(points=WEIGHTIER, added=(added,)))
    _, rubric = core.rubric_drafts.get(ada, saved.rubric_draft_id)
    points = {test.id: test.points for test in rubric.tests}
    assert points["FsF-R1.1-01M-1"] == 20
    assert "FsF-F2-01M-2" not in points
    assert points["own-has_funding"] == 4
    assert rubric.possible == 26 + 19 - 1 + 4
    assert all("FsF-F2-01M-2" not in test.implies for test in rubric.tests)


def test_preview_tells_who_moves_as_scoring_anew_does(core: Core, ada: Viewer) -> None:
    saved = core.rubric_drafts.save(ada, begun(core, ada), change(points=WEIGHTIER))
    _, rubric = core.rubric_drafts.get(ada, saved.rubric_draft_id)
    found = core.rubric_publications.preview(ada, rubric, USUAL)
    by_title = {each.title: each for each in found.most}
    for summary_id in by_title.values():
        record = core.datasets.get(ada, summary_id.dataset_id).record
        facts = compute_facts(frame_of([record]))
        assert summary_id.before == score(facts, core.rubrics[USUAL])["percent"][0]
        assert summary_id.after == score(facts, rubric)["percent"][0]
    assert (found.count, found.risen, found.fallen) == (3, 1, 2)
    assert found.most[0].title == "Soil"
    assert found.mean_after is not None
    sizes = [abs((each.after or 0) - (each.before or 0)) for each in found.most]
    assert sizes == sorted(sizes, reverse=True)


def test_draft_alters_no_published_number(core: Core, ada: Viewer) -> None:
    before = [core.assessments.overview(ada, method.rubric_id) for method in methods(core)]
    saved = core.rubric_drafts.save(ada, begun(core, ada), change(points=WEIGHTIER))
    _, rubric = core.rubric_drafts.get(ada, saved.rubric_draft_id)
    core.rubric_publications.preview(ada, rubric, USUAL)
    core.cache.__init__(256)  # type: ignore[misc]
    assert [core.assessments.overview(ada, m.rubric_id) for m in methods(core)] == before
    assert "our_own" not in core.rubrics
    with pytest.raises(ResourceNotFoundError):
        core.assessments.overview(ada, "our_own")


def methods(core: Core) -> tuple[RubricMethod, ...]:
    return core.assessments.methods()


def test_published_rubric_can_be_chosen_everywhere_and_leaves_the_others(
    core: Core, ada: Viewer
) -> None:
    before = core.assessments.overview(ada)
    saved = core.rubric_drafts.save(ada, begun(core, ada), change(points=WEIGHTIER))
    published = core.rubric_publications.publish(ada, saved.rubric_draft_id)
    assert core.assessments.overview(ada) == before
    assert [method.rubric_id for method in methods(core)][-1] == "our_own"
    own = core.assessments.overview(ada, "our_own")
    assert own.count == 3
    assert own.mean != before.mean
    dataset_id = core.assessments.explore(ada, Filters()).rows[0].dataset_id
    assessed = core.assessments.dataset(ada, dataset_id, "our_own").assessment
    assert assessed.rubric_digest == published.digest
    assert core.rubric_drafts.all(ada) == []


def test_source_of_a_check_is_where_it_was_published_first(core: Core, ada: Viewer) -> None:
    added = AddedTest("has_funding", "R", 4)
    saved = core.rubric_drafts.save(ada, begun(core, ada), change(added=(added,)))
    core.rubric_publications.publish(ada, saved.rubric_draft_id)
    sources = {check.check_id: check.source for check in methods(core)[-1].checks}
    assert sources["own-has_funding"] == "added in Our own 1.0"
    assert sources["FsF-F2-01M-2"] == core.rubrics[USUAL].source


def test_version_is_published_once(core: Core, ada: Viewer) -> None:
    core.rubric_publications.publish(ada, begun(core, ada).rubric_draft_id)
    again = begun(core, ada)
    assert core.rubric_drafts.get(ada, again.rubric_draft_id)[1].version == "2.0"
    same = core.rubric_drafts.save(ada, again, change(version="1.0"))
    with pytest.raises(DuplicateError, match=r"1\.0 of our_own is published already"):
        core.rubric_publications.publish(ada, same.rubric_draft_id)
    assert [draft.rubric_draft_id for draft in core.rubric_drafts.all(ada)] == [
        same.rubric_draft_id
    ]


def test_earlier_version_stays_and_the_trend_marks_the_change(core: Core, ada: Viewer) -> None:
    core.rubric_publications.publish(ada, begun(core, ada).rubric_draft_id)
    first = core.assessments.overview(ada, "our_own")
    assert first.rubric_changes == ()
    second = core.rubric_drafts.copy(ada, "our_own", "our_own", "Our own")
    heavier = core.rubric_drafts.save(ada, second, change(version="2.0", points=WEIGHTIER))
    published = core.rubric_publications.publish(ada, heavier.rubric_draft_id)
    now = core.assessments.overview(ada, "our_own")
    assert now.rubric_changes == ((published.published_at, "Our own 2.0"),)
    earlier = [point for point in now.trend if point.at < published.published_at]
    assert earlier == list(first.trend)
    assert now.trend[-1].mean == pytest.approx(now.mean)
    history = core.histories.history(ada, Question(rubric_id="our_own"))
    assert history.marks == (RubricMark(published.published_at, "Our own 2.0"),)
    assert [(point.at, point.count) for point in history.trend] == [
        (point.at, point.count) for point in now.trend
    ]
    assert [point.mean for point in history.trend] == pytest.approx(
        [point.mean for point in now.trend]
    )
    assert core.assessments.overview(ada, "our_own@1.0").mean == first.mean
    alone = core.histories.history(ada, Question(rubric_id="our_own@1.0"))
    assert alone.marks == ()
    assert [point.mean for point in alone.trend] == pytest.approx(
        [point.mean for point in first.trend]
    )
    assert [rubric.version for rubric, _ in core.rubrics.versions("our_own")] == ["1.0", "2.0"]


@pytest.mark.parametrize("field", ["content", "digest"])
def test_edited_publication_stops_the_start(
    core: Core, ada: Viewer, storage: Storage, tmp_path: Path, field: str
) -> None:
    published = core.rubric_publications.publish(ada, begun(core, ada).rubric_draft_id)
    other = {"content": published.content.replace("points = 1.0", "points = 2.0", 1),
             "digest": "0" * 64}  # fmt: skip
    assert other[field] != getattr(published, field)
    with storage.work() as work:
        work.session.execute(update(PublishedRubricRow).values({field: other[field]}))
    with pytest.raises(RubricError, match="is not what was published"):
        build_core(Settings(data_dir=tmp_path, bcrypt_cost=4, _env_file=None), storage=storage)


def test_other_process_sees_what_was_published(
    core: Core, ada: Viewer, storage: Storage, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, bcrypt_cost=4, _env_file=None)
    other = build_core(settings, storage=storage)
    core.rubric_publications.publish(ada, begun(core, ada).rubric_draft_id)
    other.rubrics.look_again()
    assert "our_own" in other.rubrics
    other.uploads.close()


@pytest.mark.parametrize("role", [Role.STEWARD, Role.RESEARCHER])
def test_only_administrators_work_on_drafts(core: Core, ada: Viewer, role: Role) -> None:
    draft = begun(core, ada)
    _, rubric = core.rubric_drafts.get(ada, draft.rubric_draft_id)
    other = person(core, "eve", role)
    for act in (
        lambda: core.rubric_drafts.all(other),
        lambda: core.rubric_drafts.get(other, draft.rubric_draft_id),
        lambda: core.rubric_drafts.copy(other, USUAL, "x_own", "X"),
        lambda: core.rubric_drafts.upload(other, draft.content.encode()),
        lambda: core.rubric_drafts.save(other, draft, change()),
        lambda: core.rubric_drafts.delete(other, draft.rubric_draft_id),
        lambda: core.rubric_publications.preview(other, rubric, USUAL),
        lambda: core.rubric_publications.publish(other, draft.rubric_draft_id),
    ):
        with pytest.raises(AuthorizationError):
            act()
    assert core.rubric_drafts.get(ada, draft.rubric_draft_id)[0] == draft


def test_second_of_two_who_save_a_draft_is_told(core: Core, ada: Viewer) -> None:
    draft = begun(core, ada)
    core.rubric_drafts.save(ada, draft, change(title="Mine"))
    with pytest.raises(ConflictError, match="Somebody else"):
        core.rubric_drafts.save(ada, draft, change(title="Yours"))
    assert core.rubric_drafts.get(ada, draft.rubric_draft_id)[1].title == "Mine"


def test_what_is_done_to_rubrics_is_audited(core: Core, ada: Viewer) -> None:
    draft = core.rubric_drafts.save(ada, begun(core, ada), change())
    core.rubric_publications.publish(ada, draft.rubric_draft_id)
    gone = core.rubric_drafts.copy(ada, USUAL, "gone_soon", "Gone")
    core.rubric_drafts.delete(ada, gone.rubric_draft_id)
    with core.storage.read() as work:
        actions = {event.action for event in work.audit.search()}
    assert {
        "rubric_draft_added", "rubric_draft_saved", "rubric_published", "rubric_draft_deleted",
    } <= actions  # fmt: skip


def test_draft_travels_as_toml(core: Core, ada: Viewer) -> None:
    draft = core.rubric_drafts.save(ada, begun(core, ada), change(points=WEIGHTIER))
    tomllib.loads(draft.content)
    brought = core.rubric_drafts.upload(ada, draft.content.encode())
    assert brought.rubric_draft_id != draft.rubric_draft_id
    assert core.rubric_drafts.get(ada, brought.rubric_draft_id)[1].metrics == (
        core.rubric_drafts.get(ada, draft.rubric_draft_id)[1].metrics
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe", "cannot be read"),
        (b"id = 1", "Rubric draft"),
        (b"x" * 600_000, "too large"),
        (toml_of(load_rubrics()[USUAL]).encode(), "cannot be the id"),
    ],
)
def test_unsound_file_is_refused(core: Core, ada: Viewer, content: bytes, told: str) -> None:
    with pytest.raises(RubricError, match=told):
        core.rubric_drafts.upload(ada, content)
    assert core.rubric_drafts.all(ada) == []


@pytest.mark.parametrize(
    "values",
    [
        {"rubric_id": USUAL}, {"rubric_id": "X"}, {"rubric_id": "a b"}, {"version": "1 0"},
        {"version": ""}, {"title": " "}, {"added": (AddedTest("nothing", "R", 1),)},
        {"added": (AddedTest("has_funding", "Z", 1),)}, {"points": {"FsF-R1.1-01M-1": -1.0}},
        {"points": {test.id: None for test in load_rubrics()[USUAL].tests}},
    ],
)  # fmt: skip
def test_unsound_change_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(RubricError):
        changed(load_rubrics()[USUAL], change(**values))


@pytest.mark.parametrize("rubric_id", list(load_rubrics()))
def test_rubric_written_as_toml_reads_the_same(rubric_id: str) -> None:
    rubric = load_rubrics()[rubric_id]
    again = parse_rubric(toml_of(rubric).encode(), name="again")
    assert again.model_dump(exclude={"digest"}) == rubric.model_dump(exclude={"digest"})


def test_texts_with_quotes_and_line_breaks_are_written_and_read() -> None:
    text = 'Say "no" \\ to\nthis\x7f and ümlauts'
    made = changed(load_rubrics()[USUAL], change(summary=text))
    assert read_draft(toml_of(made)).summary == text


def test_ratings_begin_at_more_and_more_points() -> None:
    base = load_rubrics()["mqa_405"]
    kept = changed(base, change(ratings={"Good": 250.0}))
    assert kept.rating_of(240) == "Sufficient"
    with pytest.raises(RubricError, match="more and more"):
        changed(base, change(ratings={"Good": 400.0}))


def test_preview_of_nothing_says_so() -> None:
    base = load_rubrics()[USUAL]
    nothing = rescored(nothing_standing(base), pl.DataFrame(), base, base)
    assert preview_of(nothing, base, base).count == 0


def test_published_at_carries_a_zone(core: Core, ada: Viewer) -> None:
    published = core.rubric_publications.publish(ada, begun(core, ada).rubric_draft_id)
    assert abs(datetime.now(UTC) - published.published_at) < timedelta(minutes=5)
