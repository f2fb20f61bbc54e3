"""The measurement says what it measured; how fast a machine is decides no test."""

import re

from typer.testing import CliRunner

from fairdb_core.cli import app


def test_bench_prints_each_step_with_its_ratio_to_reading_alone() -> None:
    result = CliRunner().invoke(
        app, ["bench", "score", "--rows", "300", "200", "--runs", "1", "--no-with-files"]
    )
    assert result.exception is None, result.output
    assert re.findall(r"^(\d+) records, ", result.output, re.MULTILINE) == ["300", "200"]
    assert len(re.findall(r"polars\.read_csv +[0-9.]+ \(1\.00; 1\.00\)", result.output)) == 2
    for step in ("facts of 4 rubrics", "points by F-UJI .*", "kept facts scored anew .*"):
        line = rf"^  {step} +[0-9.]+ \([0-9.]+; [0-9.]+\)$"
        assert len(re.findall(line, result.output, re.MULTILINE)) == 2, step
    assert result.output.count("one record explained, median") == 2


def test_bench_measures_files_in_a_process_of_its_own() -> None:
    result = CliRunner().invoke(app, ["bench", "score", "--rows", "50", "--runs", "1"])
    assert result.exception is None, result.output
    assert len(re.findall(r"at most [0-9,]+ MB, [0-9,]+ a s", result.output)) == 3
