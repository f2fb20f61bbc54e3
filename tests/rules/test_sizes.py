"""Nothing grows beyond what a reader can hold."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    path
    for folder in ("fairdb_core", "pages", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations/versions" not in path.as_posix()
]
MAX_FILE, MAX_CLASS, MAX_FUNCTION = 500, 100, 50


def _length(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_classes_and_functions_stay_short(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= MAX_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            assert _length(node) <= MAX_CLASS, f"{node.name} has {_length(node)} lines"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert _length(node) <= MAX_FUNCTION, f"{node.name} has {_length(node)} lines"


def test_no_file_is_named_after_nothing() -> None:
    vague = {"utils", "helpers", "common", "misc", "base", "core"}
    found = [path.name for path in FILES if path.stem in vague]
    assert found == []
