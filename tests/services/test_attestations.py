"""What people attest, over stores of either kind: saying, revoking, expiring, counting apart."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from fairdb_core import Core
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.domain.attestations import Answer, Attestation, Standing, in_force
from fairdb_core.domain.datasets import Visibility
from fairdb_core.errors import (
    AuthorizationError,
    ConflictError,
    ResourceNotFoundError,
    ValidationError,
)
from tests.services.people import import_text, person

FILE = "identifier,title,license\n10.1000/a,Soil moisture,CC-BY-4.0\n10.1000/b,Water,n/a\n"
NOTE = "The repository’s policy says so: https://example.org/policy"
KEEPS = "metadata_outlive_data"
TODAY = datetime.now(UTC).date()


@pytest.fixture
def collection_id(core: Core, steward: Viewer) -> int:
    made = core.collections.create(steward, "Rhine", visibility=Visibility.INSTITUTION)
    import_text(core, steward, made.collection_id, FILE)
    return made.collection_id


def attest(
    core: Core,
    viewer: Viewer,
    collection_id: int,
    answer: Answer = Answer.MET,
    *,
    dataset_id: int | None = None,
    note: str = NOTE,
    expires_on: date = TODAY + timedelta(days=2),
    indicator: str = KEEPS,
) -> Attestation:
    return core.attestations.attest(
        viewer,
        collection_id,
        indicator,
        answer,
        note=note,
        expires_on=expires_on,
        dataset_id=dataset_id,
    )


def test_questions_are_those_that_only_a_person_can_judge(core: Core) -> None:
    asked = {test for each in core.attestations.questions for test, _ in each.check_ids}
    assert asked == {"RDA-A2-01M", "RDA-I2-01D", "RDA-I3-01D", "RDA-I3-02D"}


def test_answer_is_kept_with_author_date_note_and_last_day_and_audited(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    made = attest(core, steward, collection_id, expires_on=TODAY + timedelta(days=30))
    said = core.attestations.of_dataset(steward, 1)
    assert said == [made]
    assert (made.author_name, made.note, made.dataset_id) == ("sam", NOTE, None)
    assert made.created_at.date() >= TODAY
    assert made.expires_at.date() == TODAY + timedelta(days=31)
    event = core.audit.search(person(core, "ada", Role.ADMINISTRATOR), action="attested")[0]
    assert event.actor_name == "sam"
    assert event.after is not None
    assert (event.after["indicator"], event.after["answer"]) == (KEEPS, "met")


def test_score_counts_answers_apart_and_the_computed_one_stays(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    before = core.assessments.dataset(steward, 1, "rda_fdmm_v1").assessment
    attest(core, steward, collection_id)
    after = core.assessments.dataset(steward, 1, "rda_fdmm_v1").assessment
    assert after == before
    assert core.rechecks.dataset(steward, 1).agrees
    attested = core.attestations.score(after, core.attestations.of_dataset(steward, 1))
    assert (attested.count, attested.met) == (1, 1)
    gained = {
        new.name: (new.earned - old.earned, new.judged - old.judged)
        for old, new in zip(after.dimensions, attested.dimensions, strict=True)
    }
    assert gained == {"F": (0, 0), "A": (1, 1), "I": (0, 0), "R": (0, 0)}
    essential = attested.dimensions[1].priorities[0]
    assert essential.judged == after.dimensions[1].priorities[0].judged + 1
    other = core.assessments.dataset(steward, 1, "fsf_v0_8").assessment
    untouched = core.attestations.score(other, core.attestations.of_dataset(steward, 1))
    assert (untouched.count, untouched.total, untouched.dimensions) == (
        0, other.total, other.dimensions,
    )  # fmt: skip


def test_answer_of_the_dataset_counts_before_that_of_its_collection(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    own = attest(core, steward, collection_id, Answer.UNMET, dataset_id=1)
    attest(core, steward, collection_id)
    now = datetime.now(UTC)
    assert in_force(core.attestations.of_dataset(steward, 1), now)[KEEPS] == own
    assert in_force(core.attestations.of_dataset(steward, 2), now)[KEEPS].answer is Answer.MET
    later = attest(core, steward, collection_id, dataset_id=1)
    assert in_force(core.attestations.of_dataset(steward, 1), now)[KEEPS] == later
    assert len(core.attestations.of_collection(steward, collection_id)) == 3
    assert len(core.attestations.of_dataset(steward, 2)) == 1


def test_expired_answer_is_shown_and_does_not_count(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    made = attest(core, steward, collection_id)
    assert made.standing(made.expires_at - timedelta(seconds=1)) is Standing.IN_FORCE
    assert made.standing(made.expires_at) is Standing.EXPIRED
    with core.storage.work() as work:
        work.session.execute(
            text("UPDATE attestations SET expires_at = created_at"),
        )
    said = core.attestations.of_dataset(steward, 1)
    assert said[0].standing(datetime.now(UTC)) is Standing.EXPIRED
    assessment = core.assessments.dataset(steward, 1, "rda_fdmm_v1").assessment
    assert core.attestations.score(assessment, said).count == 0
    with pytest.raises(ConflictError, match="expired already"):
        core.attestations.revoke(steward, made.attestation_id)


def test_revoked_answer_says_by_whom_and_does_not_count(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    made = attest(core, steward, collection_id)
    admin = person(core, "ada", Role.ADMINISTRATOR)
    core.attestations.revoke(admin, made.attestation_id)
    said = core.attestations.of_dataset(steward, 1)[0]
    assert said.standing(datetime.now(UTC)) is Standing.REVOKED
    assert said.revoked_by_name == "ada"
    assert in_force([said], datetime.now(UTC)) == {}
    assert core.audit.search(admin, action="attestation_revoked")[0].object_id == str(
        made.attestation_id
    )
    with pytest.raises(ConflictError, match="revoked already"):
        core.attestations.revoke(steward, made.attestation_id)


def test_only_stewards_of_the_collection_and_administrators_attest(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    researcher = person(core, "rosa", Role.RESEARCHER)
    foreign = person(core, "tom")
    made = attest(core, steward, collection_id)
    for viewer in (researcher, foreign):
        assert core.attestations.open_to(viewer) == []
        assert core.attestations.of_dataset(viewer, 1) == [made]
        with pytest.raises(AuthorizationError, match="attest what only a person can judge"):
            attest(core, viewer, collection_id)
        with pytest.raises(AuthorizationError):
            core.attestations.revoke(viewer, made.attestation_id)
    assert attest(core, person(core, "ada", Role.ADMINISTRATOR), collection_id, dataset_id=2)
    assert [each.name for each in core.attestations.open_to(steward)] == ["Rhine"]


def test_foreign_collection_and_dataset_answer_like_missing_ones(
    core: Core, steward: Viewer, collection_id: int
) -> None:
    made = attest(core, steward, collection_id)
    core.collections.change(
        steward, collection_id, name="Rhine", description="", team_id=None,
        visibility=Visibility.PRIVATE,
    )  # fmt: skip
    foreign = person(core, "tom")
    own = core.collections.create(foreign, "Elbe")
    for act in (
        lambda: attest(core, foreign, collection_id),
        lambda: attest(core, foreign, own.collection_id, dataset_id=1),
        lambda: attest(core, foreign, own.collection_id, dataset_id=999),
        lambda: core.attestations.revoke(foreign, made.attestation_id),
        lambda: core.attestations.revoke(foreign, 999),
        lambda: core.attestations.of_dataset(foreign, 1),
        lambda: core.attestations.of_collection(foreign, collection_id),
    ):
        with pytest.raises(ResourceNotFoundError, match="not found"):
            act()
    other = core.collections.create(steward, "Main")
    with pytest.raises(ResourceNotFoundError, match="Dataset with id 1"):
        attest(core, steward, other.collection_id, dataset_id=1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"note": "yes"}, "Note"),
        ({"note": "x" * 1_001}, "Note"),
        ({"indicator": "has_title"}, "Question"),
        ({"indicator": "identifier_resolves"}, "Question"),
        ({"expires_on": TODAY - timedelta(days=1)}, "Counts until"),
        ({"expires_on": TODAY + timedelta(days=2_000)}, "Counts until"),
    ],
)
def test_answer_that_breaks_a_rule_is_refused_by_its_field(
    core: Core, steward: Viewer, collection_id: int, values: dict[str, str], field: str
) -> None:
    with pytest.raises(ValidationError, match=field):
        attest(core, steward, collection_id, **values)  # type: ignore[arg-type]
    assert core.attestations.of_dataset(steward, 1) == []
