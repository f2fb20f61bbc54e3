"""Every command: what it says, what it does, and how it fails."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fairdb_core import Settings, build_core
from fairdb_core.cli import app
from fairdb_core.cli.operators import acting_viewer
from fairdb_core.domain.accounts import Role
from fairdb_core.domain.summaries import Filters
from fairdb_core.errors import FAIRDatabaseError

PASSWORD = "quartz umber willow heron 42"
FILE = "identifier,title,license\n10.1000/a,Soil moisture,CC-BY-4.0\n10.1000/b,Water,n/a\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRDB_DATA_DIR", str(tmp_path / "store"))
    monkeypatch.setenv("FAIRDB_BCRYPT_COST", "4")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text(FILE)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def ok(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def admin() -> None:
    ok("create-admin", "boss", "boss@example.org", "--password", PASSWORD)


def test_store_is_made_and_an_administrator_added(folder: Path) -> None:
    assert "up to date" in ok("init-db")
    assert "boss is an administrator" in ok(
        "create-admin", "boss", "boss@example.org", "--password", PASSWORD
    )
    again = run("create-admin", "boss", "boss@example.org", "--password", PASSWORD)
    assert isinstance(again.exception, FAIRDatabaseError)


def test_dry_run_prints_the_plan_and_stores_nothing(folder: Path) -> None:
    text = ok("import", "--dry-run", "x.csv")
    assert "Read x.csv: utf-8, commas, 2 rows, 3 columns." in text
    assert "Effect: 2 to create, 0 to update, 0 unchanged, 0 refused." in text
    admin()
    assert '"create":2' in ok("import", "--dry-run", "--json", "x.csv")


def test_dry_run_as_json_has_the_agreed_shape(folder: Path) -> None:
    plan = json.loads(ok("import", "--dry-run", "--json", "--rows", "x.csv"))
    assert list(plan) == [
        "outcome", "message", "read", "mapping", "problems", "effect", "scores",
    ]  # fmt: skip
    assert plan["outcome"] == "warn"
    assert plan["message"] == ""
    assert plan["read"] == {
        "encoding": "utf-8",
        "separator": ",",
        "header": ["identifier", "title", "license"],
        "row_count": 2,
        "warnings": [],
        "rows": [["10.1000/a", "Soil moisture", "CC-BY-4.0"], ["10.1000/b", "Water", "n/a"]],
    }
    assert [column["field"] for column in plan["mapping"]] == ["identifier", "title", "license"]
    assert list(plan["mapping"][0]) == ["column", "field", "confidence", "reason"]
    assert plan["problems"] == [
        {
            "code": "placeholder",
            "severity": "warning",
            "count": 1,
            "row": 3,
            "column": "license",
            "value": "n/a",
            "expected": "a value, or an empty cell",
            "remedy": "Counted as empty. Fill in what is known.",
        }
    ]
    assert plan["effect"] == {"create": 2, "update": 0, "unchanged": 0, "refused": 0}
    assert plan["scores"]["before"] is None


def test_refused_file_ends_with_status_two_and_one_json_object(folder: Path) -> None:
    (folder / "bad.csv").write_text("title,year\nSoil,2020,extra\n")
    result = run("import", "--dry-run", "--json", "bad.csv")
    assert result.exit_code == 2
    plan = json.loads(result.stdout)
    assert plan["outcome"] == "reject"
    assert "1 of 1 rows do not have 2 cells" in plan["message"] or "all 1 rows" in plan["message"]
    assert plan["problems"][0]["code"] == "ragged_rows"
    assert plan["problems"][0]["row"] == 2


def test_refused_rows_are_left_out_or_stop_the_whole(folder: Path) -> None:
    (folder / "y.csv").write_text("identifier,title\na,Soil\nb,Water\nb,Rain\n")
    admin()
    whole = ("import", "y.csv", "--collection", "Rhine", "--all-or-nothing")
    for more in ((), ("--dry-run",)):
        stopped = run(*whole, "--json", *more)
        assert stopped.exit_code == 2
        plan = json.loads(stopped.stdout)
        assert plan["outcome"] == "reject"
        assert plan["message"].startswith("1 row is refused, so nothing is stored.")
    assert "Refused: 1 row is refused, so nothing is stored" in run(*whole).stdout
    left_out = ok("import", "y.csv", "--collection", "Rhine")
    assert "Stored in “Rhine” as batch 1: 2 created, 0 updated, 0 unchanged, 1 ref" in left_out
    assert run(*whole).exit_code == 2
    ok("import", "x.csv", "--collection", "Elbe", "--all-or-nothing")


def test_person_says_encoding_separator_and_mapping(folder: Path) -> None:
    (folder / "x.txt").write_bytes("id|nombre\n1|Año\n".encode("cp1252"))
    doubtful = json.loads(ok("import", "--dry-run", "--json", "x.txt"))
    assert doubtful["read"]["encoding"] == "cp1252"
    assert "do not prove" in doubtful["read"]["warnings"][0]
    said = ("--encoding", "latin-1", "--separator", "pipe", "--map", "nombre=description")
    plan = json.loads(ok("import", "--dry-run", "--json", "x.txt", *said))
    assert plan["read"]["encoding"] == "latin-1"
    assert plan["read"]["warnings"] == []
    assert plan["mapping"][1]["reason"].startswith("chosen")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--map", "nobody=title"), "no column"),
        (("--map", "title=colour"), "no field"),
        (("--separator", "dash"), "comma, semicolon"),
        (("--sheet", "Data"), "no sheets"),
        (("--as", "nobody"), "User with id nobody not found"),
    ],
)
def test_wrong_option_is_refused_in_one_line(
    folder: Path, arguments: tuple[str, str], message: str
) -> None:
    result = run("import", "--dry-run", "x.csv", *arguments)
    assert isinstance(result.exception, FAIRDatabaseError)
    assert message in str(result.exception)


def test_import_stores_once_and_says_when_nothing_changes(folder: Path) -> None:
    missing = run("import", "x.csv")
    assert "create-admin" in str(missing.exception)
    admin()
    assert "2 created" in ok("import", "x.csv", "--collection", "Rhine")
    assert "Nothing changes" in ok("import", "x.csv", "--collection", "Rhine")
    assert json.loads(ok("import", "x.csv", "--collection", "Rhine", "--json"))["effect"] == {
        "create": 0, "update": 0, "unchanged": 2, "refused": 0,
    }  # fmt: skip


def test_dry_run_is_made_by_whoever_is_named(folder: Path) -> None:
    admin()
    ok("import", "x.csv", "--map", "license=", "--collection", "Rhine")
    for named, field in (((), "license"), (("--as", "boss"), None)):
        plan = json.loads(ok("import", "--dry-run", "--json", "x.csv", *named))
        assert plan["mapping"][2]["field"] == field


def test_uncertain_encoding_has_to_be_confirmed(folder: Path) -> None:
    admin()
    (folder / "y.csv").write_bytes("identifier,title\n1,Über\n".encode("cp1252"))
    result = run("import", "y.csv")
    assert "--encoding cp1252" in str(result.exception)
    assert "1 created" in ok("import", "y.csv", "--encoding", "cp1252")


def test_score_of_a_file_is_told_and_written(folder: Path) -> None:
    assert "2 of 2 rows scored by F-UJI" in ok("score", "x.csv")
    ok("score", "x.csv", "--output", "scores.csv")
    assert (folder / "scores.csv").read_text("utf-8-sig").splitlines()[0].startswith("row,")


def test_backup_is_restored_into_another_store(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin()
    ok("import", "x.csv")
    assert "rows of" in ok("backup", "b.fairdb")
    assert "exists" in str(run("backup", "b.fairdb").exception)
    ok("backup", "b.fairdb", "--overwrite")
    monkeypatch.setenv("FAIRDB_DATA_DIR", str(folder / "other"))
    assert "were restored" in ok("restore", "b.fairdb")
    assert "not empty" in str(run("restore", "b.fairdb").exception)


def test_demo_can_have_as_many_records_as_are_asked_for(folder: Path) -> None:
    assert "Added 7 made-up records" in ok("seed-demo", "--records", "7")
    assert "there already" in ok("seed-demo", "--records", "7")
    core = build_core(Settings(bcrypt_cost=4, data_dir=folder / "store", _env_file=None))
    summary = core.assessments.overview(acting_viewer(core, "demo-reader"))
    assert (summary.count, len(summary.collections)) == (7, 40)
    core.close()


def test_demo_is_an_institution_worth_looking_at(folder: Path) -> None:
    text = ok("seed-demo")
    assert "there already" in ok("seed-demo")
    accounts = [line.split() for line in text.splitlines() if line.startswith("  ")]
    assert [line[0] for line in accounts] == [role.value for role in reversed(Role)]
    core = build_core(Settings(bcrypt_cost=4, data_dir=folder / "store", _env_file=None))
    for _, username, password in accounts:
        assert core.sessions.sign_in(username, password)
    viewer = acting_viewer(core, "demo-reader")
    summary = core.assessments.overview(viewer)
    assert 1_900 <= summary.count <= 2_100
    assert len(summary.collections) == 3
    assert (summary.trend[-1].at - summary.trend[0].at).days > 480
    assert summary.own.count == 12
    assert summary.fixes
    assert core.assessments.explore(viewer, Filters()).count == summary.count
    core.close()


def test_dry_run_names_the_column_that_would_tell_repeated_rows_apart(folder: Path) -> None:
    rows = "".join(f"10.1000/paper,Soil {n},hdl:11304/a{n}\n" for n in range(3))
    (folder / "y.csv").write_text(f"doi,title,pid\n{rows}")
    plan = json.loads(ok("import", "--dry-run", "--json", "y.csv", "--map", "doi=identifier",
                         "--map", "pid="))  # fmt: skip
    remedies = [p["remedy"] for p in plan["problems"] if p["code"] == "duplicate_in_file"]
    assert len(remedies) == 1
    assert "map the column “pid” to Identifier instead of “doi”" in remedies[0]
