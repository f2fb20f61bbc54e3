"""Files scored in batches into Parquet, in one process and on Dask, and what is refused."""

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from fairdb_core.cli import app
from fairdb_core.demo.large_files import large_frames, write_large_file
from fairdb_core.errors import FAIRDatabaseError, UnreadableFileError, ValidationError
from fairdb_core.exporters.parquet_parts import Part
from fairdb_core.records import frame_of
from fairdb_core.rubrics import load_rubrics
from fairdb_core.scoring.kernel import BATCH_ROWS, compute_facts, score
from fairdb_core.services import clusters, large_files

ROWS = BATCH_ROWS + 1_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large")
    write_large_file(path / "big.csv", ROWS)
    write_large_file(path / "big.parquet", ROWS)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def told_by(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exception is None, result.output
    return " ".join(result.output.split())


def refusal_of(*arguments: object) -> FAIRDatabaseError:
    error = run(*arguments).exception
    assert isinstance(error, FAIRDatabaseError)
    return error


def test_scores_of_all_rubrics_are_those_of_the_kernel(folder: Path, tmp_path: Path) -> None:
    told = told_by("score", folder / "big.parquet", tmp_path / "out.parquet", "--rubric", "all")
    assert f"{ROWS:,} of {ROWS:,} rows scored" in told
    found = pl.read_parquet(tmp_path / "out.parquet")
    records = pl.concat(large_frames(ROWS))
    facts = compute_facts(records)
    assert found.select(facts.columns).equals(facts)
    assert found["row"].to_list() == list(range(1, ROWS + 1))
    assert found["identifier"].equals(records["identifier"])
    for name, rubric in load_rubrics().items():
        points = score(facts, rubric)
        prefix = f"{name}."
        own = [column for column in found.columns if column.startswith(prefix)]
        assert f"{name}.{rubric.dimensions[0].id}.percent" in own
        expected = points.select(column.removeprefix(prefix) for column in own)
        assert (
            found.select(own).rename(dict(zip(own, expected.columns, strict=True))).equals(expected)
        )
        assert f"{rubric.title}: median {points['percent'].median():.1f} %" in told
        assert f"mean {points['percent'].mean():.1f} %" in told


def test_csv_is_brought_to_canonical_records_first(folder: Path, tmp_path: Path) -> None:
    told = told_by("score", folder / "big.csv", tmp_path / "direct.parquet")
    assert "Columns: 29 of 29 bear the name of a field." in told
    told_by("convert", folder / "big.csv", tmp_path / "records.parquet")
    told_by("score", tmp_path / "records.parquet", tmp_path / "twice.parquet")
    direct, twice = (pl.read_parquet(tmp_path / f"{n}.parquet") for n in ("direct", "twice"))
    assert direct.height == ROWS
    assert direct.equals(twice)
    assert (tmp_path / "direct.parquet").read_bytes() == (tmp_path / "twice.parquet").read_bytes()


def test_columns_go_where_the_import_suggests_or_a_person_says(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        "DOI;Titel;Lizenz;Notiz;publisher\n10.1000/A;Bodenfeuchte;n/a;CC0-1.0;Uni X\n"
        ";;;;\n10.1000/B;Wasser;;CC-BY-4.0;Uni X\n"
    )
    out = tmp_path / "out.parquet"
    told = told_by("score", tmp_path / "x.csv", out, "--map", "Notiz=license", "--map", "Lizenz=")
    assert "Columns: 1 of 5 bear the name of a field." in told
    assert "DOI → identifier" in told
    assert "Notiz → license (" in told
    assert "left out: Lizenz" in told
    assert "2 of 3 rows scored, 1 blank ones left out" in told
    found = pl.read_parquet(out)
    assert found.select("row", "identifier").rows() == [(1, "10.1000/a"), (3, "10.1000/b")]
    assert found["fact:licence_is_standard"].to_list() == [3, 3]


def test_lists_in_parquet_are_several_values(tmp_path: Path) -> None:
    lists = pl.DataFrame({"title": ["a", ""], "keywords": [["x", "y"], None], "n": [1, 2]})
    lists.write_parquet(tmp_path / "x.parquet")
    records = large_files.parquet_records(tmp_path / "x.parquet", 0)
    assert records.equals(frame_of([{"title": "a", "keywords": ["x", "y"]}, {}]))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"title,publisher\na,b\nc\n", "regular"),
        (b'title,publisher\na,"b" c\n', "regular"),
        (b"title,publisher\na,\xff\n", "regular"),
        (b"title,title\na,b\n", "twice"),
        (b"colour,weight\nred,3\nblue,4\n", "none of its columns"),
    ],
)
def test_file_in_doubt_is_refused_and_leaves_nothing(
    tmp_path: Path, text: bytes, reason: str
) -> None:
    (tmp_path / "x.csv").write_bytes(text)
    error = refusal_of("score", tmp_path / "x.csv", tmp_path / "out.parquet")
    assert isinstance(error, UnreadableFileError)
    assert reason in str(error)
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


