import json
import logging

import pytest

from fairdb_core.logs import configure_logs, get_logger


@pytest.fixture(autouse=True)
def _restore() -> object:
    root = logging.getLogger()
    before = (list(root.handlers), root.level)
    yield
    root.handlers, root.level = before  # type: ignore[misc]


def test_log_line_is_one_json_object_whatever_it_holds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs("INFO", "json")
    get_logger("x").info("file_imported", name='a\n{"level": "error"}\r\x1b[31m', accepted=12)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    line = json.loads(lines[0])
    assert (line["event"], line["accepted"], line["level"]) == ("file_imported", 12, "info")
    assert line["timestamp"].endswith("Z")


def test_lines_of_libraries_are_objects_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("INFO", "json")
    logging.getLogger("some.library").warning("it\nhappened %s", 7)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["logger"]) == ("it\nhappened 7", "some.library")


def test_nothing_is_printed_where_nobody_configured_logs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    get_logger("x").info("quiet")
    assert capsys.readouterr().out == ""
