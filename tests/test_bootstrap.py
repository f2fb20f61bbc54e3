"""Starting: the secret key, the lock of the embedded store, and settings that are wrong."""

import secrets
import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from fairdb_core import Settings, build_core, read_settings
from fairdb_core.bootstrap import secret_key
from fairdb_core.errors import SettingsError, StorageError

ROOT = Path(__file__).resolve().parents[1]


def settings(folder: Path, **values: object) -> Settings:
    return Settings(data_dir=folder, bcrypt_cost=4, _env_file=None, **values)


def test_embedded_store_makes_its_own_key_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = secret_key(settings(tmp_path))
    assert len(bytes.fromhex(first.decode())) == 32
    assert secret_key(settings(tmp_path)) == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_key_must_be_given_with_a_database(tmp_path: Path) -> None:
    url = SecretStr("postgresql://x@localhost/x")
    with pytest.raises(SettingsError, match="FAIRDB_SECRET_KEY is missing"):
        secret_key(settings(tmp_path, database_url=url))
    given = SecretStr(secrets.token_hex(32))
    assert secret_key(settings(tmp_path, database_url=url, secret_key=given))


@pytest.mark.parametrize(
    "key", ["", "short", "a" * 64, "change-me-" + "x1y2z3" * 10, "some_key" * 8, "secret" * 10]
)
def test_short_or_known_key_refuses_to_start(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingsError, match="FAIRDB_SECRET_KEY"):
        secret_key(settings(tmp_path, secret_key=SecretStr(key)))


def test_no_secret_is_shown(tmp_path: Path) -> None:
    shown = repr(
        settings(tmp_path, secret_key=SecretStr("k" * 40), database_url=SecretStr("postgresql://p"))
    )
    assert "kkkk" not in shown
    assert "postgresql" not in shown


def test_embedded_store_serves_one_process_at_a_time(tmp_path: Path) -> None:
    core = build_core(settings(tmp_path))
    with pytest.raises(StorageError, match="in use by another process"):
        build_core(settings(tmp_path))
    build_core(settings(tmp_path), is_alone=False).close()
    core.close()
    build_core(settings(tmp_path)).close()


def test_damaged_store_refuses_to_start(tmp_path: Path) -> None:
    core = build_core(settings(tmp_path))
    core.close()
    file = tmp_path / "fairdatabase.sqlite"
    content = bytearray(file.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    file.write_bytes(content)
    with pytest.raises(Exception, match=r"damaged|malformed|database"):
        build_core(settings(tmp_path))


def test_wrong_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRDB_PORT", "many")
    with pytest.raises(SettingsError, match="FAIRDB_PORT") as caught:
        read_settings()
    assert "\n" not in str(caught.value)


def test_policy_of_the_store_is_safe_for_imports(tmp_path: Path) -> None:
    core = build_core(settings(tmp_path))
    with core.storage.read() as work:
        connection = work.session.connection()
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    core.close()