@pytest.mark.parametrize(
    "options",
    [
        ("out.csv",),
        ("none/out.parquet",),
        ("out.parquet", "--explain"),
        ("out.parquet", "--output", "y.csv"),
        ("out.parquet", "--dask", "local"),
        ("out.parquet", "--map", "nobody=title"),
        ("out.parquet", "--map", "title=nobody"),
        ("--rubric", "all"),
    ],
)
def test_option_that_does_not_fit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text("title,publisher\na,b\n")
    assert isinstance(refusal_of("score", "x.csv", *options), ValidationError)
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_parquet_without_a_field_is_refused(tmp_path: Path) -> None:
    pl.DataFrame({"colour": ["red"]}).write_parquet(tmp_path / "x.parquet")
    assert "fairdb convert" in str(
        refusal_of("score", tmp_path / "x.parquet", tmp_path / "out.parquet")
    )


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    error = refusal_of("score", folder / "big.parquet", folder / "o.parquet", "--dask", "local")
    assert "fairdatabase[cluster]" in str(error)


def test_address_at_which_nobody_answers_is_refused() -> None:
    with pytest.raises(ValidationError, match="nobody answers"), clusters.connected("no address"):
        pass


def test_rubric_of_ones_own_travels_to_the_workers(tmp_path: Path) -> None:
    path = tmp_path / "records.parquet"
    write_large_file(path, 50)
    usual = load_rubrics()["mqa_405"]
    own = {"our_own": usual.model_copy(update={"id": "our_own", "digest": "x"})}
    sent = pickle.loads(pickle.dumps(own))  # noqa: S301
    large_files.write_parts(
        tmp_path / "out.parquet",
        [clusters.score_batch(str(path), 0, 50, sent).part],
        lambda _: None,
    )
    told = pl.read_parquet(tmp_path / "out.parquet")
    assert told.equals(large_files.scored_records(large_files.parquet_records(path, 0), 0, own))
    assert any(name.startswith("our_own") for name in told.columns)


def test_worker_killed_half_way_changes_nothing(folder: Path, tmp_path: Path) -> None:
    count = 8 * BATCH_ROWS + 17
    write_large_file(tmp_path / "records.parquet", count)
    rubrics = load_rubrics()
    path, told = tmp_path / "records.parquet", []
    alone = (
        large_files.scored_batch(large_files.parquet_records(path, start), start, rubrics).part
        for start in range(0, count, BATCH_ROWS)
    )
    large_files.write_parts(tmp_path / "alone.parquet", alone, lambda rows: None)

    def with_a_loss() -> Iterator[Part]:
        with clusters.connected("local", workers=2) as client:
            for number, batch in enumerate(clusters.scored_on(client, path, count, rubrics)):
                if number == 1:
                    victim = next(iter(client.run(os.getpid).values()))
                    os.kill(victim, signal.SIGKILL)
                    told.append(victim)
                yield batch.part

    large_files.write_parts(tmp_path / "dask.parquet", with_a_loss(), lambda rows: None)
    assert told
    one, many = (tmp_path / f"{name}.parquet" for name in ("alone", "dask"))
    assert one.read_bytes() == many.read_bytes()
