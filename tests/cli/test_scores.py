"""Scores of a file with every check of each record, as text, CSV and JSON lines."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fairdb_core import Settings, build_core
from fairdb_core.cli import app
from fairdb_core.cli.operators import OPERATOR
from fairdb_core.errors import ResourceNotFoundError

FILE = (
    "identifier,title,license,publisher,publication_date\n"
    "https://doi.org/10.1000/A,Soil moisture,CC-BY-4.0,Uni X,2020\n"
    "B-2,Water,,,\n"
    "B-2,Water again,,,\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRDB_DATA_DIR", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text(FILE)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_json_lines_hold_one_object_a_record_in_the_order_of_the_file(folder: Path) -> None:
    result = run("score", "x.csv", "--explain", "--format", "jsonl")
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["identifier"] for each in found] == ["10.1000/a", "B-2", "B-2"]
    first = found[0]
    assert first["rubric"] == "fsf_v0_8"
    assert first["possible"] == 26
    assert first["percent"] == pytest.approx(100 * first["earned"] / first["judged"], abs=0.01)
    assert list(first["dimensions"]) == ["F", "A", "I", "R"]
    assert "R1.3" in first["principles"]
    assert len(first["checks"]) == 31
    by_id = {check["id"]: check for check in first["checks"]}
    assert list(by_id["FsF-F1-01MD-1"]) == [
        "id", "principle", "state", "evidence", "earned", "possible", "gain", "advice",
    ]  # fmt: skip
    assert by_id["FsF-R1.1-01M-1"]["state"] == "met"
    assert by_id["FsF-R1.1-01M-1"]["evidence"] == "Licence: CC-BY-4.0"
    states = {check["state"] for each in found for check in each["checks"]}
    assert states <= {"met", "partly", "unmet", "not_assessed"}
    reasons = [c["evidence"] for c in first["checks"] if c["state"] == "not_assessed"]
    assert reasons
    assert all(reason.startswith("not assessed: ") for reason in reasons)
    assert sum(check["earned"] for check in first["checks"]) >= first["earned"]


def test_csv_holds_one_line_a_check(folder: Path) -> None:
    assert run("score", "x.csv", "--explain", "--format", "csv", "--output", "o.csv").exit_code == 0
    lines = list(csv.DictReader(io.StringIO((folder / "o.csv").read_text("utf-8-sig"))))
    assert len(lines) == 3 * 31
    assert {line["state"] for line in lines} <= {"met", "partly", "unmet", "not_assessed"}


def test_text_tells_what_to_do(folder: Path) -> None:
    text = run("score", "x.csv", "--explain").stdout
    assert text.startswith("10.1000/a: ")
    assert "unmet" in text
    assert "→" in text


def test_rubrics_are_listed_with_tests_and_points(folder: Path) -> None:
    listed = run("rubrics").stdout
    for rubric_id, worth in {
        "fsf_v0_8": "31 tests, 26 points",
        "rda_fdmm_v1": "41 tests, – points",
        "mqa_405": "23 tests, 405 points",
        "datacite_v4": "20 tests, – points",
    }.items():
        line = next(line for line in listed.splitlines() if line.startswith(rubric_id))
        assert worth in line


def test_unknown_rubric_is_refused(folder: Path) -> None:
    result = run("score", "x.csv", "--rubric", "none")
    assert isinstance(result.exception, ResourceNotFoundError)


def test_file_that_cannot_be_read_ends_with_status_two(folder: Path) -> None:
    (folder / "y.csv").write_text("title\n")
    assert run("score", "y.csv").exit_code == 2


@pytest.mark.parametrize(
    ("rubric", "checks"),
    [("fsf_v0_8", 31), ("rda_fdmm_v1", 41), ("mqa_405", 23), ("datacite_v4", 20)],
)
def test_json_lines_keep_their_contract_by_every_rubric(
    folder: Path, rubric: str, checks: int
) -> None:
    result = run("score", "x.csv", "--rubric", rubric, "--explain", "--format", "jsonl")
    for line in result.stdout.splitlines():
        told = json.loads(line)
        assert {"identifier", "rubric", "version", "percent", "earned", "judged", "possible"} <= (
            told.keys()
        )
        parts = [*told["dimensions"].values(), *told["principles"].values()]
        assert all({"percent", "earned", "judged", "possible"} <= part.keys() for part in parts)
        assert sum(part["earned"] for part in told["dimensions"].values()) == told["earned"]
        assert sum(part["earned"] for part in told["principles"].values()) == told["earned"]
        assert len(told["checks"]) == checks
        for check in told["checks"]:
            assert list(check) == [
                "id", "principle", "state", "evidence", "earned", "possible", "gain", "advice",
            ]  # fmt: skip
            assert check["state"] in {"met", "partly", "unmet", "not_assessed"}
            assert check["evidence"]
            if check["state"] == "not_assessed":
                assert check["evidence"].startswith("not assessed: ")
                assert check["earned"] == 0
        is_levelled = {
            "fsf_v0_8": all(
                "maturity" in part
                for part in (told, told["dimensions"].get("F", {}), told["principles"]["R1.1"])
            ),
            "rda_fdmm_v1": told["dimensions"].get("F", {}).get("level") in range(6),
            "mqa_405": told.get("level") in {"Bad", "Sufficient", "Good", "Excellent"},
            "datacite_v4": True,
        }
        assert is_levelled[rubric]


def test_partly_met_check_is_told_as_such(folder: Path) -> None:
    (folder / "f.csv").write_text("identifier,title,formats\n1,Soil,CSV\n2,Water,CSV\n")
    for form in ("jsonl", "csv", "text"):
        told = run("score", "f.csv", "--rubric", "mqa_405", "--explain", "--format", form).stdout
        assert "partly" in told


def test_rubric_published_here_is_listed_and_scores(folder: Path) -> None:
    core = build_core(Settings(data_dir=folder / "store", _env_file=None))
    draft = core.rubric_drafts.copy(OPERATOR, "mqa_405", "our_own", "Our own")
    core.rubric_publications.publish(OPERATOR, draft.rubric_draft_id)
    core.close()
    listed = run("rubrics").stdout
    assert "our_own      Our own 1.0: 23 tests, 405 points." in listed
    told = run("score", "x.csv", "--rubric", "our_own", "--explain", "--format", "jsonl").stdout
    first = json.loads(told.splitlines()[0])
    assert (first["rubric"], first["version"], first["possible"]) == ("our_own", "1.0", 405)


def test_neither_scores_nor_a_dry_run_leave_a_store_where_there_was_none(folder: Path) -> None:
    for arguments in (("score", "x.csv"), ("rubrics",), ("import", "x.csv", "--dry-run")):
        assert run(*arguments).exit_code == 0
    with pytest.raises(ResourceNotFoundError):
        CliRunner().invoke(app, ["score", "x.csv", "--rubric", "ours"], catch_exceptions=False)
    assert not (folder / "store").exists()
