"""Every command that fails says why in one line, and ends with a status that is not zero."""

import socket
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from fairdb_core.cli import main, operators

FILE = "identifier,title\n10.1000/a,Soil moisture\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRDB_DATA_DIR", str(tmp_path / "store"))
    monkeypatch.setenv("FAIRDB_BCRYPT_COST", "4")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text(FILE)
    return tmp_path


def failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str
) -> str:
    monkeypatch.setattr(sys, "argv", ["fairdb", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code not in (0, None)
    shown = capsys.readouterr()
    lines = shown.err.strip().splitlines()
    assert len(lines) == 1, shown.err
    assert "Traceback" not in shown.err
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("serve", "--port", "99999"), "65535"),
        (("serve", "--host", "192.0.2.1"), "Choose others with --host and --port"),
        (("init-db", "more"), "unexpected extra argument"),
        (("create-admin", "ada"), "Missing argument 'email'"),
        (
            ("create-admin", "ada", "a@example.org", "--password", "short"),
            "use 15 to 128 characters",
        ),
        (("create-admin", "root", "a@example.org", "--password", "x" * 20), "reserved"),
        (("seed-demo", "--much"), "No such option: --much"),
        (("import", "none.csv"), "'none.csv' does not exist"),
        (("import", "."), "is a directory"),
        (("import", "x.csv"), "fairdb create-admin"),
        (("import", "x.csv", "--as", "nobody"), "User with id nobody not found"),
        (("import", "x.csv", "--dry-run", "--map", "nobody=title"), "no column 'nobody'"),
        (("score", "x.csv", "--rubric", "none"), "Rubric with id none not found"),
        (("score", "x.csv", "--output", "none/scores.csv"), "No such file or directory"),
        (("rubrics", "more"), "unexpected extra argument"),
        (("backup", "x.csv"), "add --overwrite"),
        (("backup", "none/b.fairdb"), "No such file or directory"),
        (("restore", "none.fairdb"), "does not exist"),
        (("restore", "x.csv"), "is no backup"),
    ],
)
def test_command_that_fails_says_why_in_one_line(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    reason: str,
) -> None:
    assert reason in failure(capsys, monkeypatch, *arguments)


def test_serve_stores_nothing_where_somebody_listens_already(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port}" in failure(capsys, monkeypatch, "serve", "--port", port, "--demo")
    assert not (folder / "store").exists()


def test_setting_of_another_kind_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRDB_PORT", "zero")
    assert "FAIRDB_PORT" in failure(capsys, monkeypatch, "init-db")


def make_store(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an empty store in the folder of the test."""
    monkeypatch.setattr(sys, "argv", ["fairdb", "init-db"])
    with pytest.raises(SystemExit):
        main()
    capsys.readouterr()


def test_database_that_does_not_answer_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("FAIRDB_DATABASE_URL", f"postgresql://nobody@127.0.0.1:{port}/none")
    monkeypatch.setenv("FAIRDB_SECRET_KEY", "0123456789abcdef" * 4)
    assert "does not answer" in failure(capsys, monkeypatch, "init-db")


def test_damaged_store_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "store").mkdir()
    (folder / "store" / "fairdatabase.sqlite").write_bytes(b"no database at all" * 400)
    assert "damaged" in failure(capsys, monkeypatch, "init-db")


def test_store_that_lost_a_page_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    make_store(capsys, monkeypatch)
    store = folder / "store" / "fairdatabase.sqlite"
    content = bytearray(store.read_bytes())
    content[8192:] = b"\xaa" * (len(content) - 8192)
    store.write_bytes(content)
    assert "damaged" in failure(capsys, monkeypatch, "init-db")


def failure_at_revision(
    revision: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
) -> str:
    """Return what a start says of current tables that call themselves of another revision."""
    make_store(capsys, monkeypatch)
    with closing(sqlite3.connect(folder / "store" / "fairdatabase.sqlite")) as store:
        store.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        store.commit()
    return failure(capsys, monkeypatch, "serve", "--port", "18999")


def test_command_that_stores_needs_no_temporary_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise FileNotFoundError("No usable temporary directory")

    monkeypatch.setattr(operators, "TemporaryDirectory", refuse)
    make_store(capsys, monkeypatch)
    monkeypatch.setattr(sys, "argv", ["fairdb", "rubrics"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code


def test_upgrade_that_fails_is_told_as_that_with_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    told = failure_at_revision("0011", capsys, monkeypatch, folder)
    assert "could not be upgraded from revision 0011" in told
    assert "does not answer" not in told
    assert "restore a backup" in told


def test_store_of_a_newer_program_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    told = failure_at_revision("9999", capsys, monkeypatch, folder)
    assert "Install the newer program that wrote it" in told
