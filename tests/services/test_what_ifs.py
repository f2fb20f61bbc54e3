"""Trying out a change: every score it would move, and nothing stored."""

import pytest

from fairdb_core import Core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.domain.assessments import CheckState
from fairdb_core.domain.datasets import Dataset, Visibility
from fairdb_core.domain.summaries import Filters
from fairdb_core.errors import ResourceNotFoundError
from tests.services.people import person

TYPED = {"identifier": "https://doi.org/10.1000/AB", "title": "Soil", "keywords": "soil\nwater"}


@pytest.fixture
def dataset(core: Core, steward: Viewer) -> Dataset:
    collection_id = core.collections.create(
        steward, "Rhine", visibility=Visibility.PRIVATE
    ).collection_id
    core.datasets.save(steward, collection_id, TYPED)
    key = core.assessments.matching(steward, Filters())[collection_id][0]
    return core.datasets.get(steward, key)


def test_change_moves_checks_and_every_rubric_and_stores_nothing(
    core: Core, steward: Viewer, dataset: Dataset
) -> None:
    found = core.what_ifs.try_out(steward, dataset.dataset_id, {"license": "CC-BY-4.0"})
    moved = {each.after.check_id: (each.before.state, each.after.state) for each in found.moved}
    assert moved == {"FsF-R1.1-01M-1": (CheckState.UNMET, CheckState.MET)}
    assert found.after.total.earned - found.before.total.earned == 1
    rises = {each.title: each.after.earned - each.before.earned for each in found.rubrics}
    assert len(rises) == len(core.assessments.methods())
    assert all(rise > 0 for rise in rises.values())
    now = core.datasets.get(steward, dataset.dataset_id)
    assert (now.record, now.row_version) == (dataset.record, dataset.row_version)
    assert len(core.datasets.history(steward, dataset.dataset_id)) == 1


def test_what_is_tried_is_what_saving_brings(core: Core, steward: Viewer, dataset: Dataset) -> None:
    changes = {"publisher": "Zenodo", "creators": "Curie, Marie\nLovelace, Ada", "title": ""}
    tried = core.what_ifs.try_out(steward, dataset.dataset_id, changes).after
    typed = {**core.datasets.typed(dataset), **changes}
    core.datasets.save(steward, dataset.collection_id, typed, editing=dataset)
    assert core.assessments.dataset(steward, dataset.dataset_id).assessment == tried


def test_other_rubric_tells_its_own_checks(core: Core, steward: Viewer, dataset: Dataset) -> None:
    found = core.what_ifs.try_out(
        steward, dataset.dataset_id, {"theme": "Soil"}, rubric_id="mqa_405"
    )
    assert [each.after.check_id for each in found.moved] == ["categoryAvailability"]


def test_problems_are_those_of_the_changed_fields(
    core: Core, steward: Viewer, dataset: Dataset
) -> None:
    found = core.what_ifs.try_out(
        steward, dataset.dataset_id, {"license": "free", "publication_date": "soon"}
    )
    assert {problem.column for problem in found.problems} == {"license", "publication_date"}


def test_no_change_moves_nothing(core: Core, steward: Viewer, dataset: Dataset) -> None:
    found = core.what_ifs.try_out(steward, dataset.dataset_id, {})
    assert found.moved == ()
    assert found.before == found.after


def test_foreign_dataset_and_unknown_rubric_answer_like_missing_ones(
    core: Core, steward: Viewer, dataset: Dataset
) -> None:
    stranger = person(core, "eve")
    with pytest.raises(ResourceNotFoundError, match="Dataset"):
        core.what_ifs.try_out(stranger, dataset.dataset_id, {})
    with pytest.raises(ResourceNotFoundError, match="Rubric"):
        core.what_ifs.try_out(steward, dataset.dataset_id, {}, rubric_id="none")
    with pytest.raises(ResourceNotFoundError, match="Rubric"):
        core.what_ifs.check(TYPED, "none")
    with pytest.raises(ResourceNotFoundError, match="Rubric"):
        core.what_ifs.best_edits(TYPED, "none")


def test_advice_follows_the_saved_record(core: Core, steward: Viewer, dataset: Dataset) -> None:
    before = core.assessments.dataset(steward, dataset.dataset_id).advice
    best = before.edits[0].values[0]
    typed = {**core.datasets.typed(dataset), best.field: best.text}
    core.datasets.save(steward, dataset.collection_id, typed, editing=dataset)
    after = core.assessments.dataset(steward, dataset.dataset_id)
    assert after.assessment.total.earned == pytest.approx(
        core.what_ifs.try_out(steward, dataset.dataset_id, {}).after.total.earned
    )
    assert before.edits[0].check_ids[0] not in after.advice.suggestions


@pytest.mark.parametrize("rubric_id", ["", "mqa_405"])
def test_form_offers_the_edits_of_the_page(
    core: Core, steward: Viewer, dataset: Dataset, rubric_id: str
) -> None:
    page = core.assessments.dataset(steward, dataset.dataset_id, rubric_id=rubric_id)
    typed, _, _ = core.what_ifs.check(core.datasets.typed(dataset), rubric_id)
    form = core.what_ifs.best_edits(typed, rubric_id)
    assert form == page.advice.edits
    together = core.what_ifs.best_together(core.datasets.typed(dataset), rubric_id)
    assert together == page.advice.together
    assert any(len(edit.check_ids) > 1 for edit in form)
