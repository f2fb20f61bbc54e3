"""The examples that the public names promise, run over a real store."""

import doctest
from pathlib import Path

import pytest

from fairdb_core import CollectionShelf, Core, Settings, build_core
from fairdb_core.cache import Cache
from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.errors import ConflictError, ResourceNotFoundError, ValidationError
from fairdb_core.scoring import weighted
from fairdb_core.services import dataset_manager
from fairdb_core.services.dataset_manager import DatasetManager


@pytest.fixture
def shelf(tmp_path: Path) -> CollectionShelf:
    core: Core = build_core(Settings(data_dir=tmp_path, bcrypt_cost=4, _env_file=None))
    person = core.accounts.add_account(
        "sam", "s@example.org", "", Role.STEWARD, "quartz umber willow heron 42"
    )
    viewer = Viewer(person)
    made = core.collections.create(viewer, "Rhine")
    return CollectionShelf(datasets=core.datasets, viewer=viewer, collection_id=made.collection_id)


def test_examples_of_the_docstrings_hold(shelf: CollectionShelf) -> None:
    assert doctest.testmod(weighted).failed == 0
    found = doctest.testmod(dataset_manager, extraglobs={"repo": shelf})
    assert (found.failed, found.attempted) == (0, 3)


def test_manager_judges_what_is_stored_and_keeps_the_judgement(shelf: CollectionShelf) -> None:
    cache = Cache()
    manager = DatasetManager(shelf, cache=cache)
    dataset = manager.create_dataset({"identifier": "10.1000/x", "title": "Soil"})
    first = manager.validate_fair_compliance(dataset.dataset_id)
    assert first.total.percent is not None
    assert manager.validate_fair_compliance(dataset.dataset_id) is first


def test_manager_keeps_the_rules_of_the_form(shelf: CollectionShelf) -> None:
    manager = DatasetManager(shelf)
    manager.create_dataset({"identifier": "10.1000/x"})
    with pytest.raises(ConflictError):
        manager.create_dataset({"identifier": "doi:10.1000/X"})
    with pytest.raises(ValidationError):
        manager.create_dataset({"license": "MIT"})
    with pytest.raises(ResourceNotFoundError):
        manager.validate_fair_compliance(999)
