"""Fixtures for tests of services: the whole core on either store, and a steward."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairdb_core import Core, Settings, build_core
from fairdb_core.domain.accounts import Viewer
from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base
from tests.services.people import person


@pytest.fixture
def core(storage: Storage, tmp_path: Path) -> Iterator[Core]:
    """A core on an empty store, which it lays out itself."""
    Base.metadata.drop_all(storage.engine)
    made = build_core(Settings(data_dir=tmp_path, bcrypt_cost=4, _env_file=None), storage=storage)
    yield made
    made.uploads.close()


@pytest.fixture
def steward(core: Core) -> Viewer:
    """A steward called sam."""
    return person(core, "sam")
