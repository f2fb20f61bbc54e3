import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairdb_core.domain.accounts import Role, Viewer
from fairdb_core.errors import StorageError
from fairdb_core.repositories.backups import back_up, restore
from fairdb_core.repositories.schema import migrate
from fairdb_core.repositories.storage import Storage


@pytest.fixture
def filled(storage_url: str) -> Iterator[Storage]:
    store = Storage(storage_url)
    migrate(store)
    with store.work() as work:
        user = work.users.add("sam", "sam@example.org", role=Role.STEWARD, password_hash="x")
        work.audit.add(Viewer(user), "tested", after={"n": 1})
        work.keys.reserve("datasets", 7)
    yield store
    store.close()


def test_backup_restores_into_either_kind_of_store(
    filled: Storage, tmp_path: Path, postgresql_url: str
) -> None:
    counts = back_up(filled, tmp_path / "x.fairdb")
    urls = [f"sqlite:///{tmp_path / 'new.sqlite'}"]
    for url in [*urls, postgresql_url] if filled.is_sqlite else urls:
        store = Storage(url)
        migrate(store)
        assert restore(store, tmp_path / "x.fairdb") == counts
        with store.work() as work:
            assert [user.username for user in work.users.all()] == ["sam"]
            assert work.keys.reserve("datasets", 1) == 8
            assert work.users.add("eve", "e@example.org", role=Role.STEWARD).user_id == 2
        store.close()


def test_backup_sees_one_state_while_others_write(filled: Storage, tmp_path: Path) -> None:
    with filled.snapshot() as snapshot:
        before = len(snapshot.audit.search())
        with filled.work() as work:
            work.audit.add(Viewer(None), "later")
        assert len(snapshot.audit.search()) == before


def test_restore_refuses_a_store_that_is_not_empty(filled: Storage, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "x.fairdb")
    with pytest.raises(StorageError, match="not empty"):
        restore(filled, tmp_path / "x.fairdb")


def test_restore_refuses_one_altered_byte(filled: Storage, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "x.fairdb")
    altered = tmp_path / "y.fairdb"
    with zipfile.ZipFile(tmp_path / "x.fairdb") as old, zipfile.ZipFile(altered, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"sam@", b"sum@"))
    store = Storage(f"sqlite:///{tmp_path / 'new.sqlite'}")
    migrate(store)
    with pytest.raises(StorageError, match="checksum"):
        restore(store, altered)
    with store.read() as work:
        assert work.users.all() == []
    store.close()


def test_restore_refuses_what_is_no_backup(filled: Storage, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("hello")
    with pytest.raises(StorageError, match="no backup"):
        restore(filled, tmp_path / "x.txt")
